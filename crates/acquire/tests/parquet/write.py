"""Writes the Parquet files beside it, as the tests read them: `pip install pyarrow && python3 write.py`."""
from datetime import date, datetime, timezone
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent
AT = datetime(2031, 5, 4, 10, 0, tzinfo=timezone.utc)
TEXTS = ["The dam broke on Monday.", None, "Nobody was hurt, the mayor said.", " "]


def write(name: str, table: pa.Table, **options: object) -> None:
    pq.write_table(table, HERE / f"{name}.parquet", **options)


def reports(text: pa.DataType, published: pa.Array) -> pa.Table:
    return pa.table({
        "id": pa.array(["a", "b", None, "d"]),
        "text": pa.array(TEXTS).cast(text),
        "source": pa.array(["Harlow Wire", None, "Harlow Wire", "Lindach Post"]).dictionary_encode(),
        "published": published,
        "author": pa.array(["By Ada Osei", None, None, None]),
        "embedding": pa.array([[0.1, 0.2]] * 4),
        "meta": pa.array([{"pages": 1}] * 4),
    })


for unit, compression in (("ms", "snappy"), ("us", "zstd"), ("ns", "gzip")):
    stamps = pa.array([AT] * 4, pa.timestamp(unit, "UTC"))
    write(unit, reports(pa.string(), stamps), compression=compression, row_group_size=2)
write("large", reports(pa.large_string(), pa.array([date(2031, 5, 4)] * 4)), compression="none", use_dictionary=False)
write("bytes", reports(pa.binary(), pa.array(["4 May 2031"] * 4)), compression="zstd", data_page_version="2.0")
write("no-text", pa.table({"id": ["a"], "title": ["Rain"]}))
write("no-rows", reports(pa.string(), pa.array([None] * 4, pa.string())).slice(0, 0))
