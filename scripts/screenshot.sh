#!/bin/sh
# Renders the HTML report of the samples to docs/report.png (1280 wide, the top of the page).
# Usage: scripts/screenshot.sh [OUTPUT.png [WIDTH [HEIGHT [EXTRA CHROMIUM OPTION...]]]]
set -eu
cd "$(dirname "$0")/.."
output=${1:-docs/report.png}
width=${2:-1280}
height=${3:-1600}
[ $# -le 3 ] && set -- || shift 3

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ]; then
    echo "screenshot: chromium is not installed (Debian: apt-get install chromium)" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
parallax=${PARALLAX:-"cargo run --quiet --release --"}
$parallax compare samples --output "$work/report.html"
mkdir -p "$(dirname "$output")"
"$chromium" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/profile" \
    --window-size="$width,$height" --screenshot="$work/report.png" "$@" "file://$work/report.html" >/dev/null 2>&1
mv "$work/report.png" "$output"
echo "$output"
