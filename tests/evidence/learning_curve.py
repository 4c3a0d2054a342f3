#!/usr/bin/env python3
"""What learning gains: F1, precision and speakers on articles kept apart, by how many are learned from.

    learning_curve.py DATA.jsonl [PULLQUOTE]

DATA.jsonl holds tagged articles, one a line. Every third article is kept apart in turn; of the others 10, 25, 50,
100, 200 and all are learned from. Each row is the mean over the three turns. Overlap: at least half of the words in
common. The last columns: the expected calibration error of all suggestions over ten bins of equal size, and articles a
second on one core with what was learned."""
import json
import pathlib
import subprocess
import sys
import tempfile
import time

SIZES = [0, 10, 25, 50, 100, 200, None]


def run(arguments, stdin=None):
    done = subprocess.run(arguments, input=stdin, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def figures(program, gold, found, form):
    report = json.loads(run([program, "score", gold, found, "--form", form, "--json"]))
    return report["labels"]["quote"]["overlap"], report["speakers"]["overlap"]


def words(text):
    at, found = 0, []
    for part in text.replace("_", "a").splitlines(keepends=True):
        start = None
        for offset, letter in enumerate(part + " "):
            if letter.isalnum() and start is None:
                start = offset
            elif not letter.isalnum() and start is not None:
                found.append((at + start, at + offset))
                start = None
        at += len(part)
    return found


def calibration_error(gold_lines, found_lines):
    """Right: a tagged quote with half of the words in common, and its speaker where both have one."""
    seen = []
    for gold, found in zip(map(json.loads, gold_lines), map(json.loads, found_lines)):
        all_words = words(gold["text"])

        def covered(span):
            parts = span["fragments"]
            return {i for i, (a, b) in enumerate(all_words) if any(a < d and c < b for c, d in parts)}

        def read(document):
            spans = {span["id"]: span for span in document["spans"]}
            kind = lambda span: span.get("label", span.get("kind"))
            quotes = [span for span in document["spans"] if kind(span) == "quote"]
            speakers = {quote["id"]: [] for quote in quotes}
            for link in document["links"]:
                if link["role"] == "speaker" and link["from"] in speakers and link["to"] in spans:
                    speakers[link["from"]] += spans[link["to"]]["fragments"]
            return [(covered(quote), speakers[quote["id"]], quote.get("confidence")) for quote in quotes]

        tagged = read(gold)
        for own, speaker, confidence in read(found):
            like = [one for one in tagged if one[0] & own and 2 * len(one[0] & own) >= len(one[0] | own)]
            meets = lambda other: not speaker or not other or any(
                a < d and c < b for a, b in speaker for c, d in other)
            seen.append((confidence, any(meets(one[1]) for one in like)))
    # Those that are as sure stay in the order of the text.
    seen.sort(key=lambda one: one[0])
    size, error = max(1, len(seen) // 10), 0.0
    for step in range(10):
        part = seen[step * size:(step + 1) * size] if step < 9 else seen[9 * size:]
        if part:
            mean = sum(confidence for confidence, _ in part) / len(part)
            share = sum(right for _, right in part) / len(part)
            error += abs(mean - share) * len(part) / len(seen)
    return error


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    program = sys.argv[2] if len(sys.argv) == 3 else "target/release/pullquote"
    lines = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    plain = [json.dumps({key: json.loads(line)[key] for key in ("id", "text")}) for line in lines]
    print("articles  indirect P/R/F1   mixed F1  direct F1  speaker right  error  articles/s")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        gold, tagged, found, model = (folder / name for name in ("gold.jsonl", "tagged.jsonl", "found.jsonl", "m.json"))
        for size in SIZES:
            rows = []
            for turn in range(3):
                apart = range(turn, len(lines), 3)
                others = [line for at, line in enumerate(lines) if at % 3 != turn][:size]
                gold.write_text("\n".join(lines[at] for at in apart) + "\n", encoding="utf-8")
                asked = "\n".join(plain[at] for at in apart) + "\n"
                learned = []
                if others:
                    tagged.write_text("\n".join(others) + "\n", encoding="utf-8")
                    model.unlink(missing_ok=True)
                    run([program, "suggest", "--learn", tagged, "--save-learned", model, "-"], "")
                    learned = ["--learned", model] if model.exists() else []
                begun = time.perf_counter()
                out = run([program, "suggest", *learned, "--jobs", "1", "-"], asked)
                speed = len(apart) / (time.perf_counter() - begun)
                found.write_text(out, encoding="utf-8")
                forms = {form: figures(program, gold, found, form) for form in ("indirect", "mixed", "direct")}
                indirect = forms["indirect"][0]
                speakers = [speakers for _, speakers in forms.values()]
                right = sum(one["right"] for one in speakers) / max(1, sum(one["of"] for one in speakers))
                error = calibration_error(gold.read_text(encoding="utf-8").splitlines(), out.splitlines())
                rows.append([indirect["precision"], indirect["recall"], indirect["f1"], forms["mixed"][0]["f1"],
                             forms["direct"][0]["f1"], right, error, speed])
            mean = [sum(column) / len(rows) for column in zip(*rows)]
            named = "rules" if size == 0 else "all" if size is None else str(size)
            print("{:>8}  {:.3f} {:.3f} {:.3f}   {:.3f}     {:.3f}      {:.3f}          {:.3f}  {:6.0f}".format(named, *mean))


if __name__ == "__main__":
    main()
