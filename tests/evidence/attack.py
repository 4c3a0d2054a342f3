#!/usr/bin/env python3
"""Feeds damaged and hostile files to the real program, and looks at what it does with them.

  tests/evidence/attack.py [INPUTS [SEED [FORMAT]]]     20,000 inputs of seed 1 unless told otherwise

FORMAT, such as pdf or docx, leaves it at documents that are read by this reader.

Sound files of every format that can be imported, documents, sidecars, facts, assignments, journals, schemas,
models, guidelines with their exam, what a program suggests, copies of articles, settings and what an import that was
cut short leaves in a folder are changed: bytes, lines, numbers, words of their grammar, names that lead out of the folder, terminal escapes. Every word
that says something has a mark, so that it is known what a file still held when the program read it. Counted
are panics, runs over 5 seconds, marks that are neither in what was written nor told in the report, files
outside the folder, and control bytes on the terminal. The same seed gives the same inputs. Inputs that
did harm are kept in a folder that the last line names.
"""

import hashlib
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from attack_documents import DOCUMENTS, PARTS
from program import not_run, program

ROOT = Path(__file__).resolve().parent.parent.parent
MARK = re.compile(rb"z[qx]\d{4}")
SECONDS = 5
KINDS_OF_INPUT = ["import"] * 10 + ["document"] * 5 + ["sidecar"] * 4 + [
    "merge", "journal", "schema", "batch", "facts", "assignments", "model", "guidelines", "answers", "copies", "settings",
]
FORMATS = {
    "jsonl": "jsonl", "csv": "csv", "tsv": "tsv", "w3c": "jsonld", "spacy": "jsonl",
    "conll": "conll", "labelstudio": "json", "doccano": "jsonl", "cas-json": "json", "xmi": "xmi",
    "stam": "json", "tei": "xml", "qdpx": "qdpx", "brat": "ann", "webannotsv": "tsv",
}
# Names of keys and features that nothing has, and what only repeats the text.
NOT_SAID = {
    "stam": rb'"keys":\[.*?\]',
    "cas-json": rb'"[^"]*":\{"%NAME":"[^"]*","%RANGE":"[^"]*"\}',
    "spacy": rb'"tokens":\[.*?\]',
    "w3c": rb'"(prefix|suffix)":"[^"]*"',
}
# Tells a loss without all of its words.
TOLD = rb"\xe2\x80\xa6|more\)|nothing here corresponds to it|is empty, so it is left out|not taken over: |an earlier value of|is not closed, so nothing below"
# A record of articles that is left out as a whole is told by its line.
TOLD += rb"|left out: (line|record|row) \d+ (is|has) "
HOSTILE = [
    "../../outside", "/etc/passwd", "..\\..\\outside", "a/../../b", "\x1b]0;title\x07", "\x1b[31mred",
    "a\nsecret:1:1: forged", "\x9b31m", "\u202eevil", "<script>alert(1)</script>", "\0", "-rf", "\x7f",
    "con", "x" * 300, "a\r\nb", "=1+1", "&amp;", "\u2028line",
]
TOKENS = {
    "json": ["{", "}", "[", "]", ",", ":", '"', "null", "1e400", "-1", "[]", "{}", '"id":"q1",', "true"],
    "xml": ["<", ">", "</p>", "<p>", "&lt;", "&#27;", '"', "<!--", "-->", "<![CDATA[", "]]>", "<q>", "</q>"],
    "text": ["\t", "\n", "|", ";", "_", "T1", "R1", "#", "*", "B-", "I-", " ", '"', ",", "[1]", "\r"],
    "ron": ["(", ")", "[", "]", "{", "}", ",", ":", '"', "\\", "//", "/*", "Some(", "None", "at: [(0, 1)]",
            'id: "q1"', "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "version: 2", "people: [", "links: ["],
}
WEBANNO = (
    "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Cue|kind|note\n#T_RL=custom.Says|role|BT_custom.Cue\n\n\n"
    "#Text=zq0001 said zq0002 today\n"
    "1-1\t0-6\tzq0001\tspeaker[1]\tzq0003[1]\tzq0004\t1-3[1_2]\t\n1-2\t7-11\tsaid\t_\t_\t_\t_\t\n"
    "1-3\t12-18\tzq0002\tquote[2]\tzq0005[2]\t_\t_\t\n1-4\t19-24\ttoday\t_\t_\t_\t_\t\n"
)


PROGRAM = program() or not_run("the program is not built; build it or set PULLQUOTE")


def row(first=1):
    """A document as a line of JSON, every word with a mark from this number on."""
    n = iter(range(first, 9_999))
    mark = lambda: f"zq{next(n):04}"
    text, spans = "", []
    for k, label in enumerate(["quote", "speaker", "claim", "quote", "speaker"]):
        word = mark()
        start = len(text)
        text += f"{word} and "
        spans.append({
            "id": f"t{k}", "label": label, "start": start, "end": start + 6, "by": "annotator:" + mark(),
            "note": mark(), "attributes": [{"key": "form", "value": mark()}, {"key": mark(), "value": mark()}],
        })
    links = [
        {"id": "l1", "from": "t0", "to": "t1", "role": "speaker", "note": mark(),
         "attributes": [{"key": "k", "value": mark()}]},
        {"id": "l2", "from": "t2", "to": "t4", "role": "speaker"},
    ]
    people = [{"id": "p1", "name": mark(), "aliases": [mark()], "role": mark(), "external_id": mark()}]
    spans[1]["person"] = "p1"
    return json.dumps({"id": "a.txt", "text": text, "spans": spans, "links": links, "people": people})


def run(args, env, cwd, seconds=SECONDS):
    """(status, output and errors); None for a status: it ran too long."""
    try:
        done = subprocess.run([PROGRAM, *args], cwd=cwd, env=env, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return None, b"", b""
    return done.returncode, done.stdout, done.stderr


def seeds(work):
    """For each format its files, the one to name first; and the sidecar of the same document."""
    folder = work / "seeds"
    folder.mkdir()
    env = environment(folder)
    (folder / "in.jsonl").write_text(row() + "\n")
    run(["import", "in.jsonl", "--from", "jsonl", "--into", "c"], env, folder, 60)
    found = {}
    for name, ending in FORMATS.items():
        if name == "webannotsv":
            found[name] = [("in.tsv", WEBANNO.encode())]
            continue
        out = folder / f"out-{name}"
        target = out if name in ("brat", "xmi") else out / f"in.{ending}"
        out.mkdir()
        status, _, errors = run(["export", "c", "--to", name, "-o", str(target)], env, folder, 60)
        files = [(str(p.relative_to(out)), p.read_bytes()) for p in sorted(out.rglob("*")) if p.is_file()]
        if status not in (0, 1) or not files:
            print(f"attack: no seed of {name}: {errors.decode(errors='replace')}")
            continue
        if name in ("csv", "tsv", "w3c"):
            files.append(("a.txt", (folder / "c/a.txt").read_bytes()))
        files.sort(key=lambda f: not f[0].endswith("." + ending))
        found[name] = files
    article, sidecar = (folder / "c/a.txt").read_bytes(), (folder / "c/a.txt.ron").read_bytes()
    return found, article, sidecar


def model(work):
    """What is learned from some tagged articles."""
    folder = work / "learned"
    folder.mkdir()
    lines = []
    for n in range(30):
        text = f"Ann{n} told the paper that bread {n} would rise. It rained. Bo{n} said that rain {n} was over."
        quotes = [(text.index("that bread"), text.index(". It")), (text.index("that rain"), len(text) - 1)]
        spans = [{"id": f"q{k}", "label": "quote", "start": a, "end": b} for k, (a, b) in enumerate(quotes)]
        lines.append(json.dumps({"id": f"{n}.txt", "text": text, "spans": spans}))
    (folder / "in.jsonl").write_text("\n".join(lines))
    (folder / "a.txt").write_text("Ann said that it was so.")
    run(["suggest", "a.txt", "--learn", "in.jsonl", "--save-learned", "m.json"], environment(folder), folder, 60)
    return (folder / "m.json").read_bytes()


def environment(folder):
    return {"HOME": str(folder), "PULLQUOTE_STATE_DIR": str(folder / "state"),
            "PULLQUOTE_DATA_DIR": str(folder / "data"), "PULLQUOTE_CONFIG_DIR": str(folder / "config"),
            "PATH": os.environ.get("PATH", "")}


def grammar(name):
    if name in ("xmi", "tei", "qdpx"):
        return "xml"
    return "text" if name in ("csv", "tsv", "brat", "conll", "webannotsv") else "json"


def change(r, data, kind):
    """One change of the bytes."""
    start = r.randrange(len(data) + 1)
    end = min(len(data), start + r.randrange(r.choice([2, 5, 17, 65])))
    what = r.randrange(10)
    if what == 0 and start < len(data):
        return data[:start] + bytes([data[start] ^ (1 << r.randrange(8))]) + data[start + 1:]
    if what == 1:
        return data[:start] + data[end:]
    if what == 2:
        return data[:end] + data[start:end] + data[end:]
    if what == 3:
        return data[:max(start, len(data) // 4)]
    if what == 4:
        lines = data.split(b"\n")
        one, other = r.randrange(len(lines)), r.randrange(len(lines))
        if r.random() < 0.5:
            lines[one], lines[other] = lines[other], lines[one]
        else:
            lines.insert(one, lines[other])
        return b"\n".join(lines)
    if what in (5, 6):
        numbers = list(re.finditer(rb"(?<![\w])\d+", data))
        if numbers:
            at = r.choice(numbers)
            new = r.choice([str(r.randrange(100)), "4294967295", f"-{r.randrange(9)}", "18446744073709551616"])
            return data[:at.start()] + new.encode() + data[at.end():]
    if what == 7:
        return hostile(r, data, kind)
    token = r.choice(TOKENS[kind]).encode()
    return data[:start] + token + data[r.choice([start, end]):]


def hostile(r, data, kind):
    """A word or the name of the document becomes one that should do harm."""
    word = r.choice(HOSTILE)
    if kind in ("json", "ron"):
        word = json.dumps(word, ensure_ascii=r.random() < 0.5 and kind == "json")[1:-1]
        if kind == "ron":
            word = re.sub(r"\\u([0-9a-f]{4})", r"\\u{\1}", word)
    elif kind == "xml":
        word = word.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    places = list(re.finditer(rb"a\.txt|z[qx]\d{4}|speaker|quote", data))
    if not places:
        return data
    at = r.choice(places)
    return data[:at.start()] + word.encode() + data[at.end():]


def hostile_name(r, schema):
    """The name of the guidelines leads anywhere."""
    word = r.choice(["../secret.md", "/etc/passwd", "/dev/zero", "c/../../x", "", ".", "\\\\host\\share", "guide.md/x"])
    return schema.replace(b'"guide.md"', json.dumps(word).encode())


def renamed(r, data):
    """A mark becomes another one, which nothing else in the file has."""
    marks = list(MARK.finditer(data))
    if not marks:
        return data
    at = r.choice(marks)
    return data[:at.start()] + f"zx{r.randrange(10_000):04}".encode() + data[at.end():]


def mutated(r, data, kind):
    way = r.random()
    if way < 0.15:
        return hostile(r, data, kind)
    if way < 0.3:
        return renamed(r, data)
    for _ in range(1 + r.randrange(4)):
        data = change(r, data, kind)
    return data


def mutated_zip(r, data):
    if r.random() < 0.2:
        return change(r, data, "xml")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".qde") or name in PARTS:
                content = mutated(r, content, "xml")
            elif r.random() < 0.05:
                name = r.choice(HOSTILE).replace("\0", "") or name
            new.writestr(name, content)
    return out.getvalue()


def marks(data):
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                return set().union(*(marks(file.read(name)) for name in file.namelist()))
        except Exception:
            return set()
    return set(MARK.findall(data))


def marks_in_text(name, data):
    """The marks of a document, without those that the format does not take for text."""
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                return set().union(*(marks_in_text("html", file.read(part)) for part in file.namelist()))
        except Exception:
            return set()
    if name == "rtf":
        # A control word is no text, and neither is the sign that stands for a code point.
        data = re.sub(rb"\\u-?\d+ ?.|\\[a-zA-Z]+-?\d*", b"", data)
    elif b"<" in data and name not in ("article-table", "article-lines", "lexisnexis", "proquest", "genios"):
        # Neither are tags and comments; a comment without an end is told.
        # An attribute whose quotation mark is gone holds what is up to the next one.
        value = rb"=\s*\"[^\"]*\"|=\s*'[^']*'|=(?!\s*[\"'])"
        data = re.sub(rb"<!--.*?-->|<(" + value + rb"|[^>=])*(>|$)", b" ", data, flags=re.S)
    return marks(data)


def shown_in_pdf(data, said):
    """A PDF without what it does not show: what it says about itself, unless that and the way to it are whole, what was
    moved before its first object or behind its last one, and a text that no page names."""
    shown = re.sub(rb"^.*?(?=\d+ \d+ obj)", b"", data.partition(b"\nxref\n")[0], flags=re.S)
    named = re.findall(rb"/Contents (\d+) 0 R", data)
    if named and set(named) < {b"6", b"8"} and len(named) == data.count(b"/Contents"):
        other = b"8" if b"6" in named else b"6"
        shown = re.sub(rb"\n" + other + rb" 0 obj.*?endobj", b"", shown, flags=re.S)
    whole = rb"\n3 0 obj\n<< /Title \([^()\\]*\) /Author \([^()\\]*\) /Subject \([^()\\]*\) >>\nendobj\n"
    way = b"/Root 1 0 R /Info 3 0 R >>" in data and b"says about itself cannot be found" not in said
    if re.search(whole, data) and way:
        return shown
    # The objects before the pages show nothing.
    shown = shown[max(shown.find(b"\n5 0 obj"), 0):]
    return re.sub(rb".*/(Title|Author|Subject).*|\n3 0 obj[^\0]*?endobj", b"", shown)


def on_told_pages(data, missing, said):
    """The marks of a PDF on pages of which the report says that they are not complete, or not found."""
    if b"how many pages there are cannot be found" in said or b"of the document cannot be found" in said:
        return missing
    told = b" ".join(re.findall(rb"pages? ([\d, ]+): (?:without text|not complete)", said))
    # What was moved is on the page it was moved to.
    second = marks(data.rpartition(b"\n7 0 obj")[2]) | {b"zq0010"}
    first = marks(data.rpartition(b"\n7 0 obj")[0]) | missing - {b"zq0010"}
    return (first if b"1" in told else set()) | (second if b"2" in told else set())


def written(folder):
    found = set()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            found |= set(MARK.findall(path.read_bytes()))
    return found


def control_bytes(output):
    text = output.decode("utf-8", "replace")
    return [c for c in text if (c < " " and c not in "\n\t") or "\x7f" <= c <= "\x9f"]


class Attack:
    def __init__(self, work, kept, reader):
        self.work, self.kept = work, kept
        self.documents = [row for row in DOCUMENTS if reader in (None, row[0])]
        self.kinds = KINDS_OF_INPUT if reader is None else ["document"]
        self.seeds, self.article, self.sidecar_seed = seeds(work)
        self.journal_seed = ROOT / "tests/fixtures/0.1/journal"
        self.model_seed = model(work)
        self.schema_seed = (ROOT / "assets/schema.ron").read_bytes()
        self.lock = threading.Lock()
        self.found = {}
        self.counts = {}
        self.in_short = 0

    def harm(self, what, n, files, words):
        with self.lock:
            self.found.setdefault(what, []).append(n)
            if len(self.found[what]) > 20:
                return
            folder = self.kept / what.replace(" ", "-") / str(n)
            folder.mkdir(parents=True, exist_ok=True)
            for name, data in files:
                path = folder / name.replace("/", "_").replace("..", "_")[:100]
                path.write_bytes(data)
            (folder / "WHY").write_text(words, errors="replace")

    def looked_at(self, what, n, files, ran, args):
        """What every run must keep to. Whether it went on to an end."""
        status, out, errors = ran
        said = (out + errors).decode("utf-8", "replace")
        if status is None:
            self.harm("runs over 5 s", n, files, " ".join(args))
            return False
        if status not in (0, 1, 2, 129) or "panicked at" in said:
            self.harm("panics", n, files, f"{args}\nstatus {status}\n{said}")
            return False
        if "--json" not in args and control_bytes(out + errors):
            self.harm("control bytes on the terminal", n, files, f"{args}\n{said!r}")
        if status in (2, 129) and not errors.strip() and b'"message"' not in out:
            self.harm("refusals without a word", n, files, f"{args}\nstatus {status}")
        return True

    def lost(self, n, files, missing, ran, args):
        """A message that is cut short, or that names a field without what is in it, tells a loss."""
        if missing and re.search(TOLD, ran[1] + ran[2]):
            with self.lock:
                self.in_short += 1
        elif missing:
            said = (ran[1] + ran[2]).decode("utf-8", "replace")
            names = b", ".join(sorted(missing)).decode()
            self.harm("silent losses", n, files, f"{args}\nstatus {ran[0]}\nlost: {names}\n{said}")

    def one(self, n, seed):
        r = random.Random(seed * 1_000_003 + n)
        kind = self.kinds[n % len(self.kinds)]
        folder = self.work / f"case{n}"
        folder.mkdir()
        try:
            getattr(self, "of_" + kind)(n, r, folder)
            with self.lock:
                self.counts[kind] = self.counts.get(kind, 0) + 1
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def outside(self, n, folder, files, allowed, args):
        there = {p.name for p in folder.iterdir()}
        if there - allowed:
            self.harm("files outside", n, files, f"{args}\n{sorted(there - allowed)}")

    def of_import(self, n, r, folder):
        name = r.choice(sorted(self.seeds))
        files = list(self.seeds[name])
        if name == "qdpx":
            files[0] = (files[0][0], mutated_zip(r, files[0][1]))
        else:
            at = 0 if r.random() < 0.9 else r.randrange(len(files))
            kind = "text" if files[at][0].endswith(".txt") else grammar(name)
            files[at] = (files[at][0], mutated(r, files[at][1], kind))
        source = folder / "in"
        for path, data in files:
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).write_bytes(data)
        args = ["import", "in/" + files[0][0], "--from", name, "--into", "into"]
        if r.random() < 0.75:
            args.append("--json")
        before = sorted(p for p in source.rglob("*"))
        ran = run(args, environment(folder), folder)
        if not self.looked_at("import", n, files, ran, args):
            return
        self.outside(n, folder, files, {"in", "into", "state", "data"}, args)
        if sorted(p for p in source.rglob("*")) != before:
            self.harm("files outside", n, files, f"{args}\nbeside the input")
        into = folder / "into"
        there = written(into) if into.exists() else set()
        if ran[0] == 2:
            if there:
                self.harm("refused and written", n, files, f"{args}\n{sorted(there)}")
        elif not there and b'"problems":[]' not in ran[1]:
            # Refused, and told why.
            pass
        elif "--json" in args:
            # A text beside counts as far as something was imported at all.
            held = marks(files[0][1])
            if name in NOT_SAID:
                held = marks(re.sub(NOT_SAID[name], b"", files[0][1], flags=re.S))
            told = set(MARK.findall(ran[1] + ran[2]))
            self.lost(n, files, held - there - told, ran, args)

    def of_document(self, n, r, folder):
        name, file, make, every_word = r.choice(self.documents)
        numbers = iter(range(1, 9_999))
        data = make(lambda: f"zq{next(numbers):04}")
        data = mutated_zip(r, data) if data[:2] == b"PK" else mutated(r, data, {"csv": "text", "jsonl": "json"}.get(
            file.split(".")[1], "xml" if b"<html" in data else "text"))
        files = [(file, data)]
        (folder / file).write_bytes(data)
        args = ["import", file, "--from", name, "--into", "into"] + (["--json"] if r.random() < 0.75 else [])
        ran = run(args, environment(folder), folder)
        if not self.looked_at("document", n, files, ran, args):
            return
        self.outside(n, folder, files, {file, "into", "state", "data"}, args)
        into = folder / "into"
        there = written(into) if into.exists() else set()
        if there and every_word and "--json" in args:
            told = set(MARK.findall(ran[1] + ran[2]))
            held = marks(shown_in_pdf(data, ran[1])) if name == "pdf" else marks_in_text(name, data)
            missing = held - there - told
            if name == "pdf" and missing and missing <= on_told_pages(data, missing, ran[1]):
                with self.lock:
                    self.in_short += 1
                missing = set()
            self.lost(n, files, missing, ran, args)
        for path in into.rglob("*") if into.exists() else []:
            if path.suffix == ".txt" and ".pullquote" not in path.parts and control_bytes(path.read_bytes()):
                self.harm("control bytes in an article", n, files, str(args))

    def corpus(self, folder, more):
        """An article with tags of two people, and one file more."""
        corpus = folder / "c"
        corpus.mkdir()
        files = [("a.txt", self.article), ("a.txt.ron", self.sidecar_seed), more]
        for name, content in files:
            (corpus / name).write_bytes(content)
        return corpus, files

    def all_told(self, n, folder, files, commands, allowed=()):
        """Runs commands over the corpus, which change none of its files."""
        env = environment(folder)
        for args in commands:
            if not self.looked_at("corpus", n, files, run(args, env, folder), args):
                return False
        self.outside(n, folder, files, {"c", "state", "data", *allowed}, commands)
        for name, content in files:
            if (folder / "c" / name).read_bytes() != content:
                self.harm("files changed", n, files, f"{commands}\n{name}")
        return True

    def of_facts(self, n, r, folder):
        data = mutated(r, FACTS, "ron")
        corpus, files = self.corpus(folder, ("a.txt.meta.ron", data))
        if not self.all_told(n, folder, files, [["check", "c"], ["list", "c"], ["search", "c", "and"], ["stats", "c"],
                             ["export", "c", "--to", "quotes", "-o", "out.csv"]], ["out.csv"]):
            return
        # A newer version of the article is written over what is known of it.
        page = b"<html><head><title>Bread</title></head><body><article><h1>Bread</h1><p>zx0001 said that bread would " \
               b"rise by two cents a loaf next year, and she was right.</p></article></body></html>"
        (folder / "b.html").write_bytes(page)
        args = ["import", "b.html", "--update", "--into", "c", "--json"]
        ran = run(args, environment(folder), folder)
        if self.looked_at("facts", n, files, ran, args):
            self.outside(n, folder, files, {"c", "state", "data", "out.csv", "b.html"}, args)
            self.lost(n, files, marks(data) - written(corpus), ran, args)

    def of_assignments(self, n, r, folder):
        data = mutated(r, ASSIGNMENTS, "ron")
        corpus, files = self.corpus(folder, ("pullquote.assignments.ron", data))
        if not self.all_told(n, folder, files, [["list", "c"], ["list", "c", "--only", "unassigned"], ["check", "c"]]):
            return
        args = ["assign", "--to", "ann", "c"]
        ran = run(args, environment(folder), folder)
        if self.looked_at("assignments", n, files, ran, args):
            self.outside(n, folder, files, {"c", "state", "data"}, args)
            state = written(folder / "state") if (folder / "state").exists() else set()
            self.lost(n, files, marks(data) - written(corpus) - state, ran, args)

    def of_model(self, n, r, folder):
        data = change(r, self.model_seed, "json") if r.random() < 0.8 else mutated(r, self.model_seed, "json")
        corpus, files = self.corpus(folder, ("other.txt", self.article))
        (folder / "m.json").write_bytes(data)
        args = ["suggest", "c", "--learned", "m.json"]
        ran = run(args, environment(folder), folder)
        if self.looked_at("model", n, [("m.json", data)], ran, args):
            self.outside(n, folder, files, {"c", "m.json", "state", "data"}, args)

    def of_guidelines(self, n, r, folder):
        """The exam of a project, and what newcomers have made of it."""
        guide = mutated(r, GUIDELINES, "xml")
        corpus, files = self.corpus(folder, ("guide.md", guide))
        schema = self.schema_seed.replace(b"\n(\n", b'\n(\n    guidelines: "guide.md",\n', 1)
        schema = hostile_name(r, schema) if r.random() < 0.2 else schema
        (corpus / "pullquote.ron").write_bytes(schema)
        env = environment(folder)
        ran = run(["exam", "c", "--write", "bo"], env, folder)
        if not self.looked_at("guidelines", n, files, ran, ["exam", "--write"]):
            return
        copy = corpus / ".pullquote/exam/bo.txt"
        if copy.exists():
            (corpus / ".pullquote/exam/bo.txt.bo.ron").write_bytes(mutated(r, self.sidecar_seed, "ron"))
        for args in (["exam", "c"], ["exam", "c", "--json"], ["check", "c"], ["list", "c"]):
            if not self.looked_at("guidelines", n, files, run(args, env, folder), args):
                return
        self.outside(n, folder, files, {"c", "state", "data"}, "exam")

    def of_answers(self, n, r, folder):
        """What a program that suggests says."""
        answer = {"id": "other.txt", "text": self.article.decode(), "spans": [
            {"id": "q1", "label": "quote", "start": 0, "end": 6, "note": "zq0001", "confidence": 0.9},
            {"id": "s1", "label": "speaker", "start": 11, "end": 17, "person": "p1"}],
            "links": [{"from": "q1", "to": "s1", "role": "speaker"}], "people": [{"id": "p1", "name": "zq0002"}]}
        data = mutated(r, json.dumps(answer).encode() + b"\n", "json")
        corpus, files = self.corpus(folder, ("other.txt", self.article))
        (folder / "answer.jsonl").write_bytes(data)
        files = files + [("answer.jsonl", data)]
        for more in ([], ["--json"], ["--write", "--as", "bo"]):
            args = ["suggest", "c/other.txt", "--with", "cat answer.jsonl", "--timeout", "2", *more]
            if not self.looked_at("answers", n, files, run(args, environment(folder), folder), args):
                return
        self.outside(n, folder, files, {"c", "state", "data", "answer.jsonl"}, "suggest --with")
        if (corpus / "other.txt").read_bytes() != self.article or (corpus / "a.txt.ron").read_bytes() != self.sidecar_seed:
            self.harm("files changed", n, files, "suggest --with --write")
        if not self.looked_at("answers", n, files, run(["check", "c"], environment(folder), folder), ["check", "c"]):
            return

    def of_copies(self, n, r, folder):
        """Tags that are carried into a copy of the article, whose own tags stay."""
        data = mutated(r, self.sidecar_seed, "ron")
        article = self.article + b"\n" + b"The same words again and again, as wires send them to every paper in town. " * 4
        corpus, files = self.corpus(folder, ("b.txt", article))
        (corpus / "a.txt").write_bytes(article)
        (corpus / "a.txt.ron").write_bytes(data)
        (corpus / "b.txt.bo.ron").write_bytes(self.sidecar_seed)
        files = files + [("a.txt.ron", data)]
        for args in (["carry", "c/a.txt"], ["carry", "c/a.txt", "--json"], ["carry", "c/a.txt", "--write"], ["check", "c"],
                     ["list", "c", "--copies"]):
            if not self.looked_at("copies", n, files, run(args, environment(folder), folder), args):
                return
        self.outside(n, folder, files, {"c", "state", "data"}, "carry")
        for name, content in (("a.txt", article), ("b.txt", article), ("a.txt.ron", data), ("b.txt.bo.ron", self.sidecar_seed)):
            if (corpus / name).read_bytes() != content:
                self.harm("files changed", n, files, f"carry --write: {name}")

    def of_settings(self, n, r, folder):
        data = mutated(r, SETTINGS, "ron")
        corpus, files = self.corpus(folder, ("other.txt", self.article))
        (folder / "config").mkdir()
        (folder / "config/settings.ron").write_bytes(data)
        files = files + [("settings.ron", data)]
        for args in (["list", "c"], ["stats", "c"], ["check", "c"]):
            if not self.looked_at("settings", n, files, run(args, environment(folder), folder), args):
                return
        self.outside(n, folder, files, {"c", "state", "data", "config"}, "settings")
        # What cannot be read is put aside.
        if data not in [path.read_bytes() for path in (folder / "config").iterdir()]:
            self.harm("files changed", n, files, "settings.ron")

    def of_sidecar(self, n, r, folder):
        data = mutated(r, self.sidecar_seed, "ron")
        files = [("a.txt", self.article), ("a.txt.ron", data)]
        corpus = folder / "c"
        corpus.mkdir()
        for name, content in files:
            (corpus / name).write_bytes(content)
        env = environment(folder)
        for args in (["check", "c"], ["check", "--fix", "c"], ["export", "c", "--to", "html", "-o", "out.html"]):
            ran = run(args, env, folder)
            if not self.looked_at("sidecar", n, files, ran, args):
                return
        self.outside(n, folder, files, {"c", "state", "data", "out.html"}, "check")
        self.lost(n, files, marks(data) - written(corpus), ran, ["check --fix"])
        if (corpus / "a.txt").read_bytes() != self.article:
            self.harm("articles changed", n, files, "check --fix")

    def of_merge(self, n, r, folder):
        ours = mutated(r, self.sidecar_seed, "ron") if r.random() < 0.7 else self.sidecar_seed
        theirs = mutated(r, self.sidecar_seed, "ron")
        files = [("base", b""), ("ours", ours), ("theirs", theirs)]
        for name, content in files:
            (folder / name).write_bytes(content)
        args = ["merge", "base", "ours", "theirs", "--name=a.txt.ron"]
        ran = run(args, environment(folder), folder)
        if not self.looked_at("merge", n, files, ran, args):
            return
        self.outside(n, folder, files, {"base", "ours", "theirs", "state", "data"}, args)
        after = (folder / "ours").read_bytes()
        if ran[0] == 129:
            if after != ours:
                self.harm("refused and written", n, files, str(args))
        else:
            self.lost(n, files, (marks(ours) | marks(theirs)) - marks(after), ran, args)

    def of_journal(self, n, r, folder):
        corpus, state = folder / "c", folder / "state"
        shutil.copytree(self.journal_seed / "corpus", corpus)
        shutil.copytree(self.journal_seed / "state", state)
        made_in = "/tmp/pullquote-0.1/journal/corpus/"
        digits = lambda words: hashlib.sha256(words).hexdigest()[:16]
        here = f"{corpus.resolve()}/"
        for path in list((state / "journal").iterdir()):
            name = path.name
            for of in ("article.txt.ron", "article.txt"):
                name = name.replace(digits((made_in + of).encode()), digits((here + of).encode()))
            path.rename(path.with_name(name))
        journal = next((state / "journal").rglob("*.journal"))
        records = [line.split(b" ", 2)[2] for line in journal.read_bytes().split(b"\n") if line]
        records[0] = records[0].replace(made_in.encode(), here.encode())
        at = r.randrange(len(records))
        framed = lambda record: f"{digits(record)} {len(record)} ".encode() + record + b"\n"
        if r.random() < 0.7:
            # With sound sums, so that what is in the records is looked at.
            records[at] = mutated(r, records[at], "ron")
            data = b"".join(map(framed, records))
        else:
            data = change(r, b"".join(map(framed, records)), "ron")
        journal.write_bytes(data)
        files = [("journal", data)]
        env = environment(folder)
        for args in (["recover"], ["recover", "c", "--write"], ["check", "c"]):
            ran = run(args, env, folder)
            if not self.looked_at("journal", n, files, ran, args):
                return
        self.outside(n, folder, files, {"c", "state", "data"}, args)
        if not (corpus / "article.txt").exists() or not (corpus / "article.txt.ron").exists():
            self.harm("articles changed", n, files, "recover --write")

    def of_schema(self, n, r, folder):
        data = mutated(r, self.schema_seed, "ron")
        corpus = folder / "c"
        corpus.mkdir()
        files = [("a.txt", self.article), ("a.txt.ron", self.sidecar_seed), ("pullquote.ron", data)]
        for name, content in files:
            (corpus / name).write_bytes(content)
        env = environment(folder)
        for args in (["check", "c"], ["export", "c", "--to", "jsonl", "-o", "out.jsonl"]):
            if not self.looked_at("schema", n, files, run(args, env, folder), args):
                return
        self.outside(n, folder, files, {"c", "state", "data", "out.jsonl"}, "check")
        for name, content in files:
            if (corpus / name).read_bytes() != content:
                self.harm("articles changed", n, files, name)


    def of_batch(self, n, r, folder):
        """A folder of a stranger: it says that an import into it was cut short."""
        corpus, secret = folder / "c", folder / "secret.txt"
        (corpus / ".git/hooks").mkdir(parents=True)
        (corpus / "sub").mkdir()
        (corpus / "out").symlink_to(folder)
        secret.write_text("zq9999 is my secret")
        (corpus / "a.txt").write_bytes(self.article)
        (corpus / "a.txt.ron").write_bytes(self.sidecar_seed)
        stage = corpus / ".pullquote/import.7.0"
        stage.mkdir(parents=True)
        listed = []
        for at in range(1 + r.randrange(3)):
            path = r.choice(BATCH_PATHS)
            part = stage / str(at)
            data = r.choice([b"#!/bin/sh\n", b"Pullquote(version: 1)", b"words", secret.read_bytes()])
            make(part, r.choice(KINDS), data, secret)
            sha = hashlib.sha256(data).hexdigest() if r.random() < 0.9 else "0" * 64
            listed.append(f"(path:{json.dumps(path, ensure_ascii=False)},sha256:{json.dumps(sha)})")
        record = f"(files:[{','.join(listed)}])".encode()
        if r.random() < 0.2:
            record = change(r, record, "ron")
        make(stage / "record.ron", r.choice(KINDS + ["file"] * 4), record, secret)
        if r.random() < 0.8:
            make(stage / "lock", r.choice(KINDS), b"", secret)
        if r.random() < 0.1:
            stage.rename(folder / "stage")
            stage.symlink_to(folder / "stage")
        files = [("record.ron", record)]
        outside = {"c", "secret.txt", "state", "data", "stage", "in.jsonl"}
        env = environment(folder)
        (folder / "in.jsonl").write_text(json.dumps({"id": "n.txt", "text": "He said so.", "spans": []}) + "\n")
        last = ["import", "in.jsonl", "--from", "jsonl", "--into", "c"]
        for args in (["check", "c"], ["check", "--fix", "c"], ["check", "c"], last):
            ran = run(args, env, folder)
            if not self.looked_at("batch", n, files, ran, args):
                return
            if args == ["check", "c"] and b"import" not in ran[1] and stage.exists():
                self.harm("batches not told", n, files, f"{args}\n{ran}")
        self.outside(n, folder, files, outside, last)
        if secret.read_text() != "zq9999 is my secret" or secret.stat().st_mode & 0o111:
            self.harm("files outside", n, files, "the secret has changed")
        for path in corpus.rglob("*"):
            below = path.relative_to(corpus)
            ours = below.parts[0] in (".pullquote", "out") and "text" not in below.parts
            planted = below.parts[0].startswith(".") and below.parts[0] != ".pullquote"
            planted &= str(below) not in (".git", ".git/hooks")
            if planted or not ours and (path.is_symlink() or path.is_file() and path.stat().st_mode & 0o111):
                self.harm("planted files", n, files, str(below))


GUIDELINES = """# zq0001

| key | means |
| --- | --- |
| quote | zq0002 |

```exam
<quote form=direct speaker=#s>“zq0003,”</quote> <speaker #s>zq0004</speaker> said <script>alert(1)</script>.
```

[zq0005](javascript:alert(1)) ![](file:///etc/passwd)
""".encode()
SETTINGS = b'(asked_for_name: true, annotator: "zq0001", not_mine: ["/tmp/zq0002"], zoom: 1.5)\n'
FACTS = """#![enable(implicit_some)]
Article(version: 1,
    headline: "zq0001 rises",
    outlet: "zq0002",
    date: "2024-05-01",
    byline: "zq0003",
    fields: {"shelf": "zq0004", "zq0005": "zq0006"},
    imported_from: (file: "b.html", sha256: "66c9a1e80c64054cb401ade123cf06200f95da37dd9b32a8d6f1dbb9965a072a"),
    zq0007: "zq0008",
)
""".encode()
ASSIGNMENTS = """// zq0001 hands out.
(
    version: 1,
    assignments: {
        "a.txt": ["zq0002", "ann"],
        "sub/zq0003.txt": ["zq0004"],
    },
)
""".encode()

# Where a batch says that its files go.
BATCH_PATHS = [
    ".git/hooks/post-checkout", ".git/config", ".bashrc", ".vimrc", "../out.txt", "/tmp/out.txt", "out/out.txt",
    "sub/../../out.txt", "run.sh", "Makefile", ".envrc", ".pullquote/../.git/hooks/a.txt", "sub/.hidden/a.txt", "",
    ".", "pullquote.ron", "b.txt", "sub/b.txt.ron", ".pullquote/text/" + "0" * 64 + ".txt",
    "a.txt", "a.txt.ron", "b\n.txt", "\x1b]0;t\x07.txt", ".gitattributes", ".pullquote/.gitattributes",
]
# What may stand in the place of a file.
KINDS = ["file", "file", "file", "link", "pipe", "folder", "program", "nothing", "dangling"]


def make(path, kind, data, secret):
    """Puts something in the place of a file."""
    if kind in ("file", "program"):
        path.write_bytes(data)
        path.chmod(0o755 if kind == "program" else 0o644)
    elif kind == "link":
        path.symlink_to(secret)
    elif kind == "dangling":
        path.symlink_to(secret.parent / "new")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()


def main():
    inputs = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    reader = sys.argv[3] if len(sys.argv) > 3 else None
    if reader is not None and reader not in [row[0] for row in DOCUMENTS]:
        sys.exit(f"attack: no documents of {reader}")
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    kept = Path(tempfile.mkdtemp(prefix="pullquote-attack-"))
    with tempfile.TemporaryDirectory(dir=memory) as work:
        attack = Attack(Path(work), kept, reader)
        with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            for done in [pool.submit(attack.one, n, seed) for n in range(inputs)]:
                done.result()
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(attack.counts.items()))
    print(f"attack: {inputs:,} inputs ({kinds})")
    always = ["panics", "runs over 5 s", "silent losses", "files outside", "control bytes on the terminal"]
    for what in always + sorted(set(attack.found) - set(always)):
        print(f"  {len(attack.found.get(what, []))} {what}")
    print(f"  {attack.in_short} losses told without all of their words")
    if attack.found:
        print(f"inputs that did harm: {kept}")
        sys.exit(1)
    kept.rmdir()


main()
