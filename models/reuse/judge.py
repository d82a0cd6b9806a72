#!/usr/bin/env python3
"""Fits and measures the judge of sentence pairs: do two sentences say the same?

    cargo build --release -p parallax-analysis --example sentence_pairs
    python3 models/reuse/judge.py PAIRS.jsonl target/release/examples/sentence_pairs

PAIRS are sentences with an annotator's label: `s1`, `s2`, `label` 0 or 1. Prints the accuracy of five-fold cross-validation (the pairs that
share a sentence are in one fold), that of the weights in the program, and the weights fitted to all pairs for
`crates/analysis/src/reuse/sentence_pair/combiner.rs`. Standard library only; Newton's method with an L2 penalty.
"""
import json
import math
import subprocess
import sys

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


def probability(weights, x):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(w * v for w, v in zip(weights, x))))))


def fit(data):
    size = len(data[0][1])
    weights = [0.0] * size
    for _ in range(8):
        gradient = [-PENALTY * w for w in weights]
        hessian = [[PENALTY * (i == j) for j in range(size)] for i in range(size)]
        for label, x in data:
            p = probability(weights, x)
            error, spread = label - p, p * (1 - p)
            for i, value in enumerate(x):
                gradient[i] += error * value
                if value:
                    row, weight = hessian[i], spread * value
                    for j in range(i + 1):
                        row[j] += weight * x[j]
        for i in range(size):
            for j in range(i):
                hessian[j][i] = hessian[i][j]
        weights = [w + d for w, d in zip(weights, solve(hessian, gradient))]
    return weights


def solve(matrix, right):
    size = len(right)
    rows = [line[:] + [value] for line, value in zip(matrix, right)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            for j in range(i, size + 1):
                rows[k][j] -= factor * rows[i][j]
    solution = [0.0] * size
    for i in reversed(range(size)):
        solution[i] = (rows[i][size] - sum(rows[i][j] * solution[j] for j in range(i + 1, size))) / rows[i][i]
    return solution


def cross_validated(rows, fold):
    """The accuracy of the model alone, and of the model where a conflict forbids the same."""
    alone = vetoed = 0
    for held in range(FOLDS):
        weights = fit([(label, x) for (label, _, _, _, x), f in zip(rows, fold) if f != held])
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
    weights = fit([(label, x) for label, _, _, _, x in rows])
    print(f"const BIAS: f32 = {weights[0]:.3f};")
    print("const WEIGHTS: [f32; SENTENCE_FEATURES] =", [round(w, 3) for w in weights[1:]], ";")


if __name__ == "__main__":
    main()
