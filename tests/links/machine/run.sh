#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The USB and serial links on a real kernel: QEMU (software emulation) boots Debian's own kernel, whose dummy_hcd is
# both the host and the device. By hand: tests/links/machine/run.sh BUILD_FOLDER
# Needs: qemu-system-x86 busybox-static cpio kmod udev, and the package linux-image-*-amd64, which is only unpacked
# (downloaded by apt-get unless KERNEL names the .deb).
set -eu
[ $# = 1 ] || {
    echo "usage: tests/links/machine/run.sh BUILD_FOLDER" >&2
    exit 2
}
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"

if [ -z "${KERNEL:-}" ]; then
    package=$(apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -1)
    apt-get download "$package" >/dev/null
    KERNEL=$(ls "$work"/linux-image-*.deb)
fi
dpkg-deb -x "$KERNEL" kernel
version=$(ls kernel/lib/modules)
depmod -b kernel "$version" 2>/dev/null
cp "$build/bin/links_print" "$build/bin/links_device" "$here/gadget.sh" .
sed "s#@FOLDER@#$work#" "$here/guest.sh" >guest.sh

mkdir -p ram/bin ram/proc ram/sys ram/dev ram/mnt ram/new ram/upper ram/modules
cp /bin/busybox ram/bin/
modprobe -d kernel -S "$version" -a --show-depends virtio_pci 9p 9pnet_virtio overlay configfs usb_f_printer \
    dummy_hcd usb_f_acm cdc-acm | awk '/^insmod/ && !seen[$2]++ { print $2 }' >modules
while read -r module; do
    cp "$module" ram/modules/
    echo "/modules/$(basename "$module")" >>ram/modules/list
done <modules
cp "kernel/lib/modules/$version/kernel/drivers/usb/class/usblp.ko" ram/modules/
cat >ram/init <<'INIT'
#!/bin/busybox sh
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sys /sys
$b mount -t devtmpfs dev /dev
for module in $($b cat /modules/list); do $b insmod "$module" 2>/dev/null; done
$b mount -t 9p -o trans=virtio,version=9p2000.L,ro root /mnt
$b mount -t tmpfs none /upper
$b mkdir /upper/files /upper/work
$b mount -t overlay -o lowerdir=/mnt,upperdir=/upper/files,workdir=/upper/work overlay /new
$b mkdir -p /new/modules
$b cp /modules/usblp.ko /new/modules/
guest=$($b sed 's/.*guest=\([^ ]*\).*/\1/' /proc/cmdline)
for folder in proc sys dev; do $b mount --move /$folder /new/$folder; done
exec $b switch_root /new /bin/sh "$guest"
INIT
chmod +x ram/init
(cd ram && find . | cpio -o -H newc --quiet | gzip -1) >ram.gz

timeout 300 qemu-system-x86_64 -accel tcg -cpu max -m 512 -smp 1 -nographic -no-reboot -nic none \
    -kernel "kernel/boot/vmlinuz-$version" -initrd ram.gz \
    -append "console=ttyS0 quiet panic=1 guest=$work/guest.sh" \
    -virtfs local,path=/,mount_tag=root,security_model=none,readonly=on,multidevs=remap | tr -d '\r' | tee log
grep -q "^all is well" log
