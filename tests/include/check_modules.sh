#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check_modules.sh SYMBOL FOLDER…: what the loader of a cash register counts on, in every shared object of the folders:
# exactly one exported symbol, that one, nothing undefined, no run path, no soname, never unloaded.
set -eu

symbol=$1
shift
failures=0
fail() {
    echo "$1: $2" >&2
    failures=$((failures + 1))
}

check() {
    symbols=$(nm -D --defined-only "$1" | awk '{ sub(/@.*/, "", $3); print $3 }' | grep -v '^LINUXCASH' || true)
    [ "$symbols" = "$symbol" ] || fail "$1" "exports: $(echo "$symbols" | tr '\n' ' ')"
    dynamic=$(readelf -dW "$1")
    case $dynamic in *'(RUNPATH)'* | *'(RPATH)'*) fail "$1" "has a run path" ;; esac
    case $dynamic in *'(SONAME)'*) fail "$1" "has a soname" ;; esac
    case $dynamic in *NODELETE*) ;; *) fail "$1" "is not linked -z nodelete" ;; esac
    undefined=$(ldd -r "$1" 2>&1 | grep -E 'undefined symbol|not found' || true)
    [ -z "$undefined" ] || fail "$1" "$undefined"
}

count=0
for folder in "$@"; do
    found=0
    for module in "$folder"/*.so; do
        [ -e "$module" ] || continue
        check "$module"
        found=$((found + 1))
    done
    [ "$found" -gt 0 ] || fail "$folder" "holds no module"
    count=$((count + found))
done
echo "$count modules checked, $failures failures"
[ "$failures" -eq 0 ]
