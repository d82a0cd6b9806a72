#!/bin/sh
# Holds the answers of the API against its description with schemathesis: no 5xx, no status, kind or shape that is not described.
# Bounded: some hundred requests. Usage: scripts/check-api.sh [EXAMPLES]. Needs `schemathesis` (PyPI) on the path.
set -eu
cd "$(dirname "$0")/.."
if ! command -v schemathesis >/dev/null; then
    echo "check-api: SKIPPED: schemathesis is not installed (pip install schemathesis)" >&2
    exit 0
fi
work=$(mktemp -d)
parallax=${PARALLAX:-"cargo run --quiet --"}
$parallax add samples --archive "$work/news.db" --quiet
PARALLAX_LOG=error $parallax serve "$work/news.db" --port 0 --rate 100000 >"$work/address" &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$work/address" ] && break; sleep 1; done
address=$(cat "$work/address")
schemathesis run "${address}api/v1/openapi.json" --url "$address" --max-examples "${1:-25}" --seed 1 \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
