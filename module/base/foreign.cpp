// SPDX-License-Identifier: Apache-2.0
#include "base/foreign.h"

#include "base/printable.h"
#include "base/utf8.h"

namespace linuxcash {

std::string text_of(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

std::string readable_text_of(const char* text) {
    const std::string copy = text_of(text);
    return is_utf8(copy) ? copy : printable(copy);
}

void copy_text(std::string_view text, char* buffer, std::size_t size) {
    if (buffer == nullptr || size == 0) return;
    std::size_t length = std::min(text.size(), size - 1);
    // Continuation bytes of UTF-8 are 10xxxxxx.
    constexpr unsigned kContinuationMask = 0xC0U;
    constexpr unsigned kContinuation = 0x80U;
    while (length > 0 && length < text.size()
           && (static_cast<unsigned char>(text[length]) & kContinuationMask) == kContinuation) {
        --length;
    }
    std::memcpy(buffer, text.data(), length);
    buffer[length] = '\0';
}

}  // namespace linuxcash
