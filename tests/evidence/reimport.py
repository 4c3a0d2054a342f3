#!/usr/bin/env python3
"""Imports pages again after their outlet has changed them, and counts what becomes of the tags.

  tests/evidence/reimport.py DATA.jsonl

DATA.jsonl holds tagged articles, one a line (`text`, `spans` with `start` and `end` or `fragments` in code points;
each part is a tag here). Each becomes a
web page, which is imported; its tags go onto the text that comes of it. Then the page is changed as an outlet would
(KINDS below), imported again with --update, and exported: each tag is compared with where its words went in the
change. A tag is

- exact where it is on them,
- told where it is elsewhere or gone and `check` says that it is doubtful or lost,
- silently wrong otherwise.

Ends with 1 where more than 0.02 % are silently wrong, less than 98 % of those whose words are there are exact, or less
than 99 % of those whose words are gone are lost.
"""
import collections
import html
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from program import not_run, program

TOKEN = re.compile(r"\w+|[^\w\s]|\s+")


class Text:
    """A text as pieces, each with the place it had at first; None: it was added."""

    def __init__(self, pieces):
        self.pieces = pieces

    @staticmethod
    def of(text):
        return Text([(found[0], found.start()) for found in TOKEN.finditer(text)])

    def words(self):
        return "".join(words for words, _ in self.pieces)

    def lines(self):
        lines, line = [], []
        for piece in self.pieces:
            line.append(piece)
            if piece[0] == "\n":
                lines.append(line)
                line = []
        return lines + [line]

    @staticmethod
    def joined(lines):
        pieces = []
        for line in lines:
            if pieces and pieces[-1][0] != "\n":
                pieces.append(("\n", None))
            pieces += line
        return Text(pieces)

    def where(self, start, end, old):
        """Where the words from start to end of the old text are: what of them is left; None: nothing."""
        place, first, last = 0, None, None
        for words, origin in self.pieces:
            if origin is not None and origin < end and origin + len(old[origin]) > start and not words.isspace():
                # A tag may begin within a piece only where the piece was not changed.
                inside = max(start - origin, 0) if words == old[origin] else 0
                cut = max(origin + len(old[origin]) - end, 0) if words == old[origin] else 0
                if first is None:
                    first = place + inside
                last = place + len(words) - cut
            place += len(words)
        return None if first is None else (first, last)


def misspelt(word):
    return word[:-2] + word[-1] + word[-2] if len(word) > 3 and word[-1] != word[-2] else word + "e"


def typos(share):
    def change(text, chance):
        return Text([(misspelt(words), origin) if words.isalpha() and chance.random() < share else (words, origin)
                     for words, origin in text.pieces])
    return change


def marks(text, _):
    plain = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
    return Text([(words.translate(plain), origin) for words, origin in text.pieces])


def new_paragraph(chance):
    says = chance.choice(["The ministry did not answer questions on Friday evening.",
                          "A second witness told the agency that nobody had seen the car.",
                          "The company will publish its figures in the coming week."])
    # None twice: a page that repeats a paragraph is read as if it had it once.
    return [(says + " ", None), (f"It was case {chance.randint(3, 99_999)} this year.", None), ("\n", None)]


def paragraphs(text, chance):
    """Two paragraphs go and two come."""
    lines = text.lines()
    body = [n for n, line in enumerate(lines) if n > 0 and line]
    for n in sorted(chance.sample(body, min(2, max(len(body) - 1, 0))), reverse=True):
        del lines[n]
    for _ in range(2):
        lines.insert(chance.randint(1, len(lines)), new_paragraph(chance))
    return Text.joined(lines)


def moved(text, chance):
    """A paragraph stands elsewhere."""
    lines = text.lines()
    if len(lines) > 3:
        lines.insert(chance.randint(1, len(lines) - 1), lines.pop(chance.randint(1, len(lines) - 1)))
    return Text.joined(lines)


def reworded(share):
    """Words of some sentences are others, in their places."""
    others = ["however", "later", "yesterday", "reportedly", "again", "still", "instead"]

    def change(text, chance):
        pieces, chosen = [], False
        for words, origin in text.pieces:
            if words in ".!?\n":
                chosen = chance.random() < share
            elif chosen and words.isalpha() and chance.random() < 0.3:
                words = chance.choice(others)
            pieces.append((words, origin))
        return Text(pieces)
    return change


def update(text, chance):
    """What an outlet does in the course of a day: another headline, a note, new paragraphs, corrected words."""
    text = reworded(0.08)(typos(0.01)(paragraphs(text, chance), chance), chance)
    lines = text.lines()
    lines[0] = [("UPDATED: ", None), *lines[0]]
    lines.insert(1, [("This story was updated with a statement of the police.", None), ("\n", None)])
    lines.append([("Correction: an earlier version gave the wrong day.", None)])
    return Text.joined(lines)


KINDS = {
    "corrected words, 1 %": typos(0.01),
    "corrected words, 5 %": typos(0.05),
    "other marks": marks,
    "2 paragraphs cut, 2 new": paragraphs,
    "a paragraph moved": moved,
    "15 % of sentences reworded": reworded(0.15),
    "update of a day": update,
}


def page(text, number):
    headline, *body = text.split("\n")
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in body if line.strip())
    address = f"https://news.example/{number}"
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(headline)}</title>'
            f'<link rel="canonical" href="{address}"><meta property="article:published_time" content="2024-05-31">'
            f"</head><body><nav><a href=/>Home</a></nav><article><h1>{html.escape(headline)}</h1>\n{body}</article>"
            "</body></html>")


def run(command, *arguments, allowed=(0, 1), **more):
    done = subprocess.run([command, *map(str, arguments)], capture_output=True, text=True, **more)
    if done.returncode not in allowed:
        print(done.stderr)
        sys.exit(f"reimport: {' '.join(map(str, arguments[:2]))} failed")
    return done


def line_column(text, place):
    before = text[:place]
    return before.count("\n") + 1, place - before.rfind("\n")


def plain(text):
    """A text as an import writes it, a paragraph a line, blanks squeezed; and where each of its places went."""
    out, places = [], []
    for letter in text:
        last = out[-1] if out else "\n"
        if letter.isspace() and (last == "\n" or last == " " and letter != "\n"):
            places.append(len(out))
            continue
        if letter == "\n" and last == " ":
            out.pop()
        places.append(len(out))
        out.append("\n" if letter == "\n" else " " if letter.isspace() else letter)
    while out and out[-1].isspace():
        out.pop()
    return "".join(out) + "\n", places


def count(command, articles, kind, seed):
    chance = random.Random(seed)
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as work:
        saved, into, tags = (pathlib.Path(work, name) for name in ("saved", "into", "tags.jsonl"))
        saved.mkdir()
        texts = {}
        for number, (text, spans) in enumerate(articles):
            (saved / f"{number:05}.html").write_text(page(text, number))
            texts[f"https://news.example/{number}"] = number
        run(command, "import", saved, "--from", "webpage", "--into", into)
        placed = {}
        for facts in into.rglob("*.meta.ron"):
            address = re.search(r'address: "([^"]*)"', facts.read_text())[1]
            placed[texts[address]] = facts.name.removesuffix(".meta.ron")
        used = {}
        with tags.open("w") as out:
            for number, (text, spans) in enumerate(articles):
                name = placed.get(number)
                if name is None or (into / name).read_text() != text:
                    counts["not imported word for word"] += 1
                    continue
                used[number] = name
                rows = [{"id": f"t{n}", "label": "quote", "start": start, "end": end, "by": ""} for n, (start, end) in enumerate(spans)]
                out.write(json.dumps({"id": name, "text": text, "spans": rows}) + "\n")
        run(command, "import", tags, "--from", "jsonl", "--into", into)
        truth = {}
        for number, (text, spans) in enumerate(articles):
            before = Text.of(text)
            old = {origin: words for words, origin in before.pieces}
            after = KINDS[kind](before, chance)
            words, moves = plain(after.words())
            (saved / f"{number:05}.html").write_text(page(words.removesuffix("\n"), number))
            places = (after.where(start, end, old) for start, end in spans)
            truth[number] = (words, [place and (moves[place[0]], moves[place[1] - 1] + 1) for place in places])
        run(command, "import", saved, "--from", "webpage", "--into", into, "--update")
        told = collections.defaultdict(set)
        check = run(command, "check", into, "--json")
        for problem in json.loads(check.stdout)["problems"]:
            told[pathlib.Path(problem["path"]).name].add((problem["line"], problem["column"]))
        lines = run(command, "export", into, "--to", "jsonl", "--all").stdout.splitlines()
        found = {record["id"]: record for record in map(json.loads, lines)}
        for number, name in used.items():
            words, places = truth[number]
            if (into / name).read_text() != words:
                counts["not imported again word for word"] += 1
                continue
            record = found.get(name)
            spans = {span["id"]: span for span in record["spans"]} if record else {}
            for n, place in enumerate(places):
                span = spans.get(f"t{n}")
                got = (span["start"], span["end"]) if span else None
                counts["tags"] += 1
                if place is None:
                    counts["deleted"] += 1
                if got == place:
                    counts["exact" if place else "deleted and lost"] += 1
                elif got is None or line_column(words, got[0]) in told[name]:
                    counts["told"] += 1
                else:
                    counts["silently wrong"] += 1
                    if os.environ.get("SHOW"):
                        print(kind, name, f"t{n}", place, got, record["text"][got[0]:got[1]][:60] if got else None)
    return counts


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    command = program() or not_run("there is no program; build it or set PULLQUOTE")
    os.environ["PULLQUOTE_STATE_DIR"] = tempfile.mkdtemp()
    articles = []
    for row in map(json.loads, open(sys.argv[1])):
        text, moves = plain(row["text"])
        parts = [part for span in row["spans"] for part in span.get("fragments") or [[span["start"], span["end"]]]]
        spans = {(moves[start], moves[end - 1] + 1) for start, end in parts}
        # Blanks at the edges are no words.
        words = ((start, end, text[start:end]) for start, end in spans)
        trimmed = ((start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())) for start, end, said in words)
        articles.append((text, sorted({span for span in trimmed if span[0] < span[1]})))
    print(f"{len(articles)} articles, {sum(len(spans) for _, spans in articles)} tags")
    total = collections.Counter()
    for kind in KINDS:
        counts = count(command, articles, kind, 7)
        total += counts
        print(f"{kind:28}", dict(counts))
    there = total["tags"] - total["deleted"]
    wrong = total["silently wrong"]
    print(f"together: {total['exact']} of {there} exact ({total['exact'] / there:.2%}), {total['told']} told, "
          f"{wrong} silently wrong ({wrong / total['tags']:.3%}), {total['deleted and lost']} of {total['deleted']} deleted ones recognised")
    bad = wrong > total["tags"] * 0.0002 or total["exact"] < there * 0.98
    sys.exit(1 if bad or total["deleted and lost"] < total["deleted"] * 0.99 else 0)


main()
