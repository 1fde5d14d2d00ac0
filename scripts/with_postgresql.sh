#!/usr/bin/env bash
# Runs a command with DATABASE_URL at a throw-away PostgreSQL cluster: scripts/with_postgresql.sh make test
# The cluster lives in a temporary folder, listens on 127.0.0.1 only, and is gone when the command ends.
set -euo pipefail
cd "$(dirname "$0")/.."

sh scripts/ensure_system.sh postgresql
initdb=$(command -v initdb || find /usr/lib/postgresql -path "*/bin/initdb" | sort -V | tail -n 1)
programs=$(dirname "$initdb")
folder=$(mktemp -d /tmp/cluster.XXXXXX) # not TMPDIR: the other account must reach it
port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

# initdb refuses root, so root lends the cluster to the account that the package made.
as_owner=()
if [ "$(id -u)" = 0 ]; then
    owner=postgres
    id "$owner" > /dev/null 2>&1 || owner=nobody
    chown "$owner" "$folder"
    as_owner=(setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups --)
fi

# Tests need no cluster that outlives a power cut; DURABLE=1 asks for one, with PostgreSQL's own defaults.
durability="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
[ -z "${DURABLE:-}" ] || durability=

stop_cluster() {
    (cd "$folder" && ${as_owner[@]+"${as_owner[@]}"} "$programs/pg_ctl" -D "$folder/data" -m immediate stop) > /dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop_cluster EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

(
    cd "$folder"
    ${as_owner[@]+"${as_owner[@]}"} "$programs/initdb" -D data -U cms -A trust -E UTF8 --locale=C.UTF-8 --no-sync > initdb.log
    ${as_owner[@]+"${as_owner[@]}"} "$programs/pg_ctl" -D data -l data/server.log -w \
        -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c max_connections=100 \
            $durability" start > pg_ctl.log
) < /dev/null

DATABASE_URL="postgres://cms@127.0.0.1:$port/postgres" "$@"
