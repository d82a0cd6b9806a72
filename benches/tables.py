#!/usr/bin/env python3
"""Measures the commands that write tables over a corpus: articles a CPU-second, and the most memory held.

    tables.py [--corpus CORPUS.jsonl.gz] [--times N] [--parallax PROGRAM] [COMMAND...]

The commands are `quotations`, `extract`, `stories` and the like, with options if quoted ("quotations --format annotation"). With --times the
corpus goes in N times over, each time with ids of its own, through a pipe: memory that stays the same shows that it does not grow with
the input. Stories and duplicates keep something of each report and so do grow.
"""
from __future__ import annotations

import argparse
import gzip
import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "../shared/data/corpus/articles-5000.jsonl.gz"


def lines(corpus: Path, times: int):
    """The rows of the corpus, `times` over."""
    for copy in range(times):
        with gzip.open(corpus, "rt", encoding="utf-8") as rows:
            for row in rows:
                article = json.loads(row)
                article["id"] = f"{article['id']}-{copy}"
                yield (json.dumps(article) + "\n").encode()


def measure(program: str, command: str, corpus: Path, times: int) -> None:
    """Runs one command and prints what it took. `os.wait4` gives the figures of this one child."""
    arguments = [program, *shlex.split(command), "--quiet"]
    begun = time.monotonic()
    with open(os.devnull, "wb") as nowhere:
        if times == 1:
            with gzip.open(corpus) as rows:
                count = sum(1 for _ in rows)
            begun = time.monotonic()
            child = subprocess.Popen([*arguments, str(corpus)], stdout=nowhere)
        else:
            child = subprocess.Popen([*arguments, "-"], stdin=subprocess.PIPE, stdout=nowhere)
            count = 0
            for line in lines(corpus, times):
                child.stdin.write(line)
                count += 1
            child.stdin.close()
        _, status, usage = os.wait4(child.pid, 0)
    seconds = usage.ru_utime + usage.ru_stime
    print(
        f"{command}: {count} articles, {count / seconds:.0f} a CPU-second, {seconds:.1f} CPU-seconds, "
        f"{time.monotonic() - begun:.1f} s, at most {usage.ru_maxrss / 1024:.0f} MiB, exit status {os.waitstatus_to_exitcode(status)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commands", nargs="*", default=["quotations"], metavar="COMMAND")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--parallax", default=str(ROOT / "target/release/parallax"))
    options = parser.parse_args()
    if not options.corpus.exists():
        sys.exit(f"SKIPPED: there is no corpus at {options.corpus}")
    for command in options.commands:
        measure(options.parallax, command, options.corpus, options.times)


if __name__ == "__main__":
    main()
