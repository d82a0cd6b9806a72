#!/usr/bin/env python3
"""Measures the archive: reports a second while it grows, memory, and how long a search takes, beside a plain SQLite FTS5 table of the same texts.

    archive.py [--corpus CORPUS.jsonl.gz] [--size N] [--folder FOLDER] [--parallax PROGRAM] [--seed N]

The large set is made from the corpus: each further round takes the articles again, exchanges a part of their sentences for those of others, and
gives the people and places in each another name, so that no article is a copy of one that is there. The same texts are inserted into a plain
FTS5 table in batches of the same size, with the same durability, in the same run: the figures that matter are the ratios.
"""
from __future__ import annotations

import argparse
import datetime
import gzip
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "../shared/data/corpus/articles-5000.jsonl.gz"
#: Reports in a transaction, as `parallax add` writes them at most.
BATCH = 256
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b")
SENTENCE = re.compile(r"(?<=[.!?”\"])\s+")
SYLLABLES = ("ba den fol gar hel isk jor kal lum mer nov ost pel rin sul tav ulm ver wex yar zim bren cor dal "
             "fen gis har ilv jas kov lan mor").split()


def named(name: str, turn: int) -> str:
    """Another name, the same for the same name in the same turn."""
    number = zlib.crc32(f"{name} {turn}".encode())
    first, second, third = (SYLLABLES[number >> shift & 31] for shift in (0, 5, 10))
    return (first + second + (third if number >> 20 & 3 == 0 else "")).capitalize()


def articles(corpus: Path, size: int, seed: int):
    """`size` articles, none a copy of another."""
    with gzip.open(corpus, "rt", encoding="utf-8") as rows:
        originals = [json.loads(row) for row in rows]
    sentences_of = [SENTENCE.split(article["text"]) for article in originals]
    chance = random.Random(seed)
    for number in range(size):
        turn, index = divmod(number, len(originals))
        article = dict(originals[index])
        if turn:
            other = chance.choice(sentences_of)
            sentences = [chance.choice(other) if chance.random() < 0.3 else sentence for sentence in sentences_of[index]]
            rename = lambda match: named(match.group(), turn)
            article["text"] = NAME.sub(rename, " ".join(sentences))
            article["title"] = NAME.sub(rename, article.get("title") or "")
            day = datetime.date(2018, 1, 1) + datetime.timedelta(days=number // 100)
            article["published"] = day.isoformat()
            article["url"] = f"{article.get('url') or 'https://made.example/'}/{turn}"
        article["id"] = f"{article['id']}-{turn}"
        yield article


def plain_insert(path: Path, table: Path) -> tuple[list[float], float]:
    """Inserts the texts into a plain FTS5 table; the moment at which each thousand was in, and how long it took."""
    database = sqlite3.connect(table, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE VIRTUAL TABLE t USING fts5 (title, text, tokenize = 'unicode61 remove_diacritics 2')")
    marks, begun, number = [], time.monotonic(), 0
    database.execute("BEGIN")
    with path.open(encoding="utf-8") as rows:
        for row in rows:
            article = json.loads(row)
            database.execute("INSERT INTO t VALUES (?, ?)", (article.get("title"), article["text"]))
            number += 1
            if number % BATCH == 0:
                database.execute("COMMIT")
                database.execute("BEGIN")
            if number % 1000 == 0:
                marks.append(time.monotonic() - begun)
    database.execute("COMMIT")
    return marks, time.monotonic() - begun


def add(program: str, path: Path, archive: Path) -> tuple[list[float], float, float, float, int]:
    """Adds the texts; the moment at which each thousand was acknowledged, the seconds in all, CPU-seconds, MiB held at most, exit status."""
    begun = time.monotonic()
    child = subprocess.Popen([program, "add", str(path), "--archive", str(archive), "--list", "--quiet", "--no-compare"], stdout=subprocess.PIPE)
    marks: list[float] = []

    def listen() -> None:
        for number, _ in enumerate(child.stdout, 1):
            if number % 1000 == 0:
                marks.append(time.monotonic() - begun)

    listener = threading.Thread(target=listen)
    listener.start()
    _, status, usage = os.wait4(child.pid, 0)
    listener.join()
    seconds = time.monotonic() - begun
    return marks, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def cpu(command: list[str]) -> float:
    """CPU-seconds of a command."""
    with open(os.devnull, "wb") as nowhere:
        child = subprocess.Popen(command, stdout=nowhere)
        _, _, usage = os.wait4(child.pid, 0)
    return usage.ru_utime + usage.ru_stime


def rate(marks: list[float], thousands: slice) -> float:
    """Reports a second over some of the thousands."""
    chosen = [0.0, *marks][thousands]
    return 1000 * (len(chosen) - 1) / (chosen[-1] - chosen[0]) if len(chosen) > 1 else float("nan")


def queries(path: Path, amount: int, seed: int) -> list[str]:
    """Queries of the kinds that people type, from words of the texts: rare and common ones, phrases, beginnings, a day."""
    chance = random.Random(seed)
    with path.open(encoding="utf-8") as rows:
        texts = [json.loads(row)["text"] for number, row in enumerate(rows) if number % 97 == 0]
    found = []
    while len(found) < amount:
        words = re.findall(r"[A-Za-z]{3,}", chance.choice(texts))
        if len(words) < 8:
            continue
        at = chance.randrange(len(words) - 3)
        found.append(chance.choice((
            words[at],
            " ".join(chance.sample(words, 2)),
            " ".join(chance.sample(words, 3)),
            '"' + " ".join(words[at:at + 2]) + '"',
            words[at][:5] + "*",
            f"{words[at]} after:2017",
            f"speaker:{words[at]}",
            f"{words[at]} -{words[at + 1]}" if words[at].lower() != words[at + 1].lower() else words[at],
        )))
    return found


def search(program: str, archive: Path, asked: list[str]) -> list[float]:
    """Milliseconds of each query, the start of the program included."""
    took = []
    for query in asked:
        begun = time.monotonic()
        subprocess.run([program, "search", query, "--archive", str(archive), "--format", "jsonl"], capture_output=True, check=False)
        took.append(1000 * (time.monotonic() - begun))
    return sorted(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the files go and stay; else a folder that is removed")
    parser.add_argument("--parallax", default=str(ROOT / "target/release/parallax"))
    options = parser.parse_args()
    if not options.corpus.exists():
        sys.exit(f"SKIPPED: there is no corpus at {options.corpus}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        texts, archive, table = folder / f"set-{options.size}.jsonl", folder / "archive.db", folder / "plain.db"
        for old in [*folder.glob("archive.db*"), *folder.glob("plain.db*")]:
            old.unlink()
        if not texts.exists():
            with texts.open("w", encoding="utf-8") as out:
                for article in articles(options.corpus, options.size, options.seed):
                    out.write(json.dumps(article, ensure_ascii=False) + "\n")
        marks, seconds, used, memory, status = add(options.parallax, texts, archive)
        print(f"add: {options.size / seconds:.0f} reports a second, {1000 * used / options.size:.2f} CPU-ms each, at most {memory:.0f} MiB, exit status {status}")
        first, last = rate(marks, slice(0, 2)), rate(marks, slice(-6, None))
        print(f"  the first thousand {first:.0f} a second, the last five thousand {last:.0f}: {last / first:.2f}")
        reading = cpu([options.parallax, "quotations", str(texts), "--quiet"])
        print(f"  quotations alone: {1000 * reading / options.size:.2f} CPU-ms each; all else {1000 * (used - reading) / options.size:.2f}")
        plain_marks, plain = plain_insert(texts, table)
        plain_first, plain_last = rate(plain_marks, slice(0, 2)), rate(plain_marks, slice(-6, None))
        print(f"plain FTS5: {options.size / plain:.0f} a second, first {plain_first:.0f}, last {plain_last:.0f}: {plain_last / plain_first:.2f}")
        print(f"  add takes {seconds / plain:.1f} times as long; its file is {archive.stat().st_size / table.stat().st_size:.2f} times as large")
        again = time.monotonic()
        subprocess.run([options.parallax, "add", str(texts), "--archive", str(archive), "--quiet", "--no-compare"], check=False)
        print(f"add again: {options.size / (time.monotonic() - again):.0f} a second are passed over")
        took = search(options.parallax, archive, queries(texts, 400, options.seed))
        print(f"search: median {took[len(took) // 2]:.1f} ms, 99 of 100 within {took[int(0.99 * len(took)) - 1]:.1f} ms, at most {took[-1]:.1f} ms")


if __name__ == "__main__":
    main()
