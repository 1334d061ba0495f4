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
    using Upper = std::array<char16_t, 128>;

    std::string_view name;  // as in printers.ini: "cp866"
    Upper upper;  // code points of the bytes 80 … FF; 0: no character
    // The bytes of Cyrillic letters, U+0400 … U+04FF, which are most of what is looked up; 0: none.
    std::array<unsigned char, 256> cyrillic;

    constexpr CodePage(std::string_view page, const Upper& codes)
        : name(page), upper(codes), cyrillic(cyrillic_bytes(codes)) {}

private:
    static constexpr std::array<unsigned char, 256> cyrillic_bytes(const Upper& codes) {
        std::array<unsigned char, 256> bytes{};
        for (unsigned index = 0; index < codes.size(); ++index) {
            if (codes[index] >> 8U == 0x04)
                bytes[codes[index] & 0xFFU] = static_cast<unsigned char>(0x80 + index);
        }
        return bytes;
    }
};

[[nodiscard]] std::span<const CodePage> code_pages();

// Nullptr when there is none of that name.
[[nodiscard]] const CodePage* find_code_page(std::string_view name);

// The byte that prints the character; nullopt when the page lacks it. Control characters are in no
// page.
[[nodiscard]] std::optional<char> byte_of(const CodePage& page, char32_t code);

}  // namespace linuxcash::printing
