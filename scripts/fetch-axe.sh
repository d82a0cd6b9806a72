#!/bin/sh
# Fetches axe-core, with which the browser tests hold each page against WCAG 2.2 AA, and prints where it is:
# PARALLAX_AXE=$(scripts/fetch-axe.sh) cargo test --test browser. It is kept outside the clone, in PARALLAX_CI_CACHE; nothing is printed where it cannot be had.
set -eu
version=4.14.1
digest=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
cache=${PARALLAX_CI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/parallax-ci}
script=$cache/axe-core-$version.js
if [ ! -s "$script" ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$cache"
    if ! { command -v npm && cd "$work" && timeout 60 npm pack "axe-core@$version"; } >/dev/null 2>&1; then
        echo "fetch-axe: SKIPPED: axe-core cannot be fetched (npm is missing, or its registry is out of reach)" >&2
        exit 0
    fi
    tar -xzf "axe-core-$version.tgz" package/axe.min.js
    mv package/axe.min.js "$script.$$" && mv "$script.$$" "$script"
fi
echo "$digest  $script" | sha256sum --check --quiet >&2
echo "$script"
