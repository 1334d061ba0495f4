// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace linuxcash::crypto {

Digest sha256(std::string_view bytes) {
    Digest digest{};
    unsigned int size = 0;
    const int done =
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
    if (done != 1 || size != digest.size()) {
        throw std::runtime_error("libcrypto cannot compute SHA-256");
    }
    return digest;
}

std::string hex(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text.push_back(kDigits[byte / 16]);
        text.push_back(kDigits[byte % 16]);
    }
    return text;
}

}  // namespace linuxcash::crypto
