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

from program import not_run, program


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
        return [json.loads(line) for line in text.split("\n") if line.strip()]


def brat(path):
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("T"):
            yield line.split("\t", 2)[2]


PHRASES = {"ADJP", "ADVP", "CONJP", "INTJ", "LST", "NP", "PP", "PRT", "SBAR", "UCP", "VP"}


def conll(path):
    """The tags of all columns of tags but those of phrases, in IOB1, IOB2 or BILOU."""
    tag = re.compile(r"O|[BILUESMW]-.+")
    lines = path.read_text("utf-8").replace("\r", "").split("\n")
    rows = [line.split("\t" if "\t" in line else None) if line.strip() else [] for line in lines]
    rows = [row for row in rows if not row or any(tag.fullmatch(cell) for cell in row[1:])]
    rows = [row for row in rows if row[:1] != ["-DOCSTART-"]]
    width = max((len(row) for row in rows), default=0)
    for column in range(1, width):
        cells = [row[column] if column < len(row) else "O" for row in rows if row]
        if not all(tag.fullmatch(cell) for cell in cells):
            continue
        if {cell[2:] for cell in cells if cell != "O"} <= PHRASES:
            continue
        words, label = [], None
        for row in rows + [[]]:
            sign, _, kind = (row[column] if column < len(row) else "O").partition("-")
            begins = sign in ("B", "S", "U") or (sign != "O" and kind != label)
            if words and (begins or sign == "O"):
                yield "".join(words)
                words, label = [], None
            if sign != "O":
                words.append(row[0])
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
        pairs = record.get("annotations") if isinstance(record, dict) and "text" not in record else None
        for item in pairs or [record]:
            text, spans = (item[0], item[1]["entities"]) if isinstance(item, list) else (item["text"], item.get("spans"))
            for span in spans or []:
                start, end = span[:2] if isinstance(span, list) else (span["start"], span["end"])
                yield text[start:end]


def labelstudio(path):
    for task in records(path):
        works = [task.get(name) or [] for name in ("annotations", "completions", "predictions")]
        for annotation in sum(works, []):
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
    run = subprocess.run([pullquote, "export", str(into), "--all", "--to", "jsonl", "-o", "-"], capture_output=True, text=True)
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
