#!/usr/bin/env python3
"""What engines cost: `parallax-batch run duplicates` beside its kernels alone, in one process, on a cluster, and as the archive grows.

    batch.py CORPUS.jsonl[.gz] [--articles N ...] [--folder DIR] [--no-cluster] [--repeat N]

Makes articles of some 1.8 kB out of a corpus's sentences, a third of them copies of others with words replaced, and prints for each number of
articles: the seconds of the kernels alone (both cores, no engine, no files), of the same with the Parquet that they read and write, of the
stages fingerprints and duplicates with DataFusion in one process, and with Ballista (a scheduler and two executors of one core each), the best of
the repetitions, and their ratios.
"""
from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import planted

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = (5, 19)
COPIED = 0.33
# So many articles are made of the same sentences; in those after them every word stands for another. Of one pool of sentences for all, the pairs of
# articles that share some by chance would grow with the square of their number, as those of an archive that speaks of ever new things do not.
OF_ONE_TIME = 50_000


def program() -> list[str]:
    subprocess.run(["cargo", "build", "--release", "-p", "parallax-batch", "--bins", "--benches"], cwd=ROOT, check=True)
    return [str(ROOT / "target/release/parallax-batch")]


def kernels() -> str:
    found = [path for path in (ROOT / "target/release/deps").glob("kernels-*") if os.access(path, os.X_OK) and not path.suffix]
    return str(max(found, key=lambda path: path.stat().st_mtime))


def other_words(vocabulary: list[str], chance: random.Random) -> dict[str, str]:
    """For each word another of its length."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in vocabulary:
        by_length[len(word)].append(word)
    return {word: other for words in by_length.values() for word, other in zip(words, chance.sample(words, len(words)))}


def articles(corpus: Path, many: int, path: Path) -> float:
    """Writes the articles; gives their mean length in bytes."""
    chance = random.Random(many)
    pool = planted.sentences(corpus)
    vocabulary = sorted({word for words in pool for word in words})
    spoken: dict[str, str] = {}
    texts: list[str] = []
    with path.open("w", encoding="utf-8") as lines:
        for number in range(many):
            if number % OF_ONE_TIME == 0:
                spoken = other_words(vocabulary, chance)
            if texts and chance.random() < COPIED:
                words = planted.reworded(chance.choice(texts).split(" "), vocabulary, 0.1, chance)
            else:
                drawn = chance.choices(pool, k=chance.randint(*SENTENCES))
                words = [spoken[word] for words in drawn for word in words]
            texts.append(" ".join(words))
            print(json.dumps({"id": f"p{number}", "text": texts[-1]}, ensure_ascii=False), file=lines)
    return sum(len(text.encode()) for text in texts) / many


def run(batch: list[str], plan: str, source: Path, output: Path, *more: str) -> float:
    """The seconds of a run."""
    begun = time.perf_counter()
    subprocess.run([*batch, "run", plan, "--input", source, "--output", output, *more], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def without(output: Path, *tables: str) -> None:
    for table in tables:
        shutil.rmtree(output / table, ignore_errors=True)


def best(repeat: int, measure) -> float:
    return min(measure() for _ in range(repeat))


class Cluster:
    """A scheduler and two executors of one core."""

    def __init__(self, batch: list[str]) -> None:
        self.scheduler = subprocess.Popen([*batch, "scheduler", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
        self.address = re.search(r"[\d.]+:\d+", self.scheduler.stdout.readline())[0]
        self.executors = [subprocess.Popen([*batch, "executor", "--scheduler", self.address, "--cores", "1"]) for _ in range(2)]

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_) -> None:
        for process in [*self.executors, self.scheduler]:
            process.kill()
            process.wait()


def measure(batch: list[str], corpus: Path, many: int, given: argparse.Namespace) -> dict[str, float]:
    folder = given.folder / str(many)
    output = folder / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "articles.jsonl"
    length = articles(corpus, many, source) if not source.exists() else source.stat().st_size / many
    run(batch, "extract", source, output)

    def stages(*more: str) -> float:
        without(output, "fingerprints", "duplicates", "work")
        return run(batch, "duplicates", source, output, *more)

    def alone() -> dict[str, float]:
        return json.loads(subprocess.run([kernels(), output / "extract", "2"], check=True, capture_output=True, text=True).stdout)

    found = {"articles": many, "bytes": round(length)}
    kernels_alone = [alone() for _ in range(given.repeat)]
    found["kernels"] = min(run["seconds"] for run in kernels_alone)
    found["kernels with files"] = min(run["with_files"] for run in kernels_alone)
    found["embedded"] = best(given.repeat, lambda: stages("--cores", "2"))
    found["embedded/kernels"] = found["embedded"] / found["kernels"]
    found["embedded/kernels with files"] = found["embedded"] / found["kernels with files"]
    found["rows/s"] = many / found["embedded"]
    if not given.no_cluster:
        with Cluster(batch) as cluster:
            remote = ("--engine", "ballista", "--scheduler", cluster.address)
            found["ballista"] = best(given.repeat, lambda: stages(*remote))
        found["ballista/embedded"] = found["ballista"] / found["embedded"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, nargs="+", default=[50_000, 400_000])
    parser.add_argument("--folder", type=Path, default=ROOT / "target/batch-bench")
    parser.add_argument("--no-cluster", action="store_true")
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    batch = program()
    for many in given.articles:
        found = measure(batch, given.corpus, many, given)
        print("  ".join(f"{name} {value:,.2f}" if isinstance(value, float) else f"{name} {value:,}" for name, value in found.items()))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
