"""Fits the curves from what the model gives to how often that is right, and writes them into the weights.

    python calibrate.py SCORE_DIR polnear-train.jsonl held.jsonl weights.bin [--every 10]

SCORE_DIR holds the scorer `quotations.py`, whose rule says what is right; HELD are the rows of `quotation-trainer apply --every 10` with
the straight curves that `train.py` writes. For each kind, pool-adjacent-violators over groups of equal size. Standard library only.
"""
import argparse
import json
import pathlib
import struct
import sys
from collections import defaultdict

STRAIGHT = struct.pack("<Iffff", 2, 0, 0, 1, 1)
KINDS = ("direct", "mixed", "indirect")


def judged(q, gold_rows, found_rows):
    """For each kind, how sure each content was and whether it is right."""
    by_article = defaultdict(list)
    for row in found_rows:
        by_article[row["article"]].append(row)
    out = {kind: [] for kind in KINDS}
    for row in gold_rows:
        text, mask, own = row["text"], q.quoted(row["text"]), by_article[row["id"]]
        gold = [a for quote in row["quotes"] if (a := q.gold_attribution(text, mask, quote))]
        single = [q.output_attribution(text, quotation) for quotation in own]
        found = q.joined(gold, single)
        pairs = q.best_pairs(((like, g.kind == f.kind), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)
                             if (like := q.likeness(g, f)) > 0)
        right = [found[j] for i, j in pairs.items() if q.likeness(gold[i], found[j]) >= q.ENOUGH]
        for quotation, f in zip(own, single):
            is_right = any(f.spans == r.spans or f.kind == r.kind == "mixed" and f.chars <= r.chars for r in right)
            out[quotation["kind"]].append((quotation["confidence"], is_right))
    return out


def curve(pairs):
    pairs = sorted(pairs)
    size = max(8, len(pairs) // 14)
    groups = [pairs[i:i + size] for i in range(0, len(pairs), size)]
    if len(groups) > 1 and len(groups[-1]) < size // 2:
        groups[-2] += groups.pop()
    pools = []
    for group in groups:
        pools.append((sum(x for x, _ in group), sum(y for _, y in group), len(group)))
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = tuple(a + b for a, b in zip(pools[-1], last))
    return [(given / n, (right + 0.5) / (n + 1.5)) for given, right, n in pools]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("score", "gold", "held", "weights"):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("--every", type=int, default=10)
    given = parser.parse_args()
    sys.path.insert(0, str(given.score))
    import quotations
    rows = lambda path: [json.loads(line) for line in path.open(encoding="utf-8")]
    found = judged(quotations, rows(given.gold)[::given.every], rows(given.held))
    weights = given.weights.read_bytes()
    assert weights.endswith(STRAIGHT * 3), "the weights have curves already"
    out = weights[:-len(STRAIGHT * 3)]
    for kind in KINDS:
        points = curve(found[kind])
        print(kind, len(found[kind]), " ".join(f"{x:.3f}:{y:.3f}" for x, y in points))
        out += struct.pack("<I", len(points)) + b"".join(struct.pack("<ff", *point) for point in points)
    given.weights.write_bytes(out)


if __name__ == "__main__":
    main()
