#!/usr/bin/env python3
"""Imports public corpora and compares the words of every tag with those the files themselves have.

  tests/evidence/public_corpora.py CORPORA

CORPORA has a folder for each format, named as --from has it (brat, conll, doccano, spacy, labelstudio,
w3c), and in it one for each corpus with its files as they were downloaded. Readers of this script, which
share nothing with Pullquote, take the words of every tag from the files. A corpus passes where all of
them are imported or said to be left out, and no tag has other words. Ends with 1 if a corpus does not
pass.
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def program():
    named = os.environ.get("PULLQUOTE")
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE / "../../target"))
    built = [target / kind / "pullquote" for kind in ("release", "debug")]
    return named or next((str(path) for path in built if path.exists()), None)


def not_run(why):
    print(f"public_corpora: not run: {why}")
    sys.exit(0)


def joined(words):
    """The words without what is between them, which formats of tokens do not keep."""
    return "".join(words.split())


def records(path):
    """The values of a file of JSON or of JSON Lines."""
    text = path.read_text("utf-8-sig")
    try:
        value = json.loads(text)
        return value if isinstance(value, list) else [value]
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def brat(path):
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("T"):
            yield line.split("\t", 2)[2]


def conll(path):
    """The tags of the last column, in IOB1, IOB2 or BILOU."""
    words, label = [], None
    for line in path.read_text("utf-8").splitlines() + [""]:
        cells = line.split()
        sign, _, kind = (cells[-1] if len(cells) > 1 else "O").partition("-")
        begins = sign in ("B", "S", "U") or (sign != "O" and kind != label)
        if words and (begins or sign == "O"):
            yield "".join(words)
            words, label = [], None
        if sign != "O":
            words.append(cells[0])
            label = kind


def doccano(path):
    for record in records(path):
        text = record.get("text", record.get("data"))
        for key in ("label", "labels", "entities"):
            for span in record.get(key) or []:
                if isinstance(span, dict):
                    yield text[span["start_offset"]:span["end_offset"]]
                elif isinstance(span[0], int):
                    yield text[span[0]:span[1]]
                else:
                    yield text[span[1]:span[2]]


def spacy(path):
    for record in records(path):
        for span in record.get("spans") or []:
            yield record["text"][span["start"]:span["end"]]


def labelstudio(path):
    for task in records(path):
        for annotation in task.get("annotations") or task.get("completions") or []:
            for region in annotation.get("result") or []:
                value = region.get("value", {})
                if "start" in value and "text" in value:
                    yield value["text"]


def w3c(path):
    def exact(value):
        if isinstance(value, list):
            for item in value:
                yield from exact(item)
        elif isinstance(value, dict):
            if isinstance(value.get("exact"), str):
                yield value["exact"]
            for key, item in value.items():
                if key != "exact":
                    yield from exact(item)
    yield from exact(records(path))


READERS = {
    "brat": (brat, ("*.ann",)),
    "conll": (conll, ("*.conll", "*.iob", "*.iob2", "*.bio", "*.txt", "*.tsv")),
    "doccano": (doccano, ("*.jsonl", "*.json")),
    "spacy": (spacy, ("*.jsonl", "*.json")),
    "labelstudio": (labelstudio, ("*.json",)),
    "w3c": (w3c, ("*.json", "*.jsonld")),
}


def imported(pullquote, name, files, work):
    """The words of every tag of the import, and what it said."""
    told, words = "", collections.Counter()
    into = work / "into"
    command = [pullquote, "import", "--from", name, "--into", str(into), *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, errors="replace")
    told += run.stdout + run.stderr
    if run.returncode > 1:
        return words, told
    run = subprocess.run([pullquote, "export", str(into), "--to", "jsonl", "-o", "-"], capture_output=True, text=True)
    for line in run.stdout.splitlines():
        record = json.loads(line)
        for span in record["spans"]:
            parts = [record["text"][start:end] for start, end in span["fragments"]]
            words[joined("".join(parts))] += 1
    return words, told


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    pullquote = program()
    if not pullquote:
        not_run("the program is not built; build it or set PULLQUOTE")
    corpora = pathlib.Path(sys.argv[1])
    wrong = tried = 0
    for name, (reader, endings) in READERS.items():
        for corpus in sorted(path for path in (corpora / name).glob("*") if path.is_dir()):
            files = sorted({path for ending in endings for path in corpus.rglob(ending)})
            own = collections.Counter(joined(words) for path in files for words in reader(path))
            with tempfile.TemporaryDirectory() as work:
                work = pathlib.Path(work)
                os.environ["PULLQUOTE_STATE_DIR"] = str(work / "state")
                found, told = imported(pullquote, name, files, work)
            missing = own - found
            # Two events on one trigger are two tags.
            more = collections.Counter({words: n for words, n in found.items() if words not in own})
            said = re.findall(r"left out|not imported", told)
            passes = not more and (not missing or bool(said)) and bool(found)
            tried += 1
            wrong += not passes
            print(
                f"{name} {corpus.name}: {len(files)} files, {sum(own.values())} tags, "
                f"{sum((own & found).values())} with the same words, {sum(missing.values())} missing"
                f"{' (told)' if missing and said else ''}, {sum(more.values())} with other words:"
                f" {'passes' if passes else 'FAILS'}"
            )
            for words, count in list((missing if not said else more).items())[:5]:
                print(f"  {count} x {words[:80]!r}")
    if not tried:
        not_run(f"{corpora} has no folder of a corpus; see above what belongs there")
    print(f"public_corpora: {tried} corpora, {wrong} do not pass")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
