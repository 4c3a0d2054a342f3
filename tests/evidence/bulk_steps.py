#!/usr/bin/env python3
"""Kills a step over many articles, and lets its calls to the disk fail, at random moments: all files of the step
are changed or none, what was changed is undone to the byte, and a step that failed says so and can be repeated.

  tests/evidence/bulk_steps.py [--articles N] [--seconds S] [--seed N] [STEP…]

STEP is tag, relabel, merge, rename or undo; by default all of them, in turn. First each runs once undisturbed,
with its time and memory. Ends with 1 where a file is lost.
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

from program import not_run, program

HERE = pathlib.Path(__file__).resolve().parent
STEPS = {
    "tag": ["hits", "ferries", "--tag", "claim"],
    "relabel": ["hits", "label:quote", "--relabel", "claim"],
    "merge": ["person", "A. Berg", "--merge-into", "Anna Berg"],
    "rename": ["label", "quote", "utterance"],
    "undo": ["undo"],
}
ERRORS = {
    "openat": ["ENOSPC", "EACCES", "EMFILE"], "write": ["ENOSPC", "EIO"], "fsync": ["EIO"], "fdatasync": ["EIO"],
    "rename": ["EACCES", "EIO"], "renameat": ["EIO"], "renameat2": ["EIO"], "mkdir": ["ENOSPC"], "link": ["EIO"],
    "linkat": ["EIO"], "unlink": ["EIO"], "unlinkat": ["EIO"], "fchmod": ["EPERM"],
}


def document(n):
    """An article with ten quotes, each with its speaker, and a line of it as JSON."""
    text, spans, links = "", [], []
    for m in range(10):
        name = "Anna Berg" if m % 2 else "A. Berg"
        quote = f"“The ferries sail on day {n} of the year {m}, and nobody is sure why.”"
        spans += [
            {"id": f"q{m}", "label": "quote", "start": len(text), "end": len(text) + len(quote), "by": ""},
            {"id": f"s{m}", "label": "speaker", "start": len(text) + len(quote) + 1,
             "end": len(text) + len(quote) + 1 + len(name), "by": "", "person": f"p{m % 2}"}]
        links.append({"from": f"q{m}", "to": f"s{m}", "to_kind": "annotation", "role": "speaker", "confirmed": True})
        text += f"{quote} {name} said. It rained in the harbour until the evening.\n"
    people = [{"id": "p0", "name": "A. Berg", "kind": "person"}, {"id": "p1", "name": "Anna Berg", "kind": "person"}]
    return json.dumps({"id": f"{n % 20:02}/{n:04}.txt", "text": text, "spans": spans, "links": links, "people": people})


class Folder:
    def __init__(self, pullquote, work, articles):
        self.pullquote, self.work = pullquote, work
        self.corpus, self.clean = work / "c", work / "clean"
        self.env = {**os.environ, "PULLQUOTE_STATE_DIR": str(work / "state"), "PULLQUOTE_DATA_DIR": str(work / "data")}
        lines = work / "articles.jsonl"
        lines.write_text("\n".join(map(document, range(articles))))
        ran = self.run("import", lines, "--from", "jsonl", "--into", self.clean, "--as", "jo")
        if ran.returncode:
            sys.exit(f"the articles cannot be made: {ran.stderr}")
        self.run("import", lines, "--from", "jsonl", "--into", self.clean, "--as", "mia")
        shutil.copy(HERE / "../../assets/schema.ron", self.clean / "pullquote.ron")
        self.lay_down()
        self.before = self.sums()

    def run(self, *words, before=()):
        words = [*before, self.pullquote, *map(str, words)]
        return subprocess.run(words, env=self.env, capture_output=True, text=True)

    def lay_down(self):
        for folder in ("c", "state"):
            shutil.rmtree(self.work / folder, ignore_errors=True)
        shutil.copytree(self.clean, self.corpus)
        (self.work / "state").mkdir()

    def sums(self):
        """The files that people made, by their bytes."""
        found = {}
        for folder, below, names in os.walk(self.corpus):
            # What a program at work has there comes and goes.
            below[:] = [name for name in below if name != ".pullquote"]
            for path in (pathlib.Path(folder) / name for name in names):
                try:
                    found[str(path.relative_to(self.corpus))] = hashlib.sha256(path.read_bytes()).hexdigest()
                except FileNotFoundError:
                    continue
        return found

    def words(self, step):
        what, *rest = STEPS[step]
        if what == "undo":
            return ["change", "undo", self.corpus]
        return ["change", what, self.corpus, *rest, "--as", "jo"]

    def prepare(self, step):
        self.lay_down()
        if step == "undo":
            self.run(*self.words("relabel"))

    def changed(self, since):
        now = self.sums()
        return sorted(name for name in since.keys() | now.keys() if since.get(name) != now.get(name))


def undisturbed(folder, step):
    """Which files the step changes; time and memory are told."""
    folder.prepare(step)
    start = folder.sums()
    began = time.monotonic()
    ran = folder.run(*folder.words(step), before=["/usr/bin/time", "-f", "memory %M"])
    took = time.monotonic() - began
    if ran.returncode:
        sys.exit(f"{step} fails undisturbed: {ran.stderr}")
    changed = folder.changed(start)
    memory = int(re.search(r"memory (\d+)", ran.stderr)[1]) / 1024
    print(f"{step}: {ran.stdout.strip()}: {len(changed)} files, {took:.2f} s, {memory:.0f} MB")
    if any(".mia." in name for name in changed):
        sys.exit(f"{step} writes a file of somebody else")
    return changed


def calls(folder, step):
    """How often the step makes which calls that change the disk."""
    folder.prepare(step)
    trace = folder.work / "trace"
    traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=" + ",".join(ERRORS), "-o", str(trace)]
    folder.run(*folder.words(step), before=traced)
    counts = {}
    for line in trace.read_text(errors="replace").splitlines():
        found = re.match(r"^\d+ +([a-z0-9_]+)\(", line)
        if found and not (found[1] == "openat" and "O_CREAT" not in line):
            counts[found[1]] = counts.get(found[1], 0) + 1
    return counts


def disturbed(folder, step, expected, injection):
    """What is wrong after the step met this; nothing where all is well."""
    folder.prepare(step)
    start = folder.sums()
    call = injection.split(":")[0]
    traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={injection}"]
    ran = folder.run(*folder.words(step), before=traced)
    killed = "signal" in injection
    now = folder.changed(start)
    if not killed and now and now != expected:
        # What cannot be read has no hits, and is told. Files that could not be put back are finished by the
        # next run, and that is told.
        unread = ran.stderr.count("cannot be read")
        told = "to finish" in ran.stderr or unread >= len(set(expected) - set(now))
        if not ran.returncode or not told:
            return f"{len(now)} of {len(expected)} files changed (status {ran.returncode}): {ran.stderr.strip()[-300:]}"
    if not killed and not now and ran.returncode == 0:
        return "nothing changed and nothing was said"
    # The next run finishes or clears away what is left.
    back, forth = ("redo", "undo") if step == "undo" else ("undo", "redo")
    again = folder.run("change", back, folder.corpus)
    if step == "undo" and folder.changed(start):
        # It was taken back, and stopped before that was noted.
        folder.run("change", forth, folder.corpus)
        again = folder.run("change", back, folder.corpus)
    after = folder.changed(start)
    if after:
        return f"{len(after)} files differ after it was taken back: {again.stderr.strip()[-300:]}"
    left = [path for path in (folder.corpus / ".pullquote").glob("import.*")]
    if left:
        return f"{left[0].name} is left behind"
    repeated = folder.run(*folder.words(step))
    if repeated.returncode or folder.changed(start) != expected:
        return f"it cannot be repeated: {repeated.stderr.strip()[-300:]}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("steps", nargs="*", metavar="STEP")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    pullquote = program() or not_run("the program is not built; build it or set PULLQUOTE")
    for tool in ("strace", "/usr/bin/time"):
        if not shutil.which(tool):
            not_run(f"{tool} is not installed")
    chance = random.Random(args.seed)
    wrong, tried = 0, {"killed": 0, "refused": 0}
    with tempfile.TemporaryDirectory() as work:
        folder = Folder(pullquote, pathlib.Path(work), args.articles)
        steps = args.steps or list(STEPS)
        expected = {step: undisturbed(folder, step) for step in steps}
        points = {}
        for step in steps:
            counts = calls(folder, step)
            points[step] = [(call, n) for call, count in counts.items() for n in range(1, count + 1)]
        end = time.monotonic() + args.seconds
        while time.monotonic() < end:
            step = steps[sum(tried.values()) % len(steps)]
            # Every kind of call, however seldom it is made.
            call = chance.choice(sorted({call for call, _ in points[step]}))
            n = chance.choice([n for one, n in points[step] if one == call])
            kill = chance.random() < .5
            what = "signal=SIGKILL" if kill else f"error={chance.choice(ERRORS[call])}"
            injection = f"{call}:{what}:when={n}"
            tried["killed" if kill else "refused"] += 1
            lost = disturbed(folder, step, expected[step], injection)
            if lost:
                wrong += 1
                print(f"lost: {step}, {injection}: {lost}")
    print(f"bulk_steps: {args.articles} articles, {tried['killed']} times killed, {tried['refused']} calls refused, "
          f"{wrong} times something lost")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
