#!/usr/bin/env python3
"""Fits and measures the judge of sentence pairs: do two sentences say the same?

    cargo build --release -p parallax-analysis --example sentence_pairs
    python3 models/reuse/judge.py PAIRS.jsonl target/release/examples/sentence_pairs

PAIRS are sentences with an annotator's label: `s1`, `s2`, `label` 0 or 1. Prints the accuracy of five-fold cross-validation (the pairs that
share a sentence are in one fold), that of the weights in the program, and the weights fitted to all pairs for
`crates/analysis/src/reuse/sentence_pair/combiner.rs`. Standard library only.
"""
import json
import subprocess
import sys

from logistic import as_rust, fit, probability

PENALTY = 3.0
FOLDS = 5


def told(program, pairs):
    given = "\n".join(json.dumps(pair) for pair in pairs)
    lines = subprocess.run([program], input=given, capture_output=True, text=True, check=True).stdout.splitlines()
    for line in lines:
        label, same, probability, conflicts, *values = line.split("\t")
        yield int(label), int(same), float(probability), conflicts, [1.0, *map(float, values)]


def folds(pairs):
    """A fold for each pair, the same for pairs that share a sentence."""
    head = {}

    def root(name):
        while head.setdefault(name, name) != name:
            name = head[name]
        return name

    for pair in pairs:
        head[root(pair["s1"])] = root(pair["s2"])
    number = {name: index for index, name in enumerate(sorted({root(pair["s1"]) for pair in pairs}))}
    return [number[root(pair["s1"])] % FOLDS for pair in pairs]


def cross_validated(rows, fold):
    """The accuracy of the model alone, and of the model where a conflict forbids the same."""
    alone = vetoed = 0
    for held in range(FOLDS):
        weights = fit([(label, x) for (label, _, _, _, x), f in zip(rows, fold) if f != held], PENALTY)
        for (label, _, _, conflicts, x), f in zip(rows, fold):
            if f == held:
                says = probability(weights, x) >= 0.5
                alone += says == label
                vetoed += (says and conflicts == "[]") == label
    return alone / len(rows), vetoed / len(rows)


def main():
    path, program = sys.argv[1:]
    with open(path, encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    rows = list(told(program, pairs))
    alone, vetoed = cross_validated(rows, folds(pairs))
    print(f"five-fold: accuracy {alone:.4f}; where a conflict forbids the same {vetoed:.4f}")
    print(f"as built: {sum(same == label for label, same, *_ in rows) / len(rows):.4f}")
    weights = fit([(label, x) for label, _, _, _, x in rows], PENALTY)
    print(as_rust(weights, "SENTENCE_FEATURES"))


if __name__ == "__main__":
    main()
