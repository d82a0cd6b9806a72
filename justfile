# The few commands a person needs; `just` lists them.

default:
    @just --list

# Compare the sample reports
samples *ARGS:
    cargo run --release -- compare samples {{ARGS}}

# Everything that a change must pass
ci:
    .ci/run

# The tests alone
test:
    cargo test --workspace

# Figures on the development data, against their floors
eval *ARGS:
    python3 eval/run.py {{ARGS}}

# Time the stages and the whole command
bench:
    cargo bench --workspace

# Take the pictures of the README (needs chromium)
picture:
    scripts/screenshot.sh
