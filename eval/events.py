"""Figures of stories among many others: reports of one event by several outlets, put among distractors."""
import json
import random
import subprocess
from collections import Counter
from pathlib import Path

from reuse import rows

SEED = 5                                        # of the order in which the reports come
OUT_OF = 10_000                                 # false merges are rare: they are counted in so many pairs of unlike events


def allsides_events(program: Path, data: Path) -> dict[str, float]:
    """B-cubed F1 of the reports with full texts, and pairs of unlike events put together; distractors only stand in the way."""
    events = [row for row in rows(data) if row["text_kind"] == "full"]
    reports = events + list(rows(data.parent.parent / "corpus" / "articles-5000.jsonl.gz"))
    random.Random(SEED).shuffle(reports)
    given = "".join(json.dumps(report) + "\n" for report in reports)
    told = subprocess.run([program, "stories", "--quiet", "-"], input=given, capture_output=True, text=True, check=True)
    story = {row["article"]: row["story"] for row in map(json.loads, told.stdout.splitlines())}
    return b_cubed([row["cluster"] for row in events], [story[row["id"]] for row in events])


def b_cubed(gold: list[str], found: list[str]) -> dict[str, float]:
    of_gold, of_found, of_both, reports = Counter(gold), Counter(found), Counter(zip(gold, found)), len(gold)
    precision = sum(both**2 / of_found[story] for (_, story), both in of_both.items()) / reports
    recall = sum(both**2 / of_gold[event] for (event, _), both in of_both.items()) / reports
    unlike = pairs([reports]) - pairs(of_gold.values())
    merged = pairs(of_found.values()) - pairs(of_both.values())
    return {"bcubed.precision": precision, "bcubed.recall": recall, "bcubed.f1": 2 * precision * recall / (precision + recall),
            "false_merges": OUT_OF * merged / unlike}


def pairs(sizes) -> float:
    return sum(size * (size - 1) / 2 for size in sizes)
