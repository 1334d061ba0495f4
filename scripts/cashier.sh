#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A cashier at the interactive register: types commands, and reads the screen until it says what it should; and an
# auditor who looks into the books. Sourced by demo, which sets bin, root, work and url, and ends what it started.
# shellcheck disable=SC2154,SC2034
set -eu

# A printer whose paper is pictures in the folder paper.
plug_in_printer() {
    "$bin/artix-simulator" printer --listen 127.0.0.1:0 --out "$work/paper" >"$work/printer" & printer=$!
    eventually 10 grep -q listening "$work/printer" || fail "the simulated printer did not start"
    "$bin/paysysctl" --root "$root" set printer "device=tcp:$(cut -d' ' -f2 "$work/printer")" model=generic80
}

# eventually SECONDS COMMAND…: until it succeeds.
eventually() {
    tries=$(($1 * 10)); shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1)); [ $tries -gt 0 ] || return 1
        sleep 0.1
    done
}
switch_on() {
    rm -f "$work/keys"
    mkfifo "$work/keys"
    page
    "$bin/artix-terminal" --root "$root" <"$work/keys" >>"$work/screen" 2>&1 & register=$!
    tail -c "+$((seen + 1))" -f --pid=$register "$work/screen" & viewer=$!
    exec 3>"$work/keys"
}
type_in() { printf '> %s\n' "$*" >>"$work/screen"; printf '%s\n' "$*" >&3; }
# What was on the screen before page() does not count.
page() { sleep 0.3; touch "$work/screen"; seen=$(wc -c <"$work/screen"); }
shown() { tail -c "+$((seen + 1))" "$work/screen" | grep -qF -- "$1"; }
see() { eventually 60 shown "$1" || fail "the register never showed: $1"; }
sell() { page; type_in "товар $1 $2 $3"; see "К оплате"; type_in "оплата 20"; }

# The auditor.
fail() {
    echo "demo: $*" >&2
    exit 1
}
title() { printf '\n======== %s\n\n' "$*"; }
control() { "$bin/artix-simulator" control "$url" "$@" >/dev/null; }
outcomes() {
    "$bin/paysysctl" --root "$root" journal list oplati | cut -f4,7 | sort | uniq -c | tr -s ' \t\n' ' ' | sed 's/^ //'
}
on_paper() {
    for text in "$@"; do
        eventually 10 grep -q "$text" "$work"/paper/*.txt || fail "not on paper: $text"
    done
}
expect() { [ "$2" = "$3" ] || fail "$1: expected «$3», found «$2»"; }
nothing_owed() { [ -z "$("$bin/paysysctl" --root "$root" queue list oplati)" ]; }
ledger() {
    "$bin/artix-simulator" control "$url" ledger | grep -o '"totals":{[^}]*}' |
        grep -o "\"$1\":\"[0-9.]*\"" | cut -d'"' -f4
}
