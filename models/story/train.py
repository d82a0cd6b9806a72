#!/usr/bin/env python3
"""Fits the curves and trees of `story::model`: do two reports tell the same story?

    cargo build --release -p parallax-analysis --example story_pairs
    python3 models/story/train.py EVENTS.jsonl.gz TOPICS.jsonl DISTRACTORS.jsonl.gz target/release/examples/story_pairs

EVENTS: reports of one event by different outlets (rows of equal `cluster`, `text_kind` "full"), mostly dated. TOPICS: pairs of similar
events (`cluster`, `topic`), mostly undated. DISTRACTORS: other reports, without labels. The pairs are those that the program compares when it
places the reports in a stream: the events shuffled among the distractors, twice; the topics in their order and shuffled twice. What it compares
hangs a little on how it has placed: a first fit is made to the pairs of a rough model (START), the weights that are kept to those of the first fit.

Parts by event and by topic: the weights fitted without a part place all reports, and each report of the part is scored where it then stands
among all known reports; no pair with a report of the part was fitted to. The weights that are carried in the program are then fitted to all
with the same settings. Needs numpy.
"""
import gzip
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

FEATURES = ["all", "names", "lead", "title", "others", "numbers", "shorter", "longer", "same-day", "next-day", "days-2-3",
            "days-4-7", "days-8-30", "days-later", "contrast", "crowd", "densest", "cover-least", "cover-most", "names-cover-least",
            "names-cover-most", "lead-cover-least", "lead-cover-most", "lead-names-cover-least", "lead-names-cover-most", "shared",
            "shared-names", "first", "second", "first-three", "title-in-lead", "weekdays", "first-weekday", "lead-weekdays",
            "named-days-between"]
CURVED = 31                 # so many have curves; the trees look at all
DAYS = range(8, 14)
LEAST = 0.09                # of "all": what is less alike is kept apart whatever the curves say
KNOTS = (0.5, 0.8, 0.93)    # quantiles of a feature's figures, those of pairs of one story counted four times
PENALTY = 5e-4
TOPICS_WEIGH = (3.0, 0.5)   # of the pairs of topics to 1 of those of events: undated, dated
SHIFT = (0.25, 0.0)         # added to the bias, undated and dated: how sure a joining has to be
CURVES_WEIGH = (1.0, 0.5)   # what the curves count before the trees are added, undated and dated
TREES = (40, 120)           # undated, dated
TESTS = 3                   # in a tree, the same on every path
RATE = 0.15                 # how much of its best step a tree makes
LEAF_PENALTY = 20.0         # in pairs
BINS = 20                   # quantiles of a feature at which a tree may part it, chosen like the knots
PARTS = 4
START = "dated bias -5\ndated all 14\nundated bias -5\nundated all 14\n"     # about as good as one bound for the cosine
WEIGHTS = Path(__file__).parent / "weights.txt"


def rows(path: str) -> list[dict]:
    with (gzip.open(path, "rt") if path.endswith(".gz") else open(path)) as lines:
        return [json.loads(line) for line in lines]


def place(program: str, reports: list[dict], weights: str, *what: str) -> list[list[str]]:
    given = "".join(json.dumps(report) + "\n" for report in reports)
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(weights)
        file.flush()
        found = subprocess.run([program, file.name, *what], input=given, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [line.split(" ") for line in found.splitlines()]


def shuffled(items: list, seed: int) -> list:
    items = list(items)
    random.Random(seed).shuffle(items)
    return items


class Stream:
    """Reports in an order, with their clusters and parts."""
    def __init__(self, program: str, reports: list[dict], kind: str) -> None:
        self.program, self.reports, self.kind = program, reports, kind
        self.cluster = {r["id"]: r["cluster"] for r in reports if r.get("cluster")}
        clusters = shuffled(sorted(set(self.cluster.values())), 0)
        part = {cluster: place % PARTS for place, cluster in enumerate(clusters)}
        self.part = {r["id"]: int(r["topic"]) % PARTS if kind == "topics" else part[r["cluster"]] for r in reports if r.get("cluster")}

    def pairs(self, weights: str) -> None:
        found = place(self.program, self.reports, weights, "pairs")
        found = [p for p in found if p[0] in self.cluster and p[1] in self.cluster and float(p[2]) >= LEAST]
        self.x = np.array([[float(f) for f in p[2:]] for p in found])
        self.y = np.array([self.cluster[p[0]] == self.cluster[p[1]] for p in found], float)
        self.parts = np.array([[self.part[p[0]], self.part[p[1]]] for p in found])

    def figures(self, weights: str, part: int) -> list[tuple[float, float, int]]:
        """Of each report of the part: its precision, its recall, and how many known reports of other clusters share its story."""
        story = {p[0]: p[1] for p in place(self.program, self.reports, weights)}
        of_story, of_cluster = Counter(story[i] for i in self.cluster), Counter(self.cluster.values())
        of_both = Counter((story[i], c) for i, c in self.cluster.items())
        both = {i: of_both[story[i], c] for i, c in self.cluster.items() if self.part[i] == part}
        return [(b / of_story[story[i]], b / of_cluster[self.cluster[i]], of_story[story[i]] - b) for i, b in both.items()]


def told(name: str, figures: list[tuple[float, float, int]]) -> None:
    precision, recall, strangers = np.array(figures).mean(0)
    merged = strangers / (len(figures) - 1) * 10_000
    print(f"{name}: B-cubed precision {precision:.3f} recall {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}, "
          f"{merged:.1f} in 10,000 pairs merged", flush=True)


def fit(streams: list[Stream], left_out: int | None) -> str:
    """The lines of the weights' file, fitted to the pairs of which no report is of the part that is left out."""
    lines = ["# Log-odds that two reports tell the same story, both dated or not: curves (slope, then knots and how much steeper), trees (tests, then leaves)."]
    for is_dated, name in ((True, "dated"), (False, "undated")):
        taken = [(s.x[:, DAYS].any(1) == is_dated) & (s.parts != left_out).all(1) for s in streams]
        x = {kind: np.concatenate([s.x[k] for s, k in zip(streams, taken) if s.kind == kind]) for kind in ("topics", "events")}
        y = {kind: np.concatenate([s.y[k] for s, k in zip(streams, taken) if s.kind == kind]) for kind in x}
        weigh = {"topics": TOPICS_WEIGH[is_dated], "events": 1.0}
        w = np.concatenate([np.full(len(y[kind]), weigh[kind] / len(y[kind])) for kind in x])
        of_both, is_same = np.concatenate(list(x.values())), np.concatenate(list(y.values()))
        w = w / w.sum()
        bias, curves = curves_of(of_both[:, :CURVED], is_same, w)
        weigh = CURVES_WEIGH[is_dated]
        even = np.log(is_same @ w / (1 - is_same @ w))
        so_far = weigh * log_odds(of_both, bias, curves) + (1 - weigh) * even
        trees = trees_of(of_both, is_same, w, so_far, TREES[is_dated])
        lines.append(f"{name} bias {weigh * bias + (1 - weigh) * even + SHIFT[is_dated]:.5g}")
        for feature, (slope, *bends) in zip(FEATURES, curves):
            bends = [figure if place % 2 == 0 else weigh * figure for place, figure in enumerate(bends)]
            lines.append(" ".join([name, feature, *(f"{figure:.5g}" for figure in [weigh * slope, *bends])]))
        for tests, leaves in trees:
            tests = [f"{FEATURES[feature]} {least:.5g}" for feature, least in tests]
            lines.append(" ".join([name, "tree", *tests, *(f"{leaf:.4g}" for leaf in leaves)]))
    return "\n".join(lines) + "\n"


def log_odds(x: np.ndarray, bias: float, curves: list[list[float]]) -> np.ndarray:
    z = np.full(len(x), bias)
    for f, (slope, *bends) in zip(x.T, curves):
        z += slope * f
        for knot, steeper in zip(bends[::2], bends[1::2]):
            z += steeper * np.maximum(0, f - knot)
    return z


def trees_of(x: np.ndarray, y: np.ndarray, w: np.ndarray, z: np.ndarray, amount: int) -> list[tuple[list[tuple[int, float]], np.ndarray]]:
    """Trees that take the log-odds `z` on, each a Newton step: tests of a feature and the least figure that passes, and the leaves."""
    w = w * len(w)
    edges = [np.unique(np.quantile(np.r_[f, np.repeat(f[y > 0], 3)], np.linspace(0, 1, BINS + 1)[1:-1])) for f in x.T]
    bins = [np.searchsorted(of_it, f, side="right") for of_it, f in zip(edges, x.T)]
    trees = []
    for _ in range(amount):
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        slope, bend = w * (y - p), w * p * (1 - p)
        tests, leaf = [], np.zeros(len(y), int)
        for depth in range(TESTS):
            found = []
            for feature, (of_it, bin) in enumerate(zip(edges, bins)):
                sums = [np.bincount(leaf * (BINS + 1) + bin, of, (BINS + 1) << depth).reshape(-1, BINS + 1).cumsum(1) for of in (slope, bend)]
                below = sums[0] ** 2 / (sums[1] + LEAF_PENALTY)
                above = (sums[0][:, -1:] - sums[0]) ** 2 / (sums[1][:, -1:] - sums[1] + LEAF_PENALTY)
                gain = (below + above).sum(0)[:len(of_it)]
                found += [(gain.max(), -feature, int(gain.argmax()))] if len(gain) else []
            _, feature, edge = max(found)
            tests.append((-feature, float(edges[-feature][edge])))
            leaf = 2 * leaf + (bins[-feature] > edge)
        of_leaf = [np.bincount(leaf, of, 1 << TESTS) for of in (slope, bend)]
        leaves = RATE * of_leaf[0] / (of_leaf[1] + LEAF_PENALTY)
        trees.append((tests, leaves))
        z = z + leaves[leaf]
    return trees


def curves_of(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> tuple[float, list[list[float]]]:
    """The bias, and of each feature its slope, and knots each with how much steeper it is from there."""
    knots = [[] if place in DAYS else list(np.quantile(np.r_[f, np.repeat(f[y > 0], 3)], KNOTS)) for place, f in enumerate(x.T)]
    basis = np.stack([*x.T, *(np.maximum(0, f - knot) for f, of_it in zip(x.T, knots) for knot in of_it)], 1)
    mean, deviation = basis.mean(0), basis.std(0)
    varies = deviation > 1e-6
    deviation[~varies] = 1
    b = logistic(np.hstack([np.ones((len(x), 1)), (basis - mean) / deviation]), y, w)
    weights = np.where(varies, b[1:] / deviation, 0.0)
    steeper = iter(weights[x.shape[1]:])
    curves = [[slope, *(figure for knot in of_it for figure in (knot, next(steeper)))] for slope, of_it in zip(weights, knots)]
    return b[0] - weights @ mean, curves


def logistic(z: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Newton's method with an L2 penalty; the bias, first, has none."""
    b = np.zeros(z.shape[1])
    penalty = np.full(len(b), PENALTY)
    penalty[0] = 1e-9
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(z @ b, -30, 30)))
        step = np.linalg.solve((z * (w * p * (1 - p))[:, None]).T @ z + np.diag(penalty), z.T @ (w * (y - p)) - penalty * b)
        b += step
        if np.abs(step).max() < 1e-4:
            break
    return b


def main(events: str, topics: str, distractors: str, program: str) -> None:
    of_topics = rows(topics)
    mixed = [r for r in rows(events) if r["text_kind"] == "full"] + rows(distractors)
    streams = {"topics": Stream(program, of_topics, "topics"), "events": Stream(program, shuffled(mixed, 5), "events")}
    streams |= {f"topics, shuffled by {seed}": Stream(program, shuffled(of_topics, seed), "topics") for seed in (1, 2)}
    streams |= {"events, shuffled again": Stream(program, shuffled(mixed, 6), "events")}
    weights = START
    for _ in ("rough", "kept"):
        for stream in streams.values():
            stream.pairs(weights)
        weights = fit(list(streams.values()), None)
    WEIGHTS.write_text(weights)
    without = [fit(list(streams.values()), part) for part in range(PARTS)]
    for name, stream in streams.items():
        told(name, [figure for part, weights in enumerate(without) for figure in stream.figures(weights, part)])


if __name__ == "__main__":
    main(*sys.argv[1:])
