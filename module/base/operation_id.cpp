// SPDX-License-Identifier: Apache-2.0
#include "base/operation_id.h"

namespace linuxcash {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase32Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kBase32Length = 10;
constexpr std::size_t kBriefLength = 8;

}  // namespace

std::optional<OperationId> OperationId::parse(std::string_view hex) {
    OperationId id;
    if (hex.size() != id.bytes.size() * 2) return std::nullopt;
    for (std::size_t index = 0; index < id.bytes.size(); ++index) {
        const std::size_t high = kHexDigits.find(hex[index * 2]);
        const std::size_t low = kHexDigits.find(hex[index * 2 + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        id.bytes[index] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return id;
}

std::string OperationId::hex() const {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text.push_back(kHexDigits[byte / 16]);
        text.push_back(kHexDigits[byte % 16]);
    }
    return text;
}

std::string OperationId::base32() const {
    std::uint64_t first_bits = 0;
    for (std::size_t index = 0; index < 8; ++index)
        first_bits = first_bits << 8 | bytes[index];
    std::string text;
    for (std::size_t digit = 0; digit < kBase32Length; ++digit) {
        text.push_back(kBase32Digits[first_bits >> 59]);
        first_bits <<= 5;
    }
    return text;
}

std::string OperationId::brief() const {
    return hex().substr(0, kBriefLength);
}

}  // namespace linuxcash
