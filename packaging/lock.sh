#!/bin/sh
# Pins every dependency with its hashes, for Python 3.11 and later on Linux, Windows and macOS.
#   packaging/lock.sh             pin again, keeping the versions that still fit
#   packaging/lock.sh --upgrade   take the newest versions allowed by pyproject.toml
# Needs uv. The locks hold names, versions and hashes only: where to fetch from is the installer's business.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "lock.sh needs uv:  python3 -m pip install uv" >&2; exit 1; }
pin() { # name of the lock, what is pinned, then more options
  name=$1 source=$2
  shift 2
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --no-emit-find-links --output-file "packaging/$name.lock" "$@" "$source"
  if grep -q '://' "packaging/$name.lock"; then echo "packaging/$name.lock names an address" >&2; exit 1; fi
}
pin dev pyproject.toml --extra dev --extra build "$@"
pin run pyproject.toml --extra build --constraint packaging/dev.lock "$@"
pin hub packaging/hub/needs.in --constraint packaging/dev.lock "$@"
