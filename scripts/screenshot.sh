#!/bin/sh
# Takes the pictures of the README from the samples: docs/report.png, the report that `compare` writes, and docs/reader.png, a story in the browser.
# Usage: scripts/screenshot.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
folder=${1:-docs}

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ]; then
    echo "screenshot: chromium is not installed (Debian: apt-get install chromium)" >&2
    exit 1
fi

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
mkdir -p "$folder"

# The top of the page at an address: draw ADDRESS HEIGHT FILE
draw() {
    "$chromium" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/profile" \
        --window-size="1280,$2" --screenshot="$work/drawn.png" "$1" >/dev/null 2>&1
    mv "$work/drawn.png" "$folder/$3"
    echo "$folder/$3"
}

parallax=${PARALLAX:-"cargo run --quiet --release --"}
$parallax compare samples --output "$work/report.html"
draw "file://$work/report.html" 1600 report.png

$parallax add samples --archive "$work/news.db" --quiet
PARALLAX_LOG=error $parallax serve "$work/news.db" --port 0 >"$work/address" &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$work/address" ] && break; sleep 1; done
draw "$(cat "$work/address")stories/s1" 1250 reader.png
