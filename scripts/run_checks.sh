#!/bin/sh
# Runs every static check, also after one has failed, and ends with the names of those that did.
# Nothing here reads or writes a real database.
set -u
cd "$(dirname "$0")/.." || exit

bin=.venv/bin
python=$bin/python
failed=
export DATABASE_URL=sqlite://:memory:
export DJANGO_SETTINGS_MODULE=cms.settings.test

check() { # name, command
    name=$1
    shift
    printf '== %s\n' "$name"
    "$@" || failed="$failed, $name"
}

templates() {
    git ls-files -z --cached --others --exclude-standard -- '*.html' | xargs -0 "$@"
}

deployment() {
    env DJANGO_SETTINGS_MODULE=cms.settings.production ALLOWED_HOSTS=school.example SITE_URL=https://school.example \
        SECRET_KEY="$("$python" -c 'import secrets; print(secrets.token_urlsafe(50))')" \
        PIN_SECRET="$("$python" -c 'import secrets; print(secrets.token_urlsafe(50))')" \
        "$python" manage.py check --deploy --fail-level WARNING
}

check "ruff check" "$python" -m ruff check .
check "ruff format" "$python" -m ruff format --check .
check "djade" templates "$bin/djade" --target-version 6.1 --check
check "djlint" "$python" -m djlint --lint --quiet cms curriculum quizzes schools
check "import layers" "$bin/lint-imports"
check "types" "$python" -m mypy
check "system check" "$python" manage.py check --fail-level WARNING
check "deployment check" deployment
check "missing migrations" "$python" manage.py makemigrations --check --dry-run
# 0003 of schools rebuilds a table of one row a state: nothing waits for that. 0004 comes before the first release:
# no older code runs beside it.
check "migration safety" "$python" manage.py lintmigrations --no-cache --ignore-initial-migrations \
    --ignore-name 0003_threshold_in_steps_of_5 0004_state_signs_up --quiet ignore ok --include-apps core help home users curriculum quizzes schools
check "catalogues" "$python" manage.py make_messages --check

if [ -n "$failed" ]; then
    echo "Failed: ${failed#, }" >&2
    exit 1
fi
echo "All checks passed"
