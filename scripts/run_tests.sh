#!/bin/sh
# Runs the tests in as many processes as the first argument says; further arguments go to pytest.
# A full run measures coverage and fails below the share that pyproject.toml asks for.
set -eu
cd "$(dirname "$0")/.."

workers=$1
shift
python=.venv/bin/python
export DJANGO_SETTINGS_MODULE=cms.settings.test

"$python" manage.py compile_catalogues

if [ "$#" -gt 0 ]; then
    exec "$python" -m pytest -n "$workers" --dist loadgroup "$@"
fi
exec "$python" -m pytest -n "$workers" --dist loadgroup --cov --cov-report=term-missing:skip-covered
