#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs inside the emulated machine as its first process: real kernel, usblp and libusb against gadget printers.
# run.sh replaces @FOLDER@.
set -eu
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
folder=@FOLDER@
mount -t configfs none /sys/kernel/config
mount -t tmpfs none /run
cd /tmp

# shellcheck source=tests/links/machine/gadget.sh
. "$folder/gadget.sh"

printf 'slip of 15 byte' >slip
head -c 200000 /dev/zero >big
head -c 20000000 /dev/zero >huge
echo
make_gadget
plug
insmod /modules/usblp.ko
sleep 1
/lib/systemd/systemd-udevd --daemon 2>/dev/null
udevadm trigger || true
udevadm settle -t 10 || true

device /dev/g_printer0 paper answer 18
check "usb" "printed none 15" print usb: slip
check "usblp is back" "/dev/usb/lp0" ls /dev/usb/lp0
check "serial number" "printed none 15" print usb:04b8:0e28:SN001 slip
check "device file" "printed none 15" print lp:/dev/usb/lp0 slip
check "list" "usb:04b8:0e28:SN001 |" print list
end
device /dev/g_printer0 paper silent 18
check "silent printer" "sent none 15" print usb: slip
end
device /dev/g_printer0 paper silent 30
check "port without paper" "not-printed paper-out 0" print usb: slip
end
stuck
check "stuck printer" "in-doubt timed-out" print usb: big
end
stuck
check "stopped" "in-doubt stopped" print usb: big 2500
end
stuck
check "stuck device file" "in-doubt timed-out" print lp:/dev/usb/lp0 big
end
stuck
(sleep 3; unplug) &
check "unplugged amid the job" "in-doubt unplugged" print usb: big
wait "$!" || true
check "unplugged before the job" "not-printed not-found 0" print usb: slip
end
plug
device /dev/g_printer0 paper answer 18
check "plugged in again" "printed none 15" print usb: slip
end
check "no data set ready" "not-printed timed-out 0" print serial:/dev/ttyACM0,9600,dtrdsr slip
device /dev/ttyGS0 paper answer
check "serial" "printed none 15" print serial:/dev/ttyACM0,9600 slip
check "serial with data set ready" "printed none 15" print serial:/dev/ttyACM0,9600,dtrdsr slip
(until [ "$(stat -c %s paper)" -gt 100000 ]; do sleep 0.02; done; unplug) &
check "serial unplugged" "in-doubt unplugged" print serial:/dev/ttyACM0,9600 huge
wait "$!" || true
finish
