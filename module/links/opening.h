// SPDX-License-Identifier: Apache-2.0
// What the kinds of links have in common while they are being opened. One thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/files.h"
#include "links/links.h"
#include "links/waiting.h"

namespace linuxcash::links {

using OpenedLink = Result<std::unique_ptr<printing::Link>>;

// Tries again while somebody else holds the printer, until the deadline and at most
// kBusyTriesMax times.
inline constexpr int kBusyTriesMax = 20;
inline constexpr core::Millis kBusyPauseMs = 250;
[[nodiscard]] OpenedLink when_free(
    const Waiting& waiting, core::Millis deadline, const std::function<OpenedLink()>& open);

// A device's descriptor, not blocking, closed on exec. `name` is the path.
[[nodiscard]] Result<UniqueFd> open_device(const std::string& name, int flags);

// For people: who may use it, when the system refuses.
[[nodiscard]] Error open_error(const std::string& name, int error_number);

// Of an opening that a StopSignal ended.
[[nodiscard]] Error stopped_error(const std::string& name);

[[nodiscard]] OpenedLink open_usb(
    const UsbAddress& address, const Waiting& waiting, core::Millis deadline);
[[nodiscard]] OpenedLink open_serial(const SerialAddress& address, const Waiting& waiting);
[[nodiscard]] OpenedLink open_tcp(
    const TcpAddress& address, const Waiting& waiting, core::Millis deadline);
[[nodiscard]] OpenedLink open_device_link(const DeviceAddress& address, const Waiting& waiting);
[[nodiscard]] OpenedLink open_file_link(
    const FileAddress& address, const std::filesystem::path& folder, const Waiting& waiting);

}  // namespace linuxcash::links
