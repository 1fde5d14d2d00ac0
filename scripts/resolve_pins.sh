#!/bin/sh
# Writes requirements/*.txt from pyproject.toml: every version and hash, for every platform, Python 3.12 and up.
set -eu
cd "$(dirname "$0")/.."

export UV_CUSTOM_COMPILE_COMMAND="make pins"
resolve() {
    output=$1
    shift
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --output-file "$output" "$@" pyproject.toml
}

resolve requirements/base.txt "$@"
resolve requirements/dev.txt --constraint requirements/base.txt --group dev "$@"
