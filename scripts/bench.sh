#!/bin/sh
# Measures the site's speed on SQLite and on PostgreSQL, and the weight of its pages; the result goes to
# docs/benchmarks.md. Arguments go to `python -m bench measure`, such as --rounds 1 --seconds 2.
set -eu
cd "$(dirname "$0")/.."

sh scripts/ensure_system.sh wrk postgresql chromium
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

.venv/bin/python manage.py compile_catalogues --settings cms.settings.test
echo "Measuring on PostgreSQL"
DURABLE=1 bash scripts/with_postgresql.sh .venv/bin/python -m bench measure "$results/postgresql.json" "$@"
echo "Measuring on SQLite"
env -u DATABASE_URL .venv/bin/python -m bench measure --weigh "$results/sqlite.json" "$@"
.venv/bin/python -m bench report "$results/postgresql.json" "$results/sqlite.json"
