#!/usr/bin/env python3
"""How fast `parallax serve` gives story pages, as a ratio to a static file of the same process in the same run.

    cargo build --release && python3 benches/reader.py news.db [SECONDS [CONNECTIONS [SLOW]]]

Asks for the pages of up to 200 stories, each for the first time, then all of them again and again over connections that stay open, then for a style sheet in
the same way. SLOW further connections send their request letter by letter meanwhile. This program shares the processor with the server, so figures are
lower bounds.
"""

import asyncio
import os
import re
import subprocess
import sys
import time


async def request(reader, writer, path):
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n".encode())
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(re.search(rb"content-length: (\d+)", head).group(1))
    body = await reader.readexactly(length)
    assert head.startswith(b"HTTP/1.1 200"), head.split(b"\r\n")[0]
    return body


async def ask(port, paths, start, until, took):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    at = start
    while time.perf_counter() < until:
        began = time.perf_counter()
        await request(reader, writer, paths[at % len(paths)])
        took.append(time.perf_counter() - began)
        at += 1
    writer.close()


async def dawdle(port, until):
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    for letter in "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + "x" * 1000:
        if time.perf_counter() > until:
            break
        writer.write(letter.encode())
        await asyncio.sleep(0.5)
    writer.close()


async def load(port, paths, seconds, connections, slow=0):
    took = []
    until = time.perf_counter() + seconds
    dawdling = [asyncio.create_task(dawdle(port, until)) for _ in range(slow)]
    await asyncio.gather(*(ask(port, paths, n * 7, until, took) for n in range(connections)))
    for task in dawdling:
        task.cancel()
    took.sort()
    place = lambda share: 1000 * took[min(len(took) - 1, int(share * len(took)))]
    return len(took) / seconds, place(0.5), place(0.99)


async def measure(port, seconds, connections, slow):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    front = (await request(reader, writer, "/")).decode()
    stories, css = set(), re.search(r"/assets/report\.css[^\"]*", front).group(0)
    while len(stories) < 200:
        stories |= set(re.findall(r'href="(/stories/s\d+)"', front))
        further = re.search(r'rel="next" href="([^"]+)"', front)
        if not further:
            break
        front = (await request(reader, writer, further.group(1).replace("&#38;", "&"))).decode()
    stories = sorted(stories)
    first = []
    for path in stories:
        began = time.perf_counter()
        await request(reader, writer, path)
        first.append(1000 * (time.perf_counter() - began))
    writer.close()
    first.sort()
    print(f"first view of a story: median {first[len(first) // 2]:.1f} ms, slowest {first[-1]:.1f} ms of {len(first)}")
    pages = await load(port, stories, seconds, connections, slow)
    static = await load(port, [css], seconds, connections, slow)
    for name, (rate, middle, late) in [("story pages", pages), ("static file", static)]:
        print(f"{name}: {rate:.0f} a second, median {middle:.1f} ms, 99th percentile {late:.1f} ms")
    print(f"ratio {pages[0] / static[0]:.2f}, {connections} connections, {slow} slow ones beside them")


def main():
    archive = sys.argv[1]
    seconds, connections, slow = (int(a) for a in (sys.argv[2:] + ["5", "8", "0"][len(sys.argv) - 2:])[:3])
    parallax = os.environ.get("PARALLAX", "target/release/parallax")
    environment = {**os.environ, "PARALLAX_LOG": "error"}
    server = subprocess.Popen([parallax, "serve", archive, "--port", "0", "--rate", "1000000"], stdout=subprocess.PIPE, text=True, env=environment)
    try:
        port = int(re.search(r":(\d+)/", server.stdout.readline()).group(1))
        asyncio.run(measure(port, seconds, connections, slow))
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
