// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

namespace linuxcash {

namespace {

constexpr unsigned char byte_at(std::string_view bytes, std::size_t index) {
    return static_cast<unsigned char>(bytes[index]);
}

// The size that the first byte announces; 0 when it cannot begin a character.
constexpr std::size_t announced_size(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

// The second byte alone decides about overlong forms, surrogates and the end of Unicode.
constexpr bool second_byte_fits(unsigned char lead, unsigned char second) {
    if (lead == 0xE0) return second >= 0xA0 && second <= 0xBF;
    if (lead == 0xED) return second >= 0x80 && second <= 0x9F;
    if (lead == 0xF0) return second >= 0x90 && second <= 0xBF;
    if (lead == 0xF4) return second >= 0x80 && second <= 0x8F;
    return second >= 0x80 && second <= 0xBF;
}

}  // namespace

std::size_t utf8_character_size(std::string_view bytes) {
    if (bytes.empty()) return 0;
    const unsigned char lead = byte_at(bytes, 0);
    const std::size_t size = announced_size(lead);
    if (size < 2) return size;
    if (size == 2) return bytes.size() > 1 && (byte_at(bytes, 1) & 0xC0U) == 0x80 ? 2 : 0;
    if (bytes.size() < size || !second_byte_fits(lead, byte_at(bytes, 1))) return 0;
    for (std::size_t index = 2; index < size; ++index) {
        const unsigned char next = byte_at(bytes, index);
        if (next < 0x80 || next > 0xBF) return 0;
    }
    return size;
}

bool is_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t size = utf8_character_size(bytes);
        if (size == 0) return false;
        bytes.remove_prefix(size);
    }
    return true;
}

char32_t utf8_code_point(std::string_view bytes) {
    if (bytes.empty()) return 0;
    const std::size_t size = utf8_character_size(bytes);
    if (size < 2) return byte_at(bytes, 0);
    // A lead byte of n bytes keeps 7 - n bits of its own.
    char32_t code = byte_at(bytes, 0) & (0x7FU >> size);
    for (std::size_t index = 1; index < size; ++index)
        code = (code << 6U) | (byte_at(bytes, index) & 0x3FU);
    return code;
}

}  // namespace linuxcash
