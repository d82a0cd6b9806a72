#!/usr/bin/env python3
"""Measures the packed table on labelled sentence pairs, at the bits it has and at fewer.

    python3 models/embedding/measure.py STS.jsonl MSRP.jsonl

STS: `id`, `score`, `s1`, `s2`; the pairs whose id has "headlines" are measured, by Spearman's correlation of the pooled cosine with people's scores.
MSRP: `label` 0 or 1, `s1`, `s2`; accuracy of a threshold on the pooled cosine, chosen on one half and measured on the other, both ways.
Fewer bits say how much of the table's quality hangs on its precision. Standard library only.
"""
import json
import math
import pathlib
import re
import sys

from pack import folded

HERE = pathlib.Path(__file__).resolve().parent
DIMENSIONS = 256
BITS = (8, 7, 6, 4)


def table():
    vocabulary = (HERE / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    vectors = memoryview((HERE / "vectors.i8").read_bytes()).cast("b")
    return {token: vectors[row * DIMENSIONS:(row + 1) * DIMENSIONS] for row, token in enumerate(vocabulary)}


def pieces(word, known):
    """The longest known pieces of a word, from its beginning; none where a part is unknown."""
    found, rest = [], word
    while rest:
        prefix = "##" if found else ""
        length = next((n for n in range(len(rest), 0, -1) if prefix + rest[:n] in known), 0)
        if not length:
            return []
        found.append(prefix + rest[:length])
        rest = rest[length:]
    return found


def pooled(sentence, known, step):
    total = [0] * DIMENSIONS
    for word in re.findall(r"[^\W_]+", folded(sentence)):
        for piece in pieces(word, known):
            for i, value in enumerate(known[piece]):
                total[i] += round(value / step) if step > 1 else value
    return total


def cosine(a, b):
    lengths = math.sqrt(sum(x * x for x in a) * sum(x * x for x in b))
    return sum(x * y for x, y in zip(a, b)) / lengths if lengths else 0.0


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    ranked, start = [0.0] * len(values), 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranked[place] = (start + end - 1) / 2
        start = end
    return ranked


def spearman(x, y):
    x, y, mean = ranks(x), ranks(y), (len(x) - 1) / 2
    moment = lambda a, b: sum((i - mean) * (j - mean) for i, j in zip(a, b))
    return moment(x, y) / math.sqrt(moment(x, x) * moment(y, y))


def held_accuracy(likeness, labels):
    """Each half measured with the threshold that is best on the other."""
    said = list(zip(likeness, labels))
    right = 0
    for chosen, held in ((said[::2], said[1::2]), (said[1::2], said[::2])):
        accuracy = lambda threshold, part: sum((p >= threshold) == label for p, label in part)
        threshold = max((i / 100 for i in range(100)), key=lambda t: accuracy(t, chosen))
        right += accuracy(threshold, held)
    return right / len(said)


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main(sts, msrp):
    known = table()
    headlines = [row for row in rows(sts) if "headlines" in row["id"]]
    paraphrases = rows(msrp)
    for bits in BITS:
        step = 2 ** (8 - bits)
        alike = lambda row: cosine(pooled(row["s1"], known, step), pooled(row["s2"], known, step))
        rho = spearman([alike(row) for row in headlines], [row["score"] for row in headlines])
        accuracy = held_accuracy([alike(row) for row in paraphrases], [row["label"] == 1 for row in paraphrases])
        print(f"{bits} bits: headlines {rho:.4f} ({len(headlines)} pairs), MSRP {accuracy:.4f} ({len(paraphrases)} pairs)")


if __name__ == "__main__":
    main(*sys.argv[1:])
