// SPDX-License-Identifier: Apache-2.0
#include "simulator/digest.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

namespace linuxcash::simulator {

std::string sha256_hex(std::string_view bytes) {
    constexpr std::string_view kHexadecimal = "0123456789abcdef";
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::string text;
    for (const unsigned char byte : digest) {
        text += kHexadecimal[byte >> 4];
        text += kHexadecimal[byte & 0x0fU];
    }
    return text;
}

std::string base64(std::string_view bytes) {
    // EVP_EncodeBlock ends its text with a zero byte.
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int length = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(text.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

}  // namespace linuxcash::simulator
