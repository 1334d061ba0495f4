// SPDX-License-Identifier: Apache-2.0
// What of this process is in memory. Any thread.
#pragma once

#include <cstdint>
#include <string>

namespace linuxcash::bench {

// A line of /proc/self/status in KiB; 0 when it is not there.
[[nodiscard]] std::int64_t status_kib(const std::string& name);

// At the moment of its making: everything that is resident and, of it, what no file backs.
struct Memory {
    std::int64_t all_kib = status_kib("VmRSS");
    std::int64_t private_kib = status_kib("RssAnon");
};

}  // namespace linuxcash::bench
