// SPDX-License-Identifier: Apache-2.0
// What a serial port is told, as pure arithmetic: a pseudo-terminal would not show it. Pure, any
// thread.
#pragma once

#include <termios.h>

#include <span>

#include "links/address.h"

namespace linuxcash::links {

// The speeds that can be asked for, slowest first.
[[nodiscard]] std::span<const int> serial_speeds();

// `before` with everything set that matters: raw bytes both ways, no echo, no modem control, the
// lines left as they are at the end, XON and XOFF obeyed but never sent.
[[nodiscard]] termios serial_settings(const SerialAddress& address, termios before);

// Bytes a second on the line: start, data, parity and stop bits counted.
[[nodiscard]] int serial_bytes_per_second(const SerialAddress& address);

}  // namespace linuxcash::links
