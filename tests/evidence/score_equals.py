#!/usr/bin/env python3
"""Compares the figures of `pullquote score` with those of a scorer of its own, digit by digit.

  SCORER=DIR tests/evidence/score_equals.py GOLD.jsonl… [--copies N] [--pairs FILE.jsonl]

SCORER is the folder of score.py and common.py. Every GOLD is compared with N copies of itself, each with
tags dropped, added, doubled, split, moved and relabelled, speakers changed and records in another order;
as a whole and by each form of quotes. --pairs takes a file with several annotators of each document and
compares every ordered pair of them. A text of all characters there are is compared, too. Ends with 1 if
a figure differs.
"""
import argparse
import copy
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unicodedata

from program import not_run, program

FORMS = ["any", "direct", "mixed", "indirect"]
MEASURES = {"exact": "exact", "edge": "edge", "frag": "fragment", "iou50": "overlap", "token": "token"}


def counts(theirs, ours):
    """Pairs of figures of a table line."""
    names = {"P": "precision", "R": "recall", "F1": "f1", "tp": "matched", "pred": "predicted", "gold": "gold"}
    return [(name, theirs[name], ours[names[name]]) for name in names]


def figures(theirs, ours):
    """(name, theirs, ours) of every figure there is on either side."""
    yield "docs", theirs["docs"], ours["documents"]
    yield "labels", sorted(theirs["spans"]), sorted(ours["labels"])
    for label, measures in theirs["spans"].items():
        for measure, values in measures.items():
            of_ours = ours["labels"].get(label, {}).get(MEASURES[measure])
            for name, a, b in counts(values, of_ours or dict.fromkeys(
                    ["precision", "recall", "f1", "matched", "predicted", "gold"])):
                yield f"{label} {measure} {name}", a, b
    for line, of_ours in [("quoted_segments", "segments"), ("attributed_segments", "segments_with_speaker"),
                          ("attributed_quotes_iou50", "quotes_with_speaker")]:
        for name, a, b in counts(theirs[line], ours[of_ours]):
            yield f"{line} {name}", a, b
    accuracies = [(f"attribution {of}", theirs["attribution_accuracy"][of], ours["speakers"][of_ours])
                  for of, of_ours in [("edge", "edge"), ("iou50", "overlap"), ("segment", "segment")]]
    accuracies.append(("left empty", theirs["no_gold_speaker_left_empty"], ours["left_without_speaker"]))
    for line, a, b in accuracies:
        yield f"{line} accuracy", a["acc"], b["accuracy"]
        yield f"{line} n", a["n"], b["of"]


class Comparison:
    def __init__(self, binary, scorer, folder):
        self.binary, self.scorer, self.folder = binary, scorer, folder
        self.compared = self.differ = self.runs = 0

    def run(self, name, gold, predicted):
        paths = []
        for side, records in (("gold", gold), ("predicted", predicted)):
            path = self.folder / f"{side}.jsonl"
            with open(path, "w", encoding="utf-8") as f:
                f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
            paths.append(str(path))
        for form in FORMS:
            out = self.folder / "theirs.json"
            subprocess.run([sys.executable, self.scorer / "score.py", *paths, "--form", form, "--json", out],
                           check=True, capture_output=True)
            theirs = json.loads(out.read_text())
            limit = [] if form == "any" else ["--form", form]
            ran = subprocess.run([self.binary, "score", *paths, "--json", *limit], capture_output=True, text=True)
            if not ran.stdout:
                print(f"{name}, {form}: {ran.stderr.strip()}")
                self.differ += 1
                continue
            ours = json.loads(ran.stdout)
            self.runs += 1
            for problem in ours["problems"][:3]:
                print(f"{name}: {problem['line']}: {problem['message']}")
            for figure, a, b in figures(theirs, ours):
                self.compared += 1
                if a != b:
                    self.differ += 1
                    print(f"{name}, {form}: {figure}: {a!r} and {b!r}")


def perturbed(records, chance):
    """A copy with the mistakes that people and programs make, and odd ones."""
    records = copy.deepcopy(records)
    for r in records:
        text, spans = r["text"], r["spans"]
        speakers = [s for s in spans if s.get("kind", s.get("label")) == "speaker"]
        kept = []
        for n, s in enumerate(spans):
            kind = "kind" if "kind" in s else "label"
            attributes = "attrs" if "attrs" in s else "attributes"
            do = chance.random()
            if do < 0.12:
                continue
            if do < 0.35:
                ends = [list(f) for f in s["fragments"]]
                at = chance.choice([0, -1])
                side = 0 if at == 0 else 1
                ends[at][side] += chance.choice([-40, -7, -2, -1, 1, 2, 3, 12])
                s["fragments"] = valid(ends, len(text)) or s["fragments"]
            elif do < 0.40 and s["fragments"][0][1] - s["fragments"][0][0] > 8:
                a, b = s["fragments"][0]
                cut = chance.randrange(a + 2, b - 3)
                s["fragments"] = [[a, cut], [cut + chance.choice([0, 1, 2]), b]] + s["fragments"][1:]
            elif do < 0.44:
                s["fragments"] = s["fragments"][:1]
            elif do < 0.48:
                s[kind] = chance.choice(["quote", "speaker", "cue", "claim"])
            elif do < 0.56 and isinstance(s.get(attributes), dict):
                s[attributes] = dict(s[attributes])
                s[attributes].pop("form", None)
                if chance.random() < 0.6:
                    s[attributes]["form"] = chance.choice(["direct", "mixed", "indirect", "", "loud"])
            elif do < 0.62:
                twin = copy.deepcopy(s)
                twin["id"] = f"{s['id']}-twin{n}"
                kept.append(twin)
                r["links"].append({"from": twin["id"], "to": chance.choice(speakers or [s])["id"], "role": "speaker"})
            kept.append(s)
        for n in range(chance.randrange(4)):
            a = chance.randrange(len(text))
            found = valid([[a, a + chance.randrange(1, 120)]], len(text))
            mark = min((text.find(c, a) for c in ",.:”\"" if text.find(c, a) >= 0), default=a)
            found = chance.choice([found, [[mark, mark + 1]]])
            if found:
                kept.append({"id": f"new{n}", "kind": chance.choice(["quote", "cue", "speaker"]),
                             "fragments": found, "attrs": {}})
        r["spans"] = kept
        if chance.random() < 0.5:
            chance.shuffle(r["spans"])
        ids = {s["id"] for s in kept}
        r["links"] = [l for l in r["links"] if l["from"] in ids and l["to"] in ids and chance.random() > 0.08]
        for l in r["links"]:
            if speakers and l["role"] == "speaker" and chance.random() < 0.15:
                l["to"] = chance.choice([s for s in speakers if s["id"] in ids] or [{"id": l["to"]}])["id"]
        r["links"] += [{"from": s["id"], "to": chance.choice(kept)["id"], "role": "speaker"}
                       for s in kept if s["id"].startswith("new") and chance.random() < 0.5]
    chance.shuffle(records)
    return [r for r in records if chance.random() > 0.03]


def valid(fragments, length):
    """Fragments that are in the text, in order and apart; none where that cannot be."""
    last = 0
    for a, b in fragments:
        if not last <= a < b <= length:
            return None
        last = b
    return fragments


def all_characters(chance):
    """Texts of all assigned characters, with tags at any place."""
    all_there_are = [chr(c) for c in range(0x110000)
                     if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")]
    records = []
    for start in range(0, len(all_there_are), 4000):
        text = ""
        for c in all_there_are[start:start + 4000]:
            text += chance.choice(["", " ", "a", "“", "”", "\n", "''"]) + c
        spans = []
        for n in range(300):
            a = chance.randrange(len(text))
            b = min(len(text), a + chance.randrange(1, 40))
            spans.append({"id": f"q{n}", "kind": chance.choice(["quote", "speaker"]), "fragments": [[a, b]],
                          "attrs": {"form": chance.choice(["direct", "mixed", "indirect"])}})
        links = [{"from": f"q{n}", "to": f"q{chance.randrange(300)}", "role": "speaker"} for n in range(0, 300, 2)]
        records.append({"id": f"all-{start}", "text": text, "spans": spans, "links": links})
    return records


def pairs(records):
    """Every ordered pair of annotators of a document as two lists."""
    by_id = {}
    for r in records:
        by_id.setdefault(r["id"], []).append(r)
    gold, predicted = [], []
    for rid, of_id in by_id.items():
        for (m, a), (n, b) in itertools.permutations(enumerate(of_id), 2):
            gold.append({**a, "id": f"{rid}:{m}:{n}"})
            predicted.append({**b, "id": f"{rid}:{m}:{n}"})
    return gold, predicted


def load(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", nargs="+")
    arguments.add_argument("--copies", type=int, default=3)
    arguments.add_argument("--pairs")
    arguments = arguments.parse_args()
    scorer, binary = os.environ.get("SCORER"), program()
    if not scorer:
        not_run("name the folder of score.py with SCORER")
    if not binary:
        not_run("the program is not built; build it or set PULLQUOTE")
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(binary, pathlib.Path(scorer), pathlib.Path(folder))
        chance = random.Random(1)
        for path in arguments.gold:
            gold, name = load(path), pathlib.Path(path).name
            comparison.run(f"{name} itself", gold, gold)
            for n in range(arguments.copies):
                comparison.run(f"{name} copy {n}", gold, perturbed(gold, chance))
            comparison.run(f"copy of {name}", perturbed(gold, chance), perturbed(gold, chance))
        if arguments.pairs:
            comparison.run("pairs", *pairs(load(arguments.pairs)))
        everything = all_characters(chance)
        comparison.run("all characters", everything, perturbed(everything, chance))
    print(f"{comparison.runs} comparisons, {comparison.compared} figures: {comparison.differ} differ")
    sys.exit(1 if comparison.differ else 0)


if __name__ == "__main__":
    main()
