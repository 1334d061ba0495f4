// SPDX-License-Identifier: Apache-2.0
// What crossed a C border, read and written with care. Pure, any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace linuxcash {

// The struct as we know it: read no further than the smaller of both sizes, with what its maker did
// not know as zero or null; nullopt when there is none.
template <typename Struct>
[[nodiscard]] std::optional<Struct> read_foreign(const Struct* foreign) {
    static_assert(std::is_trivially_copyable_v<Struct>);
    if (foreign == nullptr) return std::nullopt;
    decltype(Struct::size) size = 0;
    std::memcpy(&size, foreign, sizeof size);
    if (size < sizeof size) return std::nullopt;
    Struct copy{};
    std::memcpy(&copy, foreign, std::min<std::size_t>(size, sizeof copy));
    return copy;
}

// Null is an empty text.
[[nodiscard]] std::string text_of(const char* text);
// The same for texts that people read: bytes that are no UTF-8 are written out.
[[nodiscard]] std::string readable_text_of(const char* text);

// Writes as much of the text as fits into the caller's buffer with its zero; no letter is cut in
// two. Null or no room: writes nothing.
void copy_text(std::string_view text, char* buffer, std::size_t size);

}  // namespace linuxcash
