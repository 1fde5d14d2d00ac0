#!/bin/sh
# Makes sure that programs and libraries from outside Python are there: sh scripts/ensure_system.sh chromium pango
# Installs what is missing when it may (root, or sudo without a password); otherwise says what to install.
set -u

has_chromium() {
    for browser in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$browser" ] && command -v "$browser" > /dev/null && return 0
    done
    return 1
}
has_indic_fonts() { fc-list ':lang=te' 2> /dev/null | grep -q .; }
has_pango() {
    .venv/bin/python -c 'import weasyprint' > /dev/null 2>&1
}
has_postgresql() {
    command -v initdb > /dev/null || ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1
}
has_wrk() { command -v wrk > /dev/null; }

packages_for() { # what, package manager
    case $1:$2 in
        chromium:*) echo chromium ;;
        indic_fonts:apt-get) echo fonts-noto-core fontconfig ;;
        indic_fonts:dnf) echo google-noto-sans-fonts fontconfig ;;
        indic_fonts:apk) echo font-noto-all fontconfig ;;
        pango:apt-get) echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ;;
        pango:dnf) echo pango ;;
        pango:apk) echo pango harfbuzz-subset ;;
        postgresql:apt-get) echo postgresql ;;
        postgresql:dnf) echo postgresql-server ;;
        postgresql:apk) echo postgresql ;;
        wrk:*) echo wrk ;;
    esac
}

manager=
for name in apt-get dnf apk; do
    if command -v "$name" > /dev/null; then manager=$name; break; fi
done

as_root=
may_install() {
    [ -n "$manager" ] || return 1
    [ "$(id -u)" = 0 ] && return 0
    as_root="sudo -n"
    sudo -n true 2> /dev/null
}

install() {
    case $manager in
        apt-get)
            $as_root apt-get update -qq &&
                $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@"
            ;;
        dnf) $as_root dnf install -q -y "$@" ;;
        apk) $as_root apk add -q "$@" ;;
    esac < /dev/null > /dev/null
}

for what in "$@"; do
    "has_$what" && continue
    packages=$(packages_for "$what" "$manager")
    if may_install; then
        echo "Installing $packages"
        # shellcheck disable=SC2086  # several package names
        install $packages
        "has_$what" && continue
    fi
    echo "Missing: $what. Please install it: ${manager:-your package manager} install ${packages:-$what}" >&2
    [ "$what" = chromium ] && echo "If you have it elsewhere, set CHROMIUM=/path/to/chromium" >&2
    exit 1
done
