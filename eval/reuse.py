"""Figures of text reuse: does the program find the text that another was made from?"""
import gzip
import json
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "models" / "reuse"))

import judge

POOL = 500
ROUNDS = 3                                      # rewrites of each source that are looked for
WORTH = {"copy": 1.0, "rewrite": 1.0, "same_fact": 0.5}


def rows(path: Path) -> list[dict]:
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as lines:
        return [json.loads(line) for line in lines]


def run(program: Path, command: tuple[str, ...], texts: dict[str, str]) -> str:
    given = "\n".join(json.dumps({"id": id, "text": text, "lang": "en"}) for id, text in texts.items())
    return subprocess.run([program, *command, "-"], input=given, capture_output=True, text=True, check=True).stdout


def machine_rewrites(program: Path, data: Path) -> dict[str, float]:
    """The share of rewrites for which, of a pool of sources, the right one is first by the passages that the two share."""
    rewrites, sources = defaultdict(list), {}
    for row in rows(data):
        rewrites[row["src_id"]].append(row["rewrite"])
        sources[row["src_id"]] = row["src"]
    once = {" ".join(text.lower().split()): id for id, text in sorted(sources.items(), reverse=True)}
    pool = sorted(once.values())[:POOL]         # a text that is in the data twice is one source
    right = asked = 0
    for turn in range(ROUNDS):
        asked_now = [id for id in pool if turn < len(rewrites[id])]
        texts = {f"a {id}": sources[id] for id in pool} | {f"b {id}": rewrites[id][turn] for id in asked_now}
        likeness = defaultdict(Counter)
        for passage in map(json.loads, run(program, ("passages",), texts).splitlines()):
            a, b = passage["a"]["article"], passage["b"]["article"]
            if a[0] == "a" and b[0] == "b":
                likeness[b[2:]][a[2:]] += passage["score"] * WORTH[passage["relation"]]
        asked += len(asked_now)
        right += sum(bool(likeness[id]) and max(likeness[id], key=likeness[id].get) == id for id in asked_now)
    return {"source_first": right / asked}


def clough_stevenson(program: Path, data: Path) -> dict[str, float]:
    """Each answer beside the five sources: is it said to depend on the one that it was made from, and on no other?"""
    texts = rows(data)
    sources = {row["id"]: row["text"] for row in texts if row["category"] == "orig"}
    right = given = wanted = false = 0
    for row in texts:
        if row["category"] == "orig":
            continue
        told = json.loads(run(program, ("compare", "--format", "json"), sources | {row["id"]: row["text"]}))
        links = [{link["from"], link["to"]} for link in told["lineage"]]
        found = {other for link in links if row["id"] in link for other in link - {row["id"]}}
        right += row["source_doc"] in found
        given += len(found)
        wanted += row["category"] != "non"
        false += bool(found) and row["category"] == "non"
    return {"detected.f1": 2 * right / (given + wanted), "detected.recall": right / wanted, "non.false": false}


def sentence_pairs(program: Path, data: Path) -> dict[str, float]:
    """Accuracy on held pairs, as annotators call them paraphrases: of the model, and of the judge, who forbids conflicts."""
    subprocess.run(["cargo", "build", "--release", "--quiet", "-p", "parallax-analysis", "--example", "sentence_pairs"],
                   cwd=ROOT, check=True)
    pairs = rows(data)
    told = list(judge.told(program.parent / "examples" / "sentence_pairs", pairs))
    paraphrase, same = judge.cross_validated(told, judge.folds(pairs))
    return {"paraphrase.accuracy": paraphrase, "same.accuracy": same}
