#!/bin/sh
# Pins every dependency with its hashes, for Python 3.11 and later on Linux, Windows and macOS.
#   packaging/lock.sh             pin again, keeping the versions that still fit
#   packaging/lock.sh --upgrade   take the newest versions allowed by pyproject.toml
# Needs uv. The locks hold names, versions and hashes only: where to fetch from is the installer's business.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "lock.sh needs uv:  python3 -m pip install uv" >&2; exit 1; }
pin() { # name of the lock, then more options
  name=$1
  shift
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --no-emit-find-links --output-file "packaging/$name.lock" "$@" pyproject.toml
  if grep -q '://' "packaging/$name.lock"; then echo "packaging/$name.lock names an address" >&2; exit 1; fi
}
pin dev --extra dev --extra build "$@"
pin run --extra build --constraint packaging/dev.lock "$@"
