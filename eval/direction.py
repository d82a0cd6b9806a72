"""Figures of lineage: which of two texts was made from the other, how sure that is, and whether a shared source is told from a copy.

Pairs are made from development data: sources with machine rewrites of them; articles with copies that leave out their end and add sentences of
another article; and pairs of unrelated articles into which the same block of a third was set. Nothing is dated, so only the texts tell.
"""
import json
import re
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from reuse import rows

PAIRS = 200                                     # of each kind
BINS = (0.5, 0.6, 0.7, 0.8, 0.9)
FEWEST_SENTENCES = 14
BLOCK = 5


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in re.split(r"\n+|(?<=[.!?])\s+(?=[A-Z])", text) if len(line.split()) > 7]


def made(data: Path) -> list[tuple[str, str, str]]:
    """The kind of each pair, its source and what was made from it; of a shared block the two that have it."""
    pairs, seen = [], set()
    for row in rows(data / "reuse/machine-rewrites-dev.jsonl.gz"):
        if row["src_id"] not in seen and len(paragraphs(row["src"])) >= 3:
            seen.add(row["src_id"])
            pairs.append(("rewrite", row["src"], row["rewrite"]))
    pairs = pairs[:PAIRS]
    long = [p for row in rows(data / "corpus/articles-5000.jsonl.gz")[::7] if len(p := paragraphs(row["text"])) >= FEWEST_SENTENCES]
    for at in range(min(PAIRS, len(long) // 3)):
        source, one, other = long[3 * at:3 * at + 3]
        pairs.append(("copy", "\n\n".join(source), "\n\n".join(source[:len(source) * 3 // 5] + one[:2])))
        block = source[2:2 + BLOCK]
        pairs.append(("shared", "\n\n".join(one[:6] + block + one[6:12]), "\n\n".join(other[:4] + block + other[4:12])))
    return pairs


def lineage(program: Path, first: str, second: str) -> dict | None:
    """The link between two texts; nothing where they are told apart."""
    given = "\n".join(json.dumps({"id": id, "text": text, "lang": "en"}) for id, text in (("a", first), ("b", second)))
    told = subprocess.run([program, "compare", "--format", "json", "-"], input=given, capture_output=True, text=True, check=True)
    return next(iter(json.loads(told.stdout)["lineage"]), None)


def judged(program: Path, at: int, pair: tuple[str, str, str]) -> tuple[str, str, bool, float]:
    """The kind, what was found, whether the direction is right, and the confidence; every second pair is turned round."""
    kind, first, second = pair
    link = lineage(program, second, first) if at % 2 else lineage(program, first, second)
    if not link:
        return kind, "none", False, 0.0
    is_right = link["from"] == ("b" if at % 2 else "a")
    return kind, link["relation"], is_right, link["direction_confidence"]


def directions(program: Path, data: Path) -> dict[str, float]:
    pairs = made(data.parent.parent)
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda asked: judged(program, *asked), enumerate(pairs)))
    found = Counter((kind, relation) for kind, relation, *_ in told)
    for kind in ("rewrite", "copy", "shared"):
        print(f"  {kind}: " + ", ".join(f"{relation} {count}" for (k, relation), count in sorted(found.items()) if k == kind))
    derived = [(right, sure) for kind, relation, right, sure in told if kind != "shared" and relation in ("rewrite_of", "copy_of")]
    decided = [(right, sure) for right, sure in derived if sure > BINS[0]]
    off = 0.0
    for low, high in zip(BINS, (*BINS[1:], 1.01)):
        chosen = [pair for pair in decided if low <= pair[1] < high]
        if chosen:
            right, sure = (sum(column) / len(chosen) for column in zip(*chosen))
            off += len(chosen) * abs(right - sure) / len(decided)
            print(f"  {low:.1f} to {min(high, 1):.1f}   {len(chosen):>4}   said {sure:.3f}   right {right:.3f}")
    kinds = Counter(kind for kind, *_ in told)
    return {
        "direction.decided": len(decided) / len(derived),
        "direction.accuracy": sum(right for right, _ in decided) / len(decided),
        "direction.calibration_error": off,
        "shared.told_apart": found["shared", "shares_source"] / kinds["shared"],
        "copy.found": (found["copy", "copy_of"] + found["copy", "rewrite_of"]) / kinds["copy"],
    }
