#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What guest.sh does with the gadget, and how it judges. Sourced there, with $folder set.
set -eu
folder=${folder:?}
gadget=/sys/kernel/config/usb_gadget/printer
udc=dummy_udc.0
failed=0

make_gadget() {
    mkdir -p "$gadget"/strings/0x409 "$gadget"/configs/c.1/strings/0x409
    echo 0x04b8 >"$gadget"/idVendor
    echo 0x0e28 >"$gadget"/idProduct
    echo SN001 >"$gadget"/strings/0x409/serialnumber
    echo TM-SIM >"$gadget"/strings/0x409/product
    mkdir "$gadget"/functions/printer.0 "$gadget"/functions/acm.0
    echo 10 >"$gadget"/functions/printer.0/q_len
    echo 'MFG:SIM;CMD:ESC/POS;MDL:TM-SIM;CLS:PRINTER;' >"$gadget"/functions/printer.0/pnp_string
    ln -s "$gadget"/functions/printer.0 "$gadget"/functions/acm.0 "$gadget"/configs/c.1/
}
plug() { echo "$udc" >"$gadget"/UDC; sleep 1; }
unplug() { echo '' >"$gadget"/UDC; }
# device KIND…: the printer's side, until the next `end`.
device() { "$folder/links_device" "$@" & device=$!; sleep 0.5; }
end() {
    kill "$device"
    wait "$device" 2>/dev/null || true
}
# A printer that takes a little and then nothing; plugging empties it.
stuck() {
    unplug
    sleep 1
    plug
    device /dev/g_printer0 paper stuck 18
}
# check NAME WANTED COMMAND…: its first line must begin with what is wanted.
check() {
    name=$1 wanted=$2
    shift 2
    got=$("$@" 2>&1 | head -1)
    case $got in
        "$wanted"*) echo "ok     $name: $got" ;;
        *) echo "FAILED $name: wanted $wanted, got $got"; failed=1 ;;
    esac
}
print() { "$folder/links_print" "$@"; }
finish() {
    [ "$failed" = 1 ] || echo "all is well"
    busybox poweroff -f
}
