#!/usr/bin/env python3
"""Kills the window in the middle of a step over many articles, again and again: at the next start all files of the
step are changed or none, and what was changed is undone to the byte.

  tests/evidence/kill_the_step.py [--articles N] [--kills N] [--seed N]

Needs Xvfb and xdotool. READING is how many seconds the articles take to be read for the search (6; a debug build takes
longer). Ends with 1 where a file is lost.
"""
import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

from bulk_steps import Folder
from program import not_run, program

STEP = "relabel"
QUERY = "label:quote"


class Screen:
    """A display of one's own."""

    def __init__(self, env):
        number = int(os.environ.get("SCREEN", random.SystemRandom().randrange(200, 900)))
        self.env = {**env, "DISPLAY": f":{number}", "LIBGL_ALWAYS_SOFTWARE": "1"}
        self.env.pop("WAYLAND_DISPLAY", None)
        self.server = subprocess.Popen(["Xvfb", f":{number}", "-screen", "0", "1280x800x24", "-noreset"], stderr=subprocess.DEVNULL)
        time.sleep(1)

    def do(self, *words, wait=0.3):
        subprocess.run(["xdotool", *words], env=self.env, capture_output=True, timeout=60)
        time.sleep(wait)

    def window(self, pullquote, folder):
        """A window on the folder, with the focus."""
        started = subprocess.Popen([pullquote, "--renderer", "software", str(folder)], env=self.env,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(started.pid), "--name", "Pullquote"],
                               env=self.env, capture_output=True, text=True, timeout=60)
        window = found.stdout.split()[0]
        self.do("windowsize", window, "1280", "800", "windowfocus", window, wait=2)
        return started


def until(holds, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


def begin_step(screen):
    screen.do("mousemove", "600", "300", "click", "1", "key", "ctrl+shift+f", wait=2)
    screen.do("type", "--delay", "40", QUERY, wait=float(os.environ.get("READING", "6")))
    screen.do("key", "ctrl+Return", wait=1.5)
    # Four verdicts, the person and two labels stand before the claim.
    screen.do("key", "--delay", "60", *["Down"] * 7, wait=0.5)
    screen.do("key", "Return", wait=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    pullquote = program() or not_run("the program is not built; build it or set PULLQUOTE")
    for tool in ("Xvfb", "xdotool"):
        if not shutil.which(tool):
            not_run(f"{tool} is not installed")
    chance = random.Random(args.seed)
    lost, all_of_it, nothing, early = 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        folder = Folder(pullquote, work, args.articles)
        settings = work / "config/pullquote"
        settings.mkdir(parents=True)
        (settings / "settings.ron").write_text('(annotator: Some("jo"), asked_for_name: true)')
        folder.env["XDG_CONFIG_HOME"] = str(work / "config")
        screen = Screen(folder.env)
        stages = lambda: list((folder.corpus / ".pullquote").glob("import.*"))
        try:
            ran = folder.run(*folder.words(STEP))
            expected = folder.changed(folder.before)
            for kill in range(args.kills):
                folder.lay_down()
                window = screen.window(pullquote, folder.corpus)
                begin_step(screen)
                if not until(stages, 15):
                    window.kill()
                    early += 1
                    continue
                time.sleep(chance.random() ** 2 * 6)
                window.kill()
                window.wait()
                there = folder.changed(folder.before)
                window = screen.window(pullquote, folder.corpus)
                whole = lambda: not stages() and folder.changed(folder.before) in ([], expected)
                if not until(whole, 20):
                    lost += 1
                    print(f"kill {kill}: {len(folder.changed(folder.before))} of {len(expected)} files after the next start")
                changed = folder.changed(folder.before)
                window.kill()
                window.wait()
                print(f"kill {kill}: {len(there)} of {len(expected)} files changed, {len(changed)} after the next start")
                if changed:
                    all_of_it += 1
                    folder.run("change", "undo", folder.corpus)
                    if folder.changed(folder.before):
                        lost += 1
                        print(f"kill {kill}: not undone whole")
                else:
                    nothing += 1
        finally:
            screen.server.kill()
    print(f"kill_the_step: {args.articles} articles, {all_of_it + nothing} kills within the step ({early} windows took no keys): "
          f"{all_of_it} times all was changed, {nothing} times nothing, {lost} times something lost")
    return 1 if lost or not all_of_it + nothing else 0


if __name__ == "__main__":
    sys.exit(main())
