#!/usr/bin/env python3
"""Measures `parallax duplicates` on planted near-copies, beside the PyPI package gaoya (0.2.2) on the same files where it is installed.

    cargo build --release && duplicates.py CORPUS.jsonl[.gz] [--documents 20000 100000] [--binary target/release/parallax]

Prints, for each number of documents, documents a CPU-second, pairwise F1 against what was planted, and the most memory held.
"""
from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

HERE = Path(__file__).parent
GAOYA = """
import json, sys
from gaoya.minhash import MinHashStringIndex
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
index = MinHashStringIndex(hash_size=32, jaccard_threshold=0.25, num_bands=64, band_size=3, num_hashes=192,
                           analyzer="word", lowercase=True, ngram_range=(2, 2))
for number, text in enumerate(texts):
    index.insert_document(number, text)
parent = list(range(len(texts)))
def root(a):
    while parent[a] != a:
        parent[a] = a = parent[parent[a]]
    return a
for number, text in enumerate(texts):
    for other in index.query(text):
        parent[root(number)] = root(other)
for number in range(len(texts)):
    print(json.dumps({"article": f"p{number}", "group": root(number)}))
"""


def measured(command: list[str], output: Path) -> tuple[float, float]:
    """CPU-seconds of a command, and its peak memory in MiB."""
    with output.open("wb") as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def pairs(counts: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts)


def pairwise_f1(gold: Path, output: Path) -> float:
    expected = {row["id"]: row["group"] for row in map(json.loads, gold.open())}
    found = {row["article"]: row["group"] for row in map(json.loads, output.open())}
    both = pairs(Counter((expected[i], found[i]) for i in expected).values())
    return 2 * both / (pairs(Counter(expected.values()).values()) + pairs(Counter(found.values()).values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--binary", default=str(HERE.parent / "target/release/parallax"))
    given = parser.parse_args()
    peers: dict[str, Callable[[Path], list[str]]] = {"parallax": lambda planted: [given.binary, "duplicates", str(planted)]}
    if subprocess.run([sys.executable, "-c", "import gaoya"], capture_output=True).returncode == 0:
        peers["gaoya"] = lambda planted: [sys.executable, "-c", GAOYA, str(planted)]
    else:
        print("gaoya is not installed: measured without a peer", file=sys.stderr)
    for documents in given.documents:
        with tempfile.TemporaryDirectory() as folder:
            planted, gold, output = (Path(folder) / name for name in ("planted.jsonl", "gold.jsonl", "output.jsonl"))
            subprocess.run([sys.executable, HERE / "planted.py", given.corpus, str(documents), planted, gold], check=True)
            for name, command in peers.items():
                seconds, memory = measured(command(planted), output)
                print(f"{documents:7} {name:9} {documents / seconds:7.0f} documents a CPU-second, F1 {pairwise_f1(gold, output):.3f}, {memory:.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
