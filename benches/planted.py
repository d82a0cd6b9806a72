#!/usr/bin/env python3
"""Plants near-copies for `parallax duplicates`: documents recombined from the sentences of a corpus, some of them copied with words replaced.

    planted.py CORPUS.jsonl[.gz] DOCUMENTS PLANTED.jsonl GOLD.jsonl [--seed N] [--replaced SHARE]

Every fifth original has one to four copies. In each copy every word is replaced with the given probability by a word from anywhere in the
corpus. The order is shuffled. The same arguments give the same files.
"""
from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from pathlib import Path

SENTENCES = (8, 30)
COPIES = (1, 4)
COPIED = 0.2


def sentences(corpus: Path) -> list[list[str]]:
    """The words of each sentence of five words or more."""
    opened = gzip.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".gz" else corpus.open(encoding="utf-8")
    with opened as lines:
        texts = [json.loads(line)["text"] for line in lines]
    found = (sentence.split() for text in texts for sentence in re.split(r"(?<=[.!?])\s+", text))
    return [words for words in found if len(words) >= 5]


def reworded(words: list[str], vocabulary: list[str], share: float, chance: random.Random) -> list[str]:
    return [chance.choice(vocabulary) if chance.random() < share else word for word in words]


def plant(pool: list[list[str]], documents: int, share: float, chance: random.Random) -> list[tuple[int, str]]:
    """Groups and texts, shuffled."""
    vocabulary = sorted({word for words in pool for word in words})
    planted: list[tuple[int, str]] = []
    group = 0
    while len(planted) < documents:
        original = [word for words in chance.choices(pool, k=chance.randint(*SENTENCES)) for word in words]
        copies = chance.randint(*COPIES) if chance.random() < COPIED else 0
        versions = [original] + [reworded(original, vocabulary, share, chance) for _ in range(copies)]
        planted += [(group, " ".join(words)) for words in versions]
        group += 1
    del planted[documents:]
    chance.shuffle(planted)
    return planted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("documents", type=int)
    parser.add_argument("planted", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--replaced", type=float, default=0.15)
    given = parser.parse_args()
    planted = plant(sentences(given.corpus), given.documents, given.replaced, random.Random(given.seed))
    with given.planted.open("w", encoding="utf-8") as texts, given.gold.open("w", encoding="utf-8") as gold:
        for number, (group, text) in enumerate(planted):
            print(json.dumps({"id": f"p{number}", "text": text}, ensure_ascii=False), file=texts)
            print(json.dumps({"id": f"p{number}", "group": group}), file=gold)


if __name__ == "__main__":
    main()
