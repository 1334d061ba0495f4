// SPDX-License-Identifier: Apache-2.0
// The one-byte alphabets of receipt printers. Constant tables, any thread.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace linuxcash::printing {

// The lower half of every page is ASCII.
struct CodePage {
    std::string_view name;  // as in printers.ini: "cp866"
    std::array<char16_t, 128> upper;  // code points of the bytes 80 … FF; 0: no character
};

[[nodiscard]] std::span<const CodePage> code_pages();

// Nullptr when there is none of that name.
[[nodiscard]] const CodePage* find_code_page(std::string_view name);

// The byte that prints the character; nullopt when the page lacks it. Control characters are in no
// page.
[[nodiscard]] std::optional<char> byte_of(const CodePage& page, char32_t code);

}  // namespace linuxcash::printing
