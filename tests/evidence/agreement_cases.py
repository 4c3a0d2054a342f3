#!/usr/bin/env python3
"""Compares the figures of `pullquote agree` with cases whose figures are known.

  CASES=DIR tests/evidence/agreement_cases.py [CASE…] [--iaa FILE.jsonl] [--keep DIR] [--speed ARTICLES]

CASES is a folder of NAME.jsonl, a record a line for each article and annotator (`meta.annotator`), with
NAME.expected.json beside it. Every record becomes an article with a sidecar, and all figures of the
expected file are compared: to four decimals, γ to ± .02. --iaa takes such records whose figures by another
scorer are known: F1 of quotes and of direct quotes. --speed makes a folder of so many articles by two people
and tells how long their figures take. Ends with 1 if a figure differs.
"""
import argparse
import collections
import hashlib
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from program import not_run, program

# Of polnear_iaa: all quotes and direct ones, exact and overlap, and right speakers of direct ones.
IAA = {"exact": .659, "overlap": .796, "direct exact": .853, "direct overlap": .983, "direct speaker": .995}
different = []


def ron(text):
    return json.dumps(text, ensure_ascii=False)


def sidecar(name, record):
    """The record as the program writes it."""
    text = record["text"]
    lines = ["#![enable(implicit_some)]", "Pullquote(", "    version: 1,",
             f"    source: (file: {ron(name)}, sha256: \"{hashlib.sha256(text.encode()).hexdigest()}\", "
             f"chars: {len(text)}, encoding: \"UTF-8\"),",
             f"    annotator: {ron(record['meta']['annotator'])},", "    state: Done,", "    people: [", "    ],",
             "    annotations: ["]
    for span in record["spans"]:
        at = ", ".join(f"({a}, {b})" for a, b in span["fragments"])
        words = ", ".join(ron(text[a:b]) for a, b in span["fragments"])
        attributes = ", ".join(f"{ron(k)}: {ron(v)}" for k, v in sorted(span.get("attrs", {}).items()))
        attributes = f", attributes: {{{attributes}}}" if attributes else ""
        lines.append(f"        (id: {ron(span['id'])}, label: {ron(span['kind'])}, at: [{at}], "
                     f"text: [{words}]{attributes}),")
    lines += ["    ],", "    links: ["]
    for number, link in enumerate(record["links"]):
        lines.append(f"        (id: \"l{number}\", role: {ron(link['role'])}, from: {ron(link['from'])}, "
                     f"to: Annotation({ron(link['to'])}), confirmed: true),")
    return "\n".join(lines + ["    ],", ")", ""])


def write_folder(path, folder):
    people = collections.defaultdict(set)
    for line in open(path, encoding="utf-8"):
        record = json.loads(line)
        name = record["id"] + ".txt"
        (folder / name).write_text(record["text"], encoding="utf-8", newline="")
        annotator = record["meta"]["annotator"].lower()
        people[record["id"]].add(annotator)
        record["meta"]["annotator"] = annotator
        beside = folder / f"{name}.{annotator}.ron"
        beside.write_text(sidecar(name, record), encoding="utf-8", newline="")
    return people


def agree(folder, *options):
    run = subprocess.run([program(), "agree", str(folder), "--json", *options], capture_output=True, text=True)
    if run.returncode > 1:
        sys.exit(f"agreement_cases: {run.stderr}")
    found = json.loads(run.stdout)
    if found["problems"]:
        different.append(f"{folder}: {found['problems'][0]}")
    return found


def same(name, expected, figure, tolerance=.00005 + 1e-9):
    value = figure if figure is None or isinstance(figure, (int, float)) else figure["value"]
    ok = (value is None) == (expected is None) and (value is None or abs(value - expected) <= tolerance)
    if not ok:
        different.append(f"{name}: expected {expected}, found {value}")
    if value is None and isinstance(figure, dict) and not figure.get("why"):
        different.append(f"{name}: no reason for null")
    return 1


def interval(name, expected, figure, tolerance=.00005 + 1e-9):
    if "interval" not in expected:
        return 0
    both = zip(("low", "high"), expected["interval"])
    return sum(same(f"{name} {end}", value, figure[end], tolerance) for end, value in both)


def compare_found(name, expected, found):
    n = 0
    for measure in ("exact", "edge", "overlap", "token"):
        e, f = expected[measure], found[measure]
        n += same(f"{name} {measure} tp", e["tp"], f["matched"])
        n += same(f"{name} {measure} F1", e["F1"], f)
        n += interval(f"{name} {measure}", e, f)
    n += same(f"{name} tags", expected["tags_pred"], found["exact"]["predicted"])
    n += same(f"{name} tags", expected["tags_gold"], found["exact"]["gold"])
    for theirs, ours in (("exact", "same_fragments"), ("start", "same_start"), ("end", "same_end")):
        n += same(f"{name} {ours}", expected["boundary_given_overlap"][theirs], found[ours])
    for attribute, e in expected["attributes"].items():
        f = found["attributes"][attribute]
        n += same(f"{name} {attribute} n", e["n"], f["equal"]["of"])
        n += same(f"{name} {attribute} equal", e["equal"], f["equal"])
        n += same(f"{name} {attribute} alpha", e["alpha"], f["alpha"])
    if "speaker_given_overlap" in expected:
        e, f = expected["speaker_given_overlap"], found.get("speaker", {"right": 0, "of": 0, "value": None, "why": "-"})
        n += same(f"{name} speaker right", e["right"], f["right"]) + same(f"{name} speaker n", e["n"], f["of"])
        n += same(f"{name} speaker", e["share"], f) + interval(f"{name} speaker", e, f)
        e, f = expected["quote_and_speaker"], found.get("with_speaker", {"matched": 0, "value": None, "why": "-"})
        n += same(f"{name} with speaker tp", e["tp"], f["matched"])
        n += same(f"{name} with speaker", e["F1"], f)
    return n


def compare_coefficients(name, expected, found, pairs):
    n = 0
    for theirs, ours, value in (("kappa", "kappa", "mean"), ("alpha", "alpha", "value"),
                                ("u_alpha", "u_alpha", "value"),
                                ("bar_u_alpha", "u_alpha_without_labels", "value")):
        if theirs in expected:
            n += same(f"{name} {theirs}", expected[theirs][value], found[ours])
            n += interval(f"{name} {theirs}", expected[theirs], found[ours])
    for pair, value in expected["kappa"]["pairs"].items():
        n += same(f"{name} kappa {pair}", value, pairs[pair]["kappa"])
    if "gamma" in expected:
        n += same(f"{name} gamma", expected["gamma"]["value"], found["gamma"], .02)
        if expected["gamma"]["value"] is not None:
            n += same(f"{name} gamma observed", expected["gamma"]["observed"], found["gamma"]["observed"])
            n += interval(f"{name} gamma", expected["gamma"], found["gamma"], .02)
    return n


def compare_case(path, folder):
    expected = json.loads(path.with_suffix("").with_suffix(".expected.json").read_text(encoding="utf-8"))
    write_folder(path, folder)
    found = agree(folder, "--by", "form=direct")
    n = same("articles", len(expected["compared"]), found["articles"])
    n += same("tokens", sum(expected["tokens"][id] for id in expected["compared"]), found["tokens"])
    name = path.stem
    for label, e in expected["labels"].items():
        if label == "(all labels)":
            n += compare_coefficients(f"{name} all", e, found["all"], found["pairs"])
            continue
        f = found["labels"].get(label)
        if f is None:
            different.append(f"{name}: no figures of {label}")
            continue
        n += compare_found(f"{name} {label}", e["found"], f["found"])
        if "found_direct" in e:
            n += compare_found(f"{name} {label} direct", e["found_direct"], f["by"]["form"]["direct"])
        for pair, measures in e["found"]["pairs"].items():
            for measure, figures in measures.items():
                of_pair = f["pairs"][pair][measure]
                n += same(f"{name} {label} {pair} {measure} P", figures["P"], of_pair["precision"])
                n += same(f"{name} {label} {pair} {measure} R", figures["R"], of_pair["recall"])
                n += same(f"{name} {label} {pair} {measure} F1", figures["F1"], of_pair["f1"])
        n += compare_coefficients(f"{name} {label}", e, f, f["pairs"])
    return n


def compare_iaa(path, folder):
    write_folder(path, folder)
    found = agree(folder, "--by", "form=direct", "--label", "quote", "--without-gamma")["labels"]["quote"]
    direct = found["by"]["form"]["direct"]
    ours = {"exact": found["found"]["exact"], "overlap": found["found"]["overlap"], "direct exact": direct["exact"],
            "direct overlap": direct["overlap"], "direct speaker": direct["speaker"]}
    return sum(same(f"iaa {name}", value, ours[name], .0005 + 1e-9) for name, value in IAA.items())


def write_articles(count, folder):
    """Articles of about 377 tokens, in which each of two people has about 40 tags. Returns how many tags."""
    chance = random.Random(1)
    words = "the no minister budget court report water school council would never again soon pay build close open".split()
    some = lambda least, most: " ".join(chance.choice(words) for _ in range(chance.randint(least, most)))
    tags = 0
    for number in range(count):
        text, said = "", []
        for _ in range(13):
            start = len(text)
            text += f"“{some(5, 14)},”"
            quote = [start, len(text)]
            text += " said "
            name = f"{chance.choice(['Ada', 'Ben', 'Cora', 'Dan', 'Eva'])} {chance.choice(['Abel', 'Cole', 'Diaz', 'Frost'])}"
            said.append((quote, [len(text) - 5, len(text) - 1], [len(text), len(text) + len(name)]))
            text += f"{name}. The {some(3, 8)}.\n"
        name = f"article-{number:05}.txt"
        (folder / name).write_text(text, encoding="utf-8", newline="")
        for annotator in ("ann", "ben"):
            record = {"text": text, "meta": {"annotator": annotator}, "spans": [], "links": []}
            for place, (quote, cue, speaker) in enumerate(said):
                if annotator == "ben" and chance.random() < .1:
                    continue
                if annotator == "ben" and chance.random() < .2:
                    quote = [quote[0] + 1, quote[1] - 1]
                for kind, at in (("quote", quote), ("cue", cue), ("speaker", speaker)):
                    attributes = {"form": "direct"} if kind == "quote" else {}
                    record["spans"].append({"id": f"{kind}{place}", "kind": kind, "fragments": [at], "attrs": attributes})
                record["links"].append({"from": f"quote{place}", "to": f"speaker{place}", "role": "speaker"})
            tags += len(record["spans"])
            beside = folder / f"{name}.{annotator}.ron"
            beside.write_text(sidecar(name, record), encoding="utf-8", newline="")
    return tags


def measure(count, folder):
    tags = write_articles(count, folder)
    for options in ([], ["--without-gamma"], []):
        start = time.monotonic()
        found = agree(folder, *options)
        took = time.monotonic() - start
        print(f"{count} articles, {found['tokens']} tokens, {tags} tags {' '.join(options) or 'with gamma'}: {took:.2f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="*")
    parser.add_argument("--iaa", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--speed", type=int)
    args = parser.parse_args()
    cases = os.environ.get("CASES")
    if not program():
        not_run("the program is not built; build it or set PULLQUOTE")
    if not (cases or args.iaa or args.speed):
        not_run("CASES names no folder of cases")
    with tempfile.TemporaryDirectory() as temporary:
        work = args.keep or pathlib.Path(temporary)
        paths = sorted(pathlib.Path(cases).glob("*.jsonl")) if cases else []
        for path in paths:
            if args.case and path.stem not in args.case:
                continue
            folder = work / path.stem
            folder.mkdir(parents=True)
            print(f"{path.stem}: {compare_case(path, folder)} figures")
        if args.iaa:
            folder = work / "iaa"
            folder.mkdir(parents=True)
            print(f"{args.iaa.stem}: {compare_iaa(args.iaa, folder)} figures")
        if args.speed:
            folder = work / "speed"
            folder.mkdir(parents=True)
            measure(args.speed, folder)
    for line in different:
        print(line)
    print("agreement_cases:", f"{len(different)} differ" if different else "all equal")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
