// SPDX-License-Identifier: Apache-2.0
#include "base/secret.h"

#include <string.h>  // NOLINT: explicit_bzero is in no C++ header

#include <utility>

namespace linuxcash {

namespace {

// Up to the capacity: a moved-from short string still holds its bytes behind its length of zero.
void wipe_bytes(std::string& bytes) noexcept {
    bytes.resize(bytes.capacity());
    explicit_bzero(bytes.data(), bytes.size());
    bytes.clear();
}

bool continues_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

std::size_t character_count(std::string_view text) {
    std::size_t count = 0;
    for (const char byte : text)
        count += continues_character(byte) ? 0U : 1U;
    return count;
}

}  // namespace

Secret::Secret(std::string bytes) : bytes_(bytes) {
    wipe_bytes(bytes);
}

Secret::Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) {
    other.wipe();
}

Secret& Secret::operator=(const Secret& other) {
    if (this == &other) return *this;
    wipe();
    bytes_ = other.bytes_;
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    wipe();
    bytes_.swap(other.bytes_);
    other.wipe();
    return *this;
}

Secret::~Secret() {
    wipe();
}

void Secret::wipe() noexcept {
    wipe_bytes(bytes_);
}

std::string masked(std::string_view number, std::size_t shown) {
    const std::size_t count = character_count(number);
    const std::size_t hidden = count > 2 * shown ? count - shown : count;
    std::string text(hidden, '*');
    std::size_t seen = 0;
    for (const char byte : number) {
        seen += continues_character(byte) ? 0U : 1U;
        if (seen > hidden) text.push_back(byte);
    }
    return text;
}

}  // namespace linuxcash
