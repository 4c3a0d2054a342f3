#!/usr/bin/env python3
"""Two windows on one shared folder, with the same article open: one person changes a thousand articles in one step and
takes that back, while the other tags the open article. Each sees the work of the other without a key, and neither
writes a file of the other.

  tests/evidence/two_windows.py [--articles N] [--rounds N] [--shots FOLDER]

Needs Xvfb, xdotool and, for --shots, import of ImageMagick. Ends with 1 where something is lost.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from bulk_steps import Folder
from kill_the_step import STEP, Screen, begin_step, until
from program import not_run, program


class Person:
    """Somebody with a display, settings and a state folder of their own."""

    def __init__(self, name, work, env):
        self.name = name
        home = work / name
        (home / "config/pullquote").mkdir(parents=True)
        (home / "config/pullquote/settings.ron").write_text(f'(annotator: Some("{name}"), asked_for_name: true)')
        env = {**env, "XDG_CONFIG_HOME": str(home / "config"), "PULLQUOTE_STATE_DIR": str(home / "state"),
               "PULLQUOTE_DATA_DIR": str(home / "data")}
        self.screen = Screen(env)

    def open(self, pullquote, corpus):
        self.window = self.screen.window(pullquote, corpus)

    def shot(self, folder, name):
        if folder:
            subprocess.run(["import", "-window", "root", str(folder / f"{name}.{self.name}.png")], env=self.screen.env)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shots", type=pathlib.Path)
    args = parser.parse_args()
    pullquote = program() or not_run("the program is not built; build it or set PULLQUOTE")
    for tool in ("Xvfb", "xdotool"):
        if not shutil.which(tool):
            not_run(f"{tool} is not installed")
    wrong = []
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        folder = Folder(pullquote, work, args.articles)
        folder.lay_down()
        folder.run(*folder.words(STEP))
        expected = folder.changed(folder.before)
        folder.lay_down()
        jo, mia = Person("jo", work, folder.env), Person("mia", work, folder.env)
        try:
            for who in (jo, mia):
                who.open(pullquote, folder.corpus)
            for number in range(args.rounds):
                say = lambda words: wrong.append(f"round {number}: {words}")
                start = folder.sums()
                # Mia tags words of the open article while Jo's step runs.
                # Each round further down, where she has tagged nothing yet.
                mia.screen.do("mousemove", "600", "300", "click", "1", "key", "ctrl+Home", wait=1)
                mia.screen.do("key", "--delay", "60", *["Down"] * (6 * number + 1), wait=0.5)
                begin_step(jo.screen)
                for _ in range(4):
                    mia.screen.do("key", "Home", "ctrl+Right", "ctrl+Right", "ctrl+shift+Right", "c", "Escape", "Down", wait=0.4)
                if not until(lambda: set(expected) <= set(folder.changed(start)), 60):
                    say(f"{len(folder.changed(start))} files changed, not {len(expected)}")
                mia.screen.do("key", "ctrl+s", wait=2)
                theirs = [name for name in folder.changed(start) if ".jo." not in name]
                if not theirs or any(".mia." not in name for name in theirs):
                    say(f"besides Jo's files changed: {theirs}")
                hers = {name: folder.sums()[name] for name in theirs}
                jo.shot(args.shots, f"{number}a")
                mia.shot(args.shots, f"{number}a")
                jo.screen.do("key", "Escape", wait=0.5)
                jo.screen.do("key", "ctrl+z", wait=1)
                if not until(lambda: folder.changed(start) == theirs, 60):
                    say(f"after undo {len(folder.changed(start))} files are not as they were")
                if {name: folder.sums()[name] for name in theirs} != hers:
                    say("the undo has changed a file of Mia's")
                time.sleep(3)
                jo.shot(args.shots, f"{number}b")
                mia.shot(args.shots, f"{number}b")
                so_far = f"{len(wrong)} times something went wrong so far"
                print(f"round {number}: {len(theirs)} files of mia changed; {so_far}")
        finally:
            for who in (jo, mia):
                who.screen.server.kill()
                if hasattr(who, "window"):
                    who.window.kill()
    for line in wrong:
        print(line)
    print(f"two_windows: {args.articles} articles, {args.rounds} rounds, {len(wrong)} times something went wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
