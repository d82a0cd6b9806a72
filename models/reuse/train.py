#!/usr/bin/env python3
"""Fits the weights of `reuse::Likeness`: does one sentence reword another?

    cargo build --release -p parallax-analysis --example likeness
    python3 models/reuse/train.py REWRITES.jsonl.gz PARAPHRASES.jsonl EVENTS.jsonl.gz target/release/examples/likeness

Positives: passages (`src`) with rewrites of them (`rewrite`), and paraphrases that news sites printed of one another (`s1`,
`s2` of `label` 1). Negatives: for reports of one event by different outlets
(rows of equal `cluster`, `text_kind` "full"), each sentence with the likest of the other report: the same facts in independent
words. Every fifth source, pair and event is left out and measured. Standard library only.
"""
import gzip
import itertools
import json
import random
import subprocess
import sys

from logistic import as_rust, fit, probability

PENALTY = 1.0


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def positives(path):
    for row in rows(path):
        part = "test" if hash_of(row["src_id"]) % 5 == 0 else "train"
        yield part, {"label": 1, "a": row["src"], "b": row["rewrite"], "whole": True}


def paraphrases(path):
    with open(path, encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["label"] == 1:
                part = "test" if hash_of(row["id1"]) % 5 == 0 else "train"
                yield part, {"label": 1, "a": row["s1"], "b": row["s2"], "whole": True}


def negatives(path):
    full = [row for row in rows(path) if row.get("text_kind") == "full"]
    for cluster, group in itertools.groupby(sorted(full, key=lambda row: row["cluster"]), lambda row: row["cluster"]):
        part = "test" if hash_of(cluster) % 5 == 0 else "train"
        for one, other in itertools.combinations(group, 2):
            if one["source"] != other["source"]:
                yield part, {"label": 0, "a": one["text"][:6000], "b": other["text"][:6000], "whole": False}


def hash_of(key):
    return sum(ord(c) * (i + 7) for i, c in enumerate(key))


def features(program, pairs):
    given = "\n".join(json.dumps(pair) for pair in pairs)
    told = subprocess.run([program], input=given, capture_output=True, text=True, check=True).stdout
    data = []
    for line in told.splitlines():
        label, *values = (float(value) for value in line.split("\t"))
        if label == 0 and values[4] > 0.7:      # word pairs in common: both print the same wire, no negative
            continue
        data.append((label, [1.0, *values]))
    return data


def balance(data):
    """As many negatives as positives, drawn with a fixed seed."""
    ones = [row for row in data if row[0] == 1]
    zeros = [row for row in data if row[0] == 0]
    random.Random(7).shuffle(zeros)
    print(f"{len(ones)} positives, {len(zeros)} negatives")
    return ones + zeros[:len(ones)]


def measure(name, weights, data):
    said = [(probability(weights, x), label) for label, x in data]
    ones = [p for p, label in said if label == 1]
    zeros = [p for p, label in said if label == 0]
    right = sum(a > b for a in ones for b in zeros) / (len(ones) * len(zeros))
    recall, false = sum(p >= .5 for p in ones) / len(ones), sum(p >= .5 for p in zeros) / len(zeros)
    print(f"{name}: AUC {right:.4f}, rewrites found {recall:.3f}, false {false:.3f}")


def main():
    rewrites, printed, events, program = sys.argv[1:]
    parts = {"train": [], "test": []}
    for part, pair in itertools.chain(positives(rewrites), paraphrases(printed), negatives(events)):
        parts[part].append(pair)
    train, test = (balance(features(program, parts[part])) for part in ("train", "test"))
    weights = fit(train, PENALTY)
    measure("train", weights, random.Random(1).sample(train, min(3000, len(train))))
    measure("left out", weights, random.Random(1).sample(test, min(3000, len(test))))
    print(as_rust(weights, "FEATURES"))


main()
