#!/usr/bin/env python3
"""Runs the program on development data, scores what it prints, and holds the figures to their pinned floors.

    python3 eval/run.py [TASK...]            print the figures and compare them with eval/floors.toml
    python3 eval/run.py --raise              also raise the floors to the figures, where these are better
    python3 eval/run.py --lower TASK.METRIC=VALUE --reason "..."
                                             lower one floor; the reason is kept in the file
    python3 eval/run.py --pin TASK --reason "..."
                                             take the data's new digest over, after looking at the figures

The data and the scorers live outside the project, in ../shared (or where PARALLAX_SHARED says). Where they are absent this says so and
exits with 0. A figure below its floor, or data that is not the pinned data, exits with 1. Standard library only.
"""
from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import direction
import events
import reuse
import sayings

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "eval" / "floors.toml"
SHARED = Path(os.environ.get("PARALLAX_SHARED", ROOT.parent / "shared"))
BINARY = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "parallax"
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9)           # of confidence, for the reliability table
SLACK = 0.0005                                  # figures are pinned to three places


@dataclass(frozen=True)
class Task:
    """One run of the program and the scorer that judges it."""
    name: str
    command: tuple[str, ...]                    # arguments of the program before its input
    data: tuple[str, ...]                       # input, globs under the shared data
    scorer: str
    gold: str
    pinned: tuple[str, ...]                     # figures that have a floor
    ceilings: tuple[str, ...] = ()              # figures where less is better
    sure_of: str | None = None                  # the figure that what is given with confidence should reach
    measure: Callable[[Path, Path], dict[str, float]] | None = None    # of the program and the data, where no scorer is given
    renamed: tuple[tuple[str, str], ...] = ()   # fields of a row that the scorer reads under another name

    def inputs(self) -> list[Path]:
        return sorted(p for pattern in self.data for p in (SHARED / "data").glob(pattern))

    def digest(self) -> str:
        """Of the input and the gold, by name and content."""
        sha = hashlib.sha256()
        gold = SHARED / "data" / self.gold
        files = {*self.inputs(), *(gold.rglob("*") if gold.is_dir() else [gold])}
        for path in sorted(p for p in files if p.is_file()):
            sha.update(path.relative_to(SHARED).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return f"sha256:{sha.hexdigest()}"


TASKS = (
    Task("seeds", ("compare", "--format", "json"), ("seeds/*.txt",), "comparison.py", "seeds/gold",
         ("offsets.in_range", "quotations.direct_mixed.f1", "quotations.indirect.f1", "speaker.direct_mixed.accuracy",
          "speaker.indirect.accuracy", "utterances.pairs.f1", "relation.all", "altered.f1", "boilerplate.precision",
          "boilerplate.recall", "passages.copy_rewrite.precision", "passages.pair_000_002.precision",
          "passages.pair_000_002.recall", "lineage.accuracy", "lineage.direction", "facts.recall",
          "facts.agreement_accuracy", "timeline.recall", "entities.linked", "entities.bcubed.f1"),
         ("boilerplate.article_text_lost", "lineage.share_error")),
    Task("polnear-dev", ("quotations",), ("quotations/polnear-dev.jsonl.gz",), "quotations.py",
         "quotations/polnear-dev.jsonl.gz",
         ("direct.content.f1", "direct.attribution", "mixed.content.f1", "mixed.attribution", "all.content_exact.f1",
          "all.content.f1", "all.cue.f1", "all.speaker.f1", "sure.all.content.precision"),
         sure_of="all.content.precision"),
    Task("html-trafilatura", ("extract", "--quiet"), ("html/trafilatura.tar.gz",), "extraction.py", "html/trafilatura.tar.gz",
         ("segments.precision", "segments.recall", "segments.f1", "title.accuracy", "date.accuracy", "author.accuracy"),
         renamed=(("headline", "title"),)),     # its gold has the headline as readers see it; Readability's, the title as stated
    Task("html-readability", ("extract", "--quiet"), ("html/readability.tar.gz",), "extraction.py", "html/readability.tar.gz",
         ("title.accuracy", "date.accuracy", "author.accuracy")),
    Task("ecbplus-dev", ("stories",), ("stories/ecbplus-dev.jsonl",), "stories.py", "stories/ecbplus-dev.jsonl",
         ("bcubed.f1",), ("false_merge_rate",)),
    Task("allsides-events", ("stories",), (), "", "stories/allsides-events-dev.jsonl.gz", ("bcubed.f1",), ("false_merges",),
         measure=events.allsides_events),
    Task("machine-rewrites", ("passages",), (), "", "reuse/machine-rewrites-dev.jsonl.gz", ("source_first",),
         measure=reuse.machine_rewrites),
    Task("clough-stevenson", ("compare",), (), "", "reuse/clough-stevenson.jsonl", ("detected.f1", "detected.recall"),
         ("non.false",), measure=reuse.clough_stevenson),
    Task("msrp", (), (), "", "paraphrase/msrp-train.jsonl", ("paraphrase.accuracy", "same.accuracy"),
         measure=reuse.sentence_pairs),
    Task("direction", ("compare",), ("corpus/articles-5000.jsonl.gz",), "", "reuse/machine-rewrites-dev.jsonl.gz",
         ("direction.decided", "direction.accuracy", "shared.told_apart", "copy.found"), ("direction.calibration_error",),
         measure=direction.directions),
    Task("shared-quotes", ("compare",), (), "", "variants/shared-quotes-dev.jsonl.gz",
         ("verbatim", "truncated", "overlap.accuracy"), measure=sayings.shared_quotes),
)


def figures(task: Task) -> dict[str, float | None]:
    """Runs the program on the task's data and the scorer on what it printed."""
    if task.measure:
        return task.measure(BINARY, SHARED / "data" / task.gold)
    with tempfile.NamedTemporaryFile(suffix=".json") as output, tempfile.TemporaryDirectory() as unpacked:
        inputs, gold = task.inputs(), SHARED / "data" / task.gold
        if gold.name.endswith(".tar.gz"):       # an archive of pages, folder html, with their gold.jsonl
            with tarfile.open(gold) as archive:
                archive.extractall(unpacked, filter="data")
            folder = Path(unpacked) / gold.name.removesuffix(".tar.gz")
            inputs, gold = [folder / "html"], folder / "gold.jsonl"
        run = subprocess.run([BINARY, *task.command, *inputs], stdout=output, stderr=subprocess.PIPE, text=True)
        if run.returncode not in (0, 1):          # 1: some input could not be read, the rest was
            raise SystemExit(f"eval: {task.name}: the program ended with {run.returncode}:\n{run.stderr}")
        if task.renamed:
            rename(Path(output.name), dict(task.renamed))
        found = {name: figure["value"] for name, figure in scored(task, gold, Path(output.name)).items()}
        if task.sure_of:
            found[f"sure.{task.sure_of}"] = reliability(task, gold, Path(output.name).read_text(encoding="utf-8").splitlines())
    return found


def rename(output: Path, names: dict[str, str]) -> None:
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    renamed = ({**row, **{new: row.get(old) for old, new in names.items()}} for row in rows)
    output.write_text("".join(json.dumps(row) + "\n" for row in renamed), encoding="utf-8")


def scored(task: Task, gold: Path, output: Path) -> dict[str, dict]:
    scorer = [sys.executable, SHARED / "score" / task.scorer, gold, output, "--json"]
    return json.loads(subprocess.run(scorer, stdout=subprocess.PIPE, text=True, check=True).stdout)


def reliability(task: Task, gold: Path, rows: list[str]) -> float | None:
    """Prints, for each bin of confidence, how many rows it has and the share of them that is right; that of the surest."""
    print(f"\n{task.name}: {task.sure_of} by confidence")
    share = None
    for low, high in zip(BINS, (*BINS[1:], 1.01)):
        chosen = [row for row in rows if row.strip() and low <= json.loads(row)["confidence"] < high]
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as part:
            part.writelines(row + "\n" for row in chosen)
            part.flush()
            share = scored(task, gold, Path(part.name))[task.sure_of]["value"]
        print(f"  {low:.1f} to {min(high, 1):.1f}   {len(chosen):>5}   {'n/a' if share is None else f'{share:.3f}'}")
    return share


def judged(task: Task, pinned: dict, found: dict[str, float | None]) -> list[str]:
    """Prints the task's table; what fell below its floor (or rose above its ceiling)."""
    failures = []
    print(f"\n{task.name}")
    for name in (*task.pinned, *task.ceilings):
        value, bound = found.get(name), pinned.get("bounds", {}).get(name)
        shown = "n/a" if value is None else f"{value:.3f}"
        limit = "new" if bound is None else f"{'≤' if name in task.ceilings else '≥'} {bound:.3f}"
        worse = bound is not None and (value is None or (value - bound if name in task.ceilings else bound - value) > SLACK)
        print(f"  {name:<36} {shown:>6}   {limit}{'   BELOW' if worse else ''}")
        if worse:
            failures.append(f"{task.name}.{name} is {shown}, pinned {limit}")
    return failures


def raised(task: Task, pinned: dict, found: dict[str, float | None]) -> dict:
    """The task's entry with every bound moved to the figure where that is better."""
    bounds = dict(pinned.get("bounds", {}))
    for name in (*task.pinned, *task.ceilings):
        value = found.get(name)
        if value is not None:
            better = min if name in task.ceilings else max
            bounds[name] = better(round(value, 3), bounds.get(name, round(value, 3)))
    return {"digest": pinned.get("digest", task.digest()), "bounds": bounds}


def write(floors: dict) -> None:
    lines = ["# Pinned by eval/run.py: a floor may rise (--raise), never fall without a reason (--lower).", ""]
    for name, entry in floors["task"].items():
        lines += [f"[task.{name}]", f'digest = "{entry["digest"]}"', f"[task.{name}.bounds]"]
        lines += [f'"{metric}" = {value:.3f}' for metric, value in entry["bounds"].items()] + [""]
    for change in floors.get("changed", []):
        lines += ["[[changed]]"] + [f"{key} = {json.dumps(value)}" for key, value in change.items()] + [""]
    FLOORS.write_text("\n".join(lines), encoding="utf-8")


def change(floors: dict, given: argparse.Namespace) -> None:
    """Lowers a floor or takes a new digest over; either needs a reason, which stays in the file."""
    if not given.reason:
        raise SystemExit("eval: a reason is needed: --reason \"...\"")
    day = datetime.date.today().isoformat()
    if given.lower:
        where, _, value = given.lower.partition("=")
        task, _, metric = where.partition(".")
        bounds = floors["task"][task]["bounds"]
        floors.setdefault("changed", []).append(
            {"day": day, "floor": where, "from": bounds[metric], "to": float(value), "reason": given.reason})
        bounds[metric] = float(value)
    else:
        task = next(t for t in TASKS if t.name == given.pin)
        entry = floors["task"][task.name]
        floors.setdefault("changed", []).append(
            {"day": day, "digest": task.name, "from": entry["digest"], "to": task.digest(), "reason": given.reason})
        entry["digest"] = task.digest()
    write(floors)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=", ".join(t.name for t in TASKS))
    parser.add_argument("--raise", dest="rise", action="store_true")
    parser.add_argument("--lower", metavar="TASK.METRIC=VALUE")
    parser.add_argument("--pin", metavar="TASK")
    parser.add_argument("--reason")
    given = parser.parse_args()
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"task": {}}
    if not (SHARED / "score").is_dir():
        print(f"eval: SKIPPED, no figures: {SHARED} is not there")
        return 0
    if given.lower or given.pin:
        change(floors, given)
        return 0
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    failures = []
    for task in TASKS:
        if given.tasks and task.name not in given.tasks:
            continue
        pinned = floors["task"].get(task.name, {})
        if pinned and pinned["digest"] != task.digest():
            failures.append(f"{task.name}: the data is not the pinned data; look at the figures, then --pin {task.name}")
        found = figures(task)
        failures += judged(task, pinned, found)
        if given.rise:
            floors["task"][task.name] = raised(task, pinned, found)
    if given.rise:
        write(floors)
    print("\n" + ("\n".join(f"eval: {f}" for f in failures) if failures else "eval: every figure is at its floor or better"))
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
