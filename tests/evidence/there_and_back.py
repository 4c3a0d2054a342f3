#!/usr/bin/env python3
"""Exports a folder of articles, imports what was exported and exports it again, in every format that goes both ways.

  tests/evidence/there_and_back.py FOLDER [FORMAT...]

A format passes where both exports are the same, byte for byte, and where what the native format says of the
articles differs only in what the first export said that it leaves out. Ends with 1 if a format does not
pass. CoNLL columns promise nothing and are not tried.
"""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from program import program

# Those with an ending are one file.
FORMATS = {
    "jsonl": "jsonl", "csv": "csv", "tsv": "tsv", "brat": "", "w3c": "jsonld", "spacy": "jsonl",
    "labelstudio": "json", "doccano": "jsonl", "cas-json": "", "xmi": "", "stam": "", "tei": "", "qdpx": "qdpx",
}
BESIDE = {"csv", "tsv", "w3c"}
# What an export says it leaves out, and the fields of the native format that may differ then.
LEFT_OUT = {
    "attributes (": {"attributes"}, "people (": {"people", "person", "ids", "to", "to_kind"},
    "who made the tags (": {"by", "annotator"}, "review states (": {"verdict", "review", "confirmed"},
    "notes (": {"note"}, "links (": {"attributes", "note"}, "notes on them (": {"attributes", "note"},
    "only the sidecar can hold (": {"confidence"}, "article is done (": {"state"},
    "some characters of the text (": {"text"}, "not in the article (": {"ids"},
    "what is known about the article (": {"facts"},
}


def run(*args):
    done = subprocess.run([PROGRAM, *map(str, args)], capture_output=True, text=True, errors="replace", check=False)
    return done.returncode, done.stdout + done.stderr


def contents(path):
    """Names and hashes of a file, or of all in a folder."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    return {str(p.relative_to(path)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def native(path):
    with open(path, encoding="utf-8") as file:
        rows = map(json.loads, file)
        return {(row["id"], row["annotator"]): row for row in rows}


def differences(before, after):
    """The fields that differ, each with where first."""
    found = {}
    for key in before.keys() ^ after.keys():
        found.setdefault("annotator" if any(k[0] == key[0] for k in after) else "documents", key)
    for key in before.keys() & after.keys():
        for name, value in before[key].items():
            other = after[key].get(name)
            if value == other:
                continue
            if name not in ("spans", "links", "people"):
                found.setdefault(name, key)
                continue
            one, two = ({item["id"]: item for item in items} for items in (value, other))
            if one.keys() != two.keys():
                found.setdefault("people" if name == "people" else "ids", key)
            for item in one.keys() & two.keys():
                for field in one[item]:
                    if one[item][field] != two[item].get(field):
                        found.setdefault("people" if name == "people" else field, (*key, item))
    return found


def passes(name, folder, work, before):
    ending = FORMATS[name]
    first, second = (work / (f"{n}.{ending}" if ending else n) for n in ("first", "second"))
    status, told = run("export", folder, "--all", "--to", name, "-o", first)
    if not first.exists():
        return f"FAILS: no export ({status}): {told.strip()[-200:]}"
    into = work / "into"
    if name in BESIDE:
        for article in (p for p in pathlib.Path(folder).rglob("*.txt") if ".pullquote" not in p.parts):
            there = into / article.relative_to(folder)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(article, there)
    status, said = run("import", first, "--from", name, "--into", into)
    run("export", into, "--all", "--to", name, "-o", second)
    same = second.exists() and contents(first) == contents(second)
    # Without annotators, several people's work on one article becomes as many articles.
    several = len({article for article, _ in before}) < len(before)
    same |= second.exists() and several and "who made the tags (" in told
    run("export", into, "--all", "--to", "jsonl", "-o", work / "native.jsonl")
    found = differences(before, native(work / "native.jsonl")) if (work / "native.jsonl").exists() else {"all": status}
    allowed = set().union(*(fields for words, fields in LEFT_OUT.items() if words in told))
    wrong = {field: where for field, where in found.items() if field not in allowed}
    if same and not wrong:
        return f"passes ({len(contents(first))} files; not carried, as it said: {', '.join(sorted(found)) or 'nothing'})"
    return f"FAILS: {'' if same else 'the second export differs; '}{wrong} {said.strip()[-200:] if status else ''}"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if not PROGRAM:
        print("there_and_back: not run: the program is not built; build it or set PULLQUOTE")
        sys.exit(0)
    folder, wrong = sys.argv[1], 0
    with tempfile.TemporaryDirectory() as work:
        os.environ["PULLQUOTE_STATE_DIR"] = work + "/state"
        run("export", folder, "--all", "--to", "jsonl", "-o", work + "/before.jsonl")
        before = native(work + "/before.jsonl")
        for name in sys.argv[2:] or FORMATS:
            of_format = pathlib.Path(work) / name
            of_format.mkdir()
            result = passes(name, folder, of_format, before)
            wrong += result.startswith("FAILS")
            print(f"there_and_back: {name}: {len(before)} documents, {result}", flush=True)
            shutil.rmtree(of_format)
    sys.exit(1 if wrong else 0)


PROGRAM = program()
if __name__ == "__main__":
    main()
