#!/usr/bin/env python3
"""Runs `pullquote suggest -` under Apache Spark and compares with one process on its own.

  tests/evidence/spark_pipe.py [ARTICLES]      20,000 articles unless told otherwise

Needs Java 17 or newer and `pip install pyspark`. Three
runs on a cluster of this machine: one worker, two workers, and two of which one is killed half-way. Each
gives the same lines as one process, or the script ends with 1. Prints articles per second, and what a
million and a hundred million of them take at that rate.
"""

import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from program import not_run, program

PARTITIONS = 16

NAMES = ["Jean Mackay", "Tom Reid", "Amina Odera", "Ruth Svensson", "Paul van Dijk", "Mei Tan"]
PLACES = ["harbour", "library", "bridge", "theatre", "market"]


def article(n):
    parts = [f"News of day {n}"]
    for k in range(n, n + 20):
        name, place = NAMES[k % len(NAMES)], PLACES[k // 3 % len(PLACES)]
        parts.append([
            f"“The {place} will open in {k} days,” director {name} said. “We are ready.”",
            f"{name} told reporters that the {place} had cost “far more than {k} people” thought.",
            f"The {place} was built when the town was small and the river wide.",
            f"According to {name}, the council asked whether the {place} was needed at all.",
            f"“Who will pay for it?” asked {name}, who has lived near the {place} for {k} years.",
        ][k % 5])
    return json.dumps({"id": f"article-{n:09}", "text": "\n\n".join(parts)}, ensure_ascii=False)


def kill_executor_once(marker):
    """Rows as they are; in the middle of one partition, once, the executor that works on it is killed."""
    def rows(index, lines):
        for number, line in enumerate(lines):
            if index == 3 and number == 20:
                try:
                    os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
                except FileExistsError:
                    pass
                else:
                    os.kill(executor_above(os.getpid()), signal.SIGKILL)
            yield line
    return rows


def executor_above(pid):
    while pid > 1:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
        if b"CoarseGrainedExecutorBackend" in Path(f"/proc/{pid}/cmdline").read_bytes():
            return pid
    raise RuntimeError("there is no executor above this process")


def run(workers, source, command, marker):
    """The lines that Spark gives, sorted, and how many seconds it took."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local-cluster[{workers},1,1024]")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    builder = builder.config("spark.ui.enabled", "false").config("spark.executor.memory", "1g")
    spark = builder.config("spark.log.level", "OFF").getOrCreate()
    try:
        # The workers are there before the clock starts.
        spark.sparkContext.parallelize(range(workers * 4), workers * 4).map(lambda n: time.sleep(0.3)).count()
        lines = spark.sparkContext.textFile(str(source), PARTITIONS)
        if marker:
            lines = lines.mapPartitionsWithIndex(kill_executor_once(str(marker)))
        start = time.monotonic()
        # checkCode: a process that is killed fails its task, and Spark does it again.
        found = lines.pipe(command, checkCode=True).collect()
        return sorted(found), time.monotonic() - start
    finally:
        spark.stop()


def main():
    try:
        import pyspark
    except ImportError:
        not_run("pip install pyspark")
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    binary = program() or not_run("the program is not built; build it or set PULLQUOTE")
    command = f"{shlex.quote(binary)} suggest - --jobs 1"
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        with source.open("w", encoding="utf-8") as out:
            out.writelines(article(n) + "\n" for n in range(articles))
        start = time.monotonic()
        with source.open("rb") as lines:
            alone = subprocess.run(shlex.split(command), stdin=lines, capture_output=True, check=True)
        seconds = time.monotonic() - start
        expected = sorted(alone.stdout.decode().splitlines())
        assert len(expected) == articles, len(expected)
        print(f"spark_pipe: {binary}, {articles} articles of {source.stat().st_size // articles} bytes")
        print(f"one process, one thread:   {articles / seconds:8.0f} articles a second")
        failed = False
        marker = Path(folder) / "killed"
        for workers, kill, what in [
            (1, None, "Spark, one worker:"),
            (2, None, "Spark, two workers:"),
            (2, marker, "two, one of them killed:"),
        ]:
            found, seconds = run(workers, source, command, kill)
            same = found == expected
            failed |= not same
            rate = articles / seconds
            print(f"{what:26} {rate:8.0f} articles a second; {'equal' if same else 'DIFFERENT'}")
            if workers == 2 and not kill:
                for number in (10**6, 10**8):
                    hours = number / rate * workers / 3600
                    print(f"    at that rate {number:,} articles take {hours:,.1f} hours of one core")
        if not marker.exists():
            failed = True
            print("no worker was killed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
