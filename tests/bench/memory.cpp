// SPDX-License-Identifier: Apache-2.0
#include "bench/memory.h"

#include <fstream>

namespace linuxcash::bench {

std::int64_t status_kib(const std::string& name) {
    std::ifstream status("/proc/self/status");
    std::string word;
    std::int64_t number = 0;
    while (status >> word) {
        if (word == name + ":" && status >> number) return number;
    }
    return 0;
}

}  // namespace linuxcash::bench
