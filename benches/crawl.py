"""Writes a web archive of a wanted size, to see that memory stays flat: python3 benches/crawl.py PAGES OUT.warc[.gz|.zst] BYTES

PAGES is a folder of HTML pages. They are repeated under ever new addresses until the records have BYTES bytes before compression. With .gz each
record is a member of its own, as crawlers write them; with .zst the whole is one frame. Then:

    /usr/bin/time -v parallax extract OUT.warc.gz --quiet --output /dev/null
"""
import gzip
import subprocess
import sys
from pathlib import Path


def record(page: bytes, number: int) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page) + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://paper.example/{number}\r\nWARC-Date: 2031-05-04T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def main(pages: Path, out: Path, size: int) -> None:
    contents = [path.read_bytes() for path in sorted(pages.iterdir())]
    is_gzip = out.suffix == ".gz"
    plain = out.with_suffix("") if out.suffix == ".zst" else out
    number = written = 0
    with plain.open("wb") as file:
        while written < size:
            page = record(contents[number % len(contents)], number)
            number, written = number + 1, written + len(page)
            file.write(gzip.compress(page, 6) if is_gzip else page)
    if plain != out:
        subprocess.run(["zstd", "-q", "--rm", "-f", plain, "-o", out], check=True)
    print(f"{number} pages, {written} bytes, {out.stat().st_size} compressed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
