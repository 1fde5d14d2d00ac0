#!/bin/sh
# Prints the path of a Python that can run this project, or says what is missing.
# Order: $PYTHON, the version .python-version asks for, newer and older ones we support, python3.
set -u
cd "$(dirname "$0")/.." || exit

wanted=$(tr -d '[:space:]' < .python-version)
probe='
import sys
if sys.version_info < (3, 12):
    sys.exit(10)
try:
    import ensurepip, sqlite3, ssl, venv
except ImportError:
    sys.exit(11)
print(sys.executable)
'
incomplete=

# Prints the interpreter and succeeds when $1 will do.
try() {
    found=$("$1" -c "$probe" 2>/dev/null)
    case $? in
        0) printf '%s\n' "$found"; exit 0 ;;
        11) incomplete=${incomplete:-$1} ;;
    esac
}

if [ -n "${PYTHON:-}" ]; then
    try "$PYTHON"
    echo "PYTHON=$PYTHON is not a complete Python 3.12 or newer (with venv, sqlite3 and ssl)." >&2
    exit 1
fi

for name in "python$wanted" python3.13 python3.14 python3.12 python3 python; do
    try "$name"
done
for path in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python; do
    try "$path"
done

if [ -n "$incomplete" ]; then
    echo "$incomplete is new enough, but it lacks venv, sqlite3 or ssl." >&2
    echo "On Debian and Ubuntu: sudo apt-get install python3-venv" >&2
else
    echo "This needs Python 3.12 or newer, and none was found." >&2
    echo "Debian 13, Ubuntu 24.04:  sudo apt-get install python3 python3-venv" >&2
    echo "Fedora:                   sudo dnf install python3" >&2
    echo "macOS with Homebrew:      brew install python@$wanted" >&2
    echo "Any system with pyenv:    pyenv install $wanted" >&2
fi
echo "If you have one elsewhere: make demo PYTHON=/path/to/python3" >&2
exit 1
