// SPDX-License-Identifier: Apache-2.0
#include "crypto/random.h"

#include <openssl/rand.h>

#include <algorithm>
#include <limits>

namespace linuxcash::crypto {

Result<> random_bytes(std::span<std::uint8_t> bytes) {
    constexpr std::size_t kAtOnce = std::numeric_limits<int>::max();
    while (!bytes.empty()) {
        const std::size_t count = std::min(bytes.size(), kAtOnce);
        if (RAND_bytes(bytes.data(), static_cast<int>(count)) != 1) {
            return Error{ErrorCode::Internal, tr("система не дала случайных чисел")};
        }
        bytes = bytes.subspan(count);
    }
    return Done{};
}

}  // namespace linuxcash::crypto
