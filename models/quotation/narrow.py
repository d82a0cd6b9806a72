"""Narrows the network: gives all layers but the first of each part a low rank, and writes them into the weights.

    python narrow.py readings.jsonl weights.bin

READINGS are those that `train.py` was given, WEIGHTS the file that it wrote. A layer's table becomes the product of two, through 16
numbers, which takes a third of the work. What is lost is the least for the rows that the layer sees in the articles (singular
values of the table, weighed half by the covariance of these rows and half evenly). Every tenth article stays left out.
Needs what `train.py` needs; a minute. The same weights and readings give the same file but for the order of sums in the libraries.
"""
import argparse
import itertools
import json
import pathlib
import struct

import numpy as np

import train

FEW = 16                        # numbers that a layer goes through
ARTICLES, STEP = 100, 7         # of every seventh, so many are read
EVENLY = 0.5


class File:
    """The weights file, read from its front."""

    def __init__(self, content):
        self.content, self.at = content, 0

    def numbers(self, count):
        return self.taken("<u4", count)

    def number(self):
        return int(self.numbers(1)[0])

    def floats(self, count):
        return self.taken("<f4", count)

    def taken(self, kind, count):
        found = np.frombuffer(self.content, kind, count, self.at)
        self.at += found.nbytes
        return found

    def table(self, columns):
        count = self.number()
        units = self.floats(count)
        return self.taken(np.int8, count * columns).reshape(count, columns) * units[:, None]

    def lexicon(self, columns):
        keys = self.numbers(self.number())
        return {int(key): row + 1 for row, key in enumerate(keys)}, self.table(columns)

    def layers(self, columns):
        """Each with its reach, its table, what is added, and where its table lies in the file."""
        found = []
        for _ in range(self.number()):
            reach, rank, start = self.number(), self.number(), self.at
            assert rank == 0, "the weights are narrow already"
            table, end = self.table(columns), self.at
            found.append((reach, table, self.floats(columns), (start - 4, end)))
        return found

    def head(self, labels):
        return self.table(labels), self.floats(labels), self.table(labels)


def packed(table):
    units = np.maximum(np.abs(table).max(1), 1e-6) / 127
    steps = np.rint(table / units[:, None]).astype(np.int8)
    return struct.pack("<I", len(table)) + units.astype("<f4").tobytes() + steps.tobytes()


def normalised(rows):
    return rows / np.sqrt((rows * rows).mean(-1, keepdims=True) + 1e-3)


def moved(values, by, fill=0):
    out = np.full_like(values, fill)
    if by > 0:
        out[:, :-by] = values[:, by:]
    else:
        out[:, -by:] = values[:, :by]
    return out


def through(layers, rows, chain, covariances):
    """The rows behind some layers; adds up what each layer sees."""
    for (reach, table, added, _), covariance in zip(layers, covariances):
        rows_seen = normalised(rows)
        beside = lambda by: moved(rows_seen, by) * (moved(chain, by, -9) == chain)[..., None]
        window = np.concatenate([beside(-reach), rows_seen, beside(reach)], -1)
        covariance += window[chain >= 0].T @ window[chain >= 0]
        rows = rows + np.maximum(window @ table + added, 0)
    return rows


def seen_by(readings, keys, layers, parts, kind, places, span_layers):
    """The covariance of what each layer of either part sees."""
    vocabulary = [rows for rows, _ in keys]
    chosen = (line for k, line in enumerate(readings.open(encoding="utf-8")) if k % STEP == 1 and k % 10)
    articles = [train.Article(json.loads(line), vocabulary) for line in itertools.islice(chosen, ARTICLES)]
    for candidate in (c for article in articles for c in article.candidates):
        candidate["kind_row"] = kind[0].get(candidate["kind"], 0)
    covariances = [[np.zeros((len(table), len(table))) for _, table, _, _ in stack] for stack in (layers, span_layers)]
    at = np.arange(train.ROWS)[:, None]
    for _, b in train.batches([piece for article in articles for piece in train.pieces_of(article)]):
        rows = sum(table[b["keys"][..., k]] for k, (_, table) in enumerate(keys))
        rows = normalised(through(layers, rows, b["sentence"], covariances[0]))
        around = sum((rows @ part)[at, b[name]] for part, name in zip(parts, ("index", "first", "last")))
        around = around + kind[1][b["kind"]] + sum(table[b["places"][..., k]] for k, table in enumerate(places))
        through(span_layers, np.maximum(around, 0), b["candidate"], covariances[1])
    return covariances


def factors(table, covariance):
    """Two tables whose product is near this one, for rows of this covariance."""
    covariance = covariance / np.trace(covariance) * len(covariance)
    values, axes = np.linalg.eigh(covariance * (1 - EVENLY) + np.eye(len(covariance)) * EVENLY)
    values = np.sqrt(np.maximum(values, 1e-6))
    left, weight, right = np.linalg.svd((axes * values) @ axes.T @ table, full_matrices=False)
    return (axes / values) @ axes.T @ left[:, :FEW], weight[:FEW, None] * right[:FEW]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("readings", "weights"):
        parser.add_argument(name, type=pathlib.Path)
    given = parser.parse_args()
    file = File(given.weights.read_bytes())
    keys = [file.lexicon(train.WIDTH) for _ in range(5)]
    layers = file.layers(train.WIDTH)
    file.head(3)
    parts = [file.table(train.SPAN_WIDTH) for _ in range(3)]
    kind = file.lexicon(train.SPAN_WIDTH)
    places = [file.table(train.SPAN_WIDTH) for _ in train.ASPECTS]
    span_layers = file.layers(train.SPAN_WIDTH)
    out, written = bytearray(), 0
    for stack, covariances in zip((layers, span_layers), seen_by(given.readings, keys, layers, parts, kind, places, span_layers)):
        for (_, table, _, (start, end)), covariance in list(zip(stack, covariances))[1:]:
            out += file.content[written:start] + struct.pack("<I", FEW)
            out += b"".join(packed(factor) for factor in factors(table, covariance))
            written = end
    given.weights.write_bytes(bytes(out) + file.content[written:])


if __name__ == "__main__":
    main()
