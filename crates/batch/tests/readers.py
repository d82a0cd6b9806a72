#!/usr/bin/env python3
"""Reads the tables of a run with DuckDB, pandas and polars, as those will who use them; says what it found as JSON."""
from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
import pandas
import polars

TABLES = ("extract", "quotations", "fingerprints", "duplicates", "passages", "stories", "problems")


def main() -> None:
    root = Path(sys.argv[1])
    found = {}
    for table in TABLES:
        files = str(root / table / "*.parquet")
        rows = duckdb.sql(f"SELECT count(*) FROM '{files}'").fetchall()[0][0]
        frames = [pandas.read_parquet(path) for path in sorted((root / table).glob("*.parquet"))]
        assert sum(map(len, frames)) == rows, table
        assert polars.read_parquet(files).height == rows, table
        found[table] = rows
    said = duckdb.sql(
        f"SELECT q.speaker, q.texts[1], q.spans[1].start, e.title FROM '{root}/quotations/*.parquet' q "
        f"JOIN '{root}/extract/*.parquet' e ON q.article = e.id WHERE q.speaker IS NOT NULL ORDER BY q.id LIMIT 1"
    ).fetchall()[0]
    assert isinstance(said[1], str) and isinstance(said[2], int), said
    groups = duckdb.sql(
        f"SELECT count(*) FROM (SELECT \"group\" FROM '{root}/duplicates/*.parquet' GROUP BY 1 HAVING count(*) > 1)"
    ).fetchall()[0][0]
    print(json.dumps({"rows": found, "groups": groups}))


if __name__ == "__main__":
    main()
