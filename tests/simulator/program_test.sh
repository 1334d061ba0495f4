#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The program artix-simulator as scripts use it. Argument: its path.
set -eu

program=$1
folder=$(mktemp -d)
pid=
trap 'test -z "$pid" || kill -9 "$pid" 2>/dev/null || true; rm -rf "$folder"' EXIT

fail() {
    echo "FAILED: $1" >&2
    exit 1
}

# start ARGUMENT… : runs the program, waits for its first line, sets pid and address.
start() {
    : >"$folder/out"
    "$program" "$@" >"$folder/out" 2>"$folder/err" &
    pid=$!
    tries=0
    while ! grep -qs '^listening ' "$folder/out"; do
        tries=$((tries + 1))
        test "$tries" -lt 200 || fail "no line 'listening': $(cat "$folder/err")"
        sleep 0.05
    done
    address=$(sed -n 's/^listening //p' "$folder/out")
}

# stop SIGNAL : ends the program, leaves its exit code in code.
stop() {
    kill "-$1" "$pid"
    code=0
    wait "$pid" || code=$?
    pid=
}

expect_code() {
    wanted=$1
    shift
    code=0
    "$@" >"$folder/out" 2>"$folder/err" || code=$?
    test "$code" -eq "$wanted" || fail "exit code $code, not $wanted: $*"
}

# The exit codes of wrong use, of failures, and of help.
expect_code 2 "$program"
expect_code 2 "$program" nonsense
for option in --nonsense --listen=nonsense --seed=x --pace-ms=payments --tls-fault=expired \
    --buyer-delay-ms=-1 --clock=x --instant-limit=1.005 --password=x --script=/nonexistent; do
    expect_code 2 "$program" oplati "$option"
done
expect_code 2 "$program" relay
expect_code 2 "$program" control http://127.0.0.1:1
expect_code 1 "$program" control http://127.0.0.1:1 stats
expect_code 1 "$program" oplati --ledger "$folder"
expect_code 0 "$program" --help
for word in oplati relay control --listen --ledger --tls-fault ',14' ',29'; do
    grep -q -e "$word" "$folder/out" || fail "--help does not speak of $word"
done

# It ends cleanly on both signals.
for signal in TERM INT; do
    start oplati --seed 7
    stop "$signal"
    test "$code" -eq 0 || fail "exit code $code after SIG$signal"
done

# What the ledger holds outlives kill -9, and a second simulator may not open it meanwhile.
start oplati --ledger "$folder/ledger" --regnum OPL000011111
expect_code 1 "$program" oplati --ledger "$folder/ledger"
stop KILL
printf '%s\n' '{"event":"token","at":1,"regNum":"OPL000011111","token":"t"}' >>"$folder/ledger"
start oplati --ledger "$folder/ledger" --clock manual
"$program" control "http://$address" ledger | grep -q '"event":"token"' || fail "ledger was not read"
"$program" control "http://$address" reset-token OPL000011111 | grep -q 'true}' || fail "no token"
"$program" control "http://$address" advance 1000 | grep -q nowMs || fail "clock did not move"
expect_code 1 "$program" control "http://$address" rule '{"nonsense":1}'

# Through the relay the same simulator answers, until a rule breaks the connection.
upstream=$address
simulator=$pid
start relay --upstream "$upstream" --control 127.0.0.1:0
relay_control=$(sed -n 's/^control //p' "$folder/out")
"$program" control "http://$address" stats | grep -q connections || fail "relay does not pass"
"$program" control "http://$relay_control" rule '{"do":"reset"}' >/dev/null
expect_code 1 "$program" control "http://$address" stats
stop TERM
pid=$simulator && stop TERM

# Over TLS its own authority vouches for it.
start oplati --tls "$folder/tls"
expect_code 0 "$program" control "https://$address" stats --ca "$folder/tls/ca.pem"
expect_code 1 "$program" control "https://$address" stats
stop TERM
echo "OK"
