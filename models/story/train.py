#!/usr/bin/env python3
"""Fits the weights of `story::likeness`: do two reports tell the same story?

    cargo build --release -p parallax-analysis --example story_pairs
    python3 models/story/train.py EVENTS.jsonl.gz TOPICS.jsonl DISTRACTORS.jsonl.gz target/release/examples/story_pairs

EVENTS: reports of one event by different outlets (rows of equal `cluster`, `text_kind` "full"), mostly dated. TOPICS: pairs of similar
events (`cluster`, `topic`), mostly undated. DISTRACTORS: other reports, without labels. The pairs are those that the program compares when it
places the reports in a stream: the events shuffled among the distractors; the topics once in their order and once shuffled.

Halves by event and by topic (odd and even numbers): each half's weights place all reports, and the other half's are scored. The weights that
are carried in the program are then fitted to both halves with the same settings. Needs numpy.
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
            "days-4-7", "days-8-30", "days-later", "contrast", "crowd", "densest"]
PENALTY = 1e-4
TOPICS_WEIGH = (3.0, 1.0)   # of the pairs of topics to 1 of those of events: undated, dated
SHIFT_DATED = 0.0           # added to the bias: how sure a joining has to be
SHIFT_UNDATED = 0.75
DAYS = slice(8, 14)
WEIGHTS = Path(__file__).parent / "weights.txt"


def rows(path: str) -> list[dict]:
    with (gzip.open(path, "rt") if path.endswith(".gz") else open(path)) as lines:
        return [json.loads(line) for line in lines]


def place(program: str, reports: list[dict], weights: str | None) -> list[list[str]]:
    given = "".join(json.dumps(report) + "\n" for report in reports)
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(weights or "")
        file.flush()
        command = [program, *([file.name] if weights else [])]
        found = subprocess.run(command, input=given, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [line.split(" ") for line in found.splitlines()]


class Stream:
    """Reports in an order, with their clusters and halves."""
    def __init__(self, program: str, reports: list[dict], number: str, weigh: tuple[float, float]) -> None:
        self.program, self.reports, self.weigh = program, reports, weigh
        self.cluster = {r["id"]: r["cluster"] for r in reports if r.get("cluster")}
        self.half = {r["id"]: int(re.sub(r"\D", "", r[number])) % 2 for r in reports if r.get("cluster")}

    def pairs(self) -> None:
        found = [p for p in place(self.program, self.reports, None) if p[0] in self.cluster and p[1] in self.cluster]
        self.x = np.array([[float(f) for f in p[2:]] for p in found])
        self.y = np.array([self.cluster[p[0]] == self.cluster[p[1]] for p in found])
        self.h = np.array([self.half[p[0]] for p in found])

    def score(self, weights: str, half: int | None) -> tuple[float, ...]:
        """B-cubed precision, recall and F1, and false merges."""
        story = {p[0]: p[1] for p in place(self.program, self.reports, weights)}
        known = [i for i in self.cluster if half is None or self.half[i] == half]
        return score([self.cluster[i] for i in known], [story[i] for i in known])


def score(gold: list[str], found: list[str]) -> tuple[float, ...]:
    of_gold, of_found, of_both, n = Counter(gold), Counter(found), Counter(zip(gold, found)), len(gold)
    p = sum(c * c / of_found[f] for (_, f), c in of_both.items()) / n
    r = sum(c * c / of_gold[g] for (g, _), c in of_both.items()) / n
    pairs = lambda counts: sum(c * (c - 1) / 2 for c in counts.values())
    return p, r, 2 * p * r / (p + r), (pairs(of_found) - pairs(of_both)) / (n * (n - 1) / 2 - pairs(of_gold))


def fit(streams: list[Stream], half: int | None) -> str:
    """The lines of the weights' file: of pairs of dated reports and of others."""
    dated, undated = (weights_of(streams, half, is_dated) for is_dated in (True, False))
    lines = ["# Log-odds that two reports tell the same story, both dated or not; README.md tells how they were fitted."]
    return "\n".join(lines + [f"{n} {d:.4f} {u:.4f}" for n, d, u in zip(["bias", *FEATURES], dated, undated)]) + "\n"


def weights_of(streams: list[Stream], half: int | None, is_dated: bool) -> np.ndarray:
    """Newton's method with an L2 penalty on the standardised weights; the bias first."""
    taken = [(s.x[:, DAYS].any(1) == is_dated) & ((s.h == half) if half is not None else True) for s in streams]
    x = np.concatenate([s.x[k] for s, k in zip(streams, taken)])
    y = np.concatenate([s.y[k] for s, k in zip(streams, taken)]).astype(float)
    w = np.concatenate([np.full(k.sum(), s.weigh[is_dated] / k.sum()) for s, k in zip(streams, taken)])
    w = w / w.sum()
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([np.ones((len(x), 1)), (x - mean) / deviation])
    b = np.zeros(z.shape[1])
    penalty = np.full(len(b), PENALTY)
    penalty[0] = 0
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ b))
        step = np.linalg.solve((z * (w * p * (1 - p))[:, None]).T @ z + np.diag(penalty), z.T @ (w * (y - p)) - penalty * b)
        b += step
        if np.abs(step).max() < 1e-6:
            break
    weights = np.where(x.std(0) > 0, b[1:] / deviation, 0.0)
    return np.array([b[0] - weights @ mean + (SHIFT_DATED if is_dated else SHIFT_UNDATED), *weights])


def main(events: str, topics: str, distractors: str, program: str) -> None:
    of_topics = rows(topics)
    mixed = [r for r in rows(events) if r["text_kind"] == "full"] + rows(distractors)
    random.Random(5).shuffle(mixed)
    shuffled = random.Random(1).sample(of_topics, len(of_topics))
    halved = (TOPICS_WEIGH[0] / 2, TOPICS_WEIGH[1] / 2)
    streams = [Stream(program, of_topics, "topic", halved), Stream(program, shuffled, "topic", halved),
               Stream(program, mixed, "cluster", (1.0, 1.0))]
    for stream in streams:
        stream.pairs()
    for half in (0, 1):
        weights = fit(streams, half)
        for name, stream in zip(("topics", "topics shuffled", "events"), streams):
            p, r, f, merged = stream.score(weights, 1 - half)
            print(f"fitted to half {half}, scored on the other: {name}: precision {p:.3f} recall {r:.3f} F1 {f:.3f} false merges {merged:.6f}", flush=True)
    WEIGHTS.write_text(fit(streams, None))


if __name__ == "__main__":
    main(*sys.argv[1:])
