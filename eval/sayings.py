"""Figures of collation: are two quotations that outlets share taken for one saying?"""
import json
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from reuse import rows

LABELS = Path(__file__).resolve().parent / "labels" / "shared-quotes-overlap.tsv"
STRIDE = 16                                     # of verbatim and truncated pairs, one of so many is looked at


def place(quotation: dict) -> str:
    start, end = quotation["span"]
    return f"{quotation['id']}:{start}-{end}"


def is_together(program: Path, pair: dict) -> bool:
    """Whether the program puts the two into one saying, each the only quotation of a report, of one speaker."""
    def report(side: str) -> str:
        words = pair[side]["text"].strip().strip("“”\"")
        for mark, other in (("“", "‘"), ("”", "’"), ("\"", "'")):
            words = words.replace(mark, other)
        return json.dumps({"id": side, "lang": "en", "text": f"Mira Arvel spoke on Monday.\n\n“{words}” Mira Arvel said."})
    given = report("a") + "\n" + report("b")
    told = subprocess.run([program, "compare", "--format", "json", "-"], input=given, capture_output=True, text=True, check=True)
    document = json.loads(told.stdout)
    article = {quotation["id"]: quotation["article"] for quotation in document["quotations"]}
    sayings = ({article[r["quotation"]] for r in u["renditions"]} for u in document["utterances"])
    return any(len(articles) == 2 for articles in sayings)


def shared_quotes(program: Path, data: Path) -> dict[str, float]:
    labels = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", "a\t")):
            a, b, label = line.split("\t")
            labels[a, b] = label
    pairs, seen = [], Counter()
    for pair in rows(data):
        kind = pair["kind_auto"]
        label = labels.get((place(pair["a"]), place(pair["b"])))
        if kind == "overlap" and label:
            pairs.append(("overlap.accuracy", pair, label == "same"))
        elif kind != "overlap":
            seen[kind] += 1
            if seen[kind] % STRIDE == 0:
                pairs.append((kind, pair, True))
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda asked: is_together(program, asked[1]), pairs))
    right, asked = Counter(), Counter()
    for (kind, _, wanted), found in zip(pairs, together):
        asked[kind] += 1
        right[kind] += found == wanted
    return {kind: right[kind] / asked[kind] for kind in asked}
