#!/bin/sh
# Makes .venv hold the pins of requirements/base.txt (argument: base) or dev.txt (argument: dev).
# A stamp with the checksum of the pins makes a second call cost nothing.
set -eu
cd -P "$(dirname "$0")/.."

pins=${1:?base or dev}
python=.venv/bin/python
checksum() { cat "requirements/$1.txt" requirements/base.txt | cksum; }
stamped() { [ "$(cat ".venv/.pins-$1" 2> /dev/null)" = "$(checksum "$1")" ]; }

# False when the folder was moved or copied since, or when the Python behind it is gone or too old.
usable() {
    [ "$(cat .venv/.folder 2> /dev/null)" = "$PWD" ] &&
        "$python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 12))' 2> /dev/null
}

if ! usable; then
    chosen=$(sh scripts/find_python.sh)
    echo "Making the virtual environment .venv with $chosen"
    rm -rf .venv
    "$chosen" -m venv .venv
    printf '%s\n' "$PWD" > .venv/.folder
elif stamped dev || stamped "$pins"; then # the development pins include the base ones
    exit 0
fi

echo "Installing the packages pinned in requirements/$pins.txt (once; it takes a minute or two)"
"$python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes \
    --requirement "requirements/$pins.txt"
checksum "$pins" > ".venv/.pins-$pins"
