// SPDX-License-Identifier: Apache-2.0
#include "gateways/oplati/scanned_code.h"

#include <array>
#include <utility>

#include "base/utf8.h"

namespace linuxcash::oplati {
namespace {

using KeyPair = std::pair<std::string_view, char>;

// The letters of the Russian layout and what the same key gives in the Latin one.
constexpr std::array<KeyPair, 66> kKeys{{
    {"й", 'q'}, {"ц", 'w'}, {"у", 'e'}, {"к", 'r'}, {"е", 't'}, {"н", 'y'}, {"г", 'u'},  {"ш", 'i'},
    {"щ", 'o'}, {"з", 'p'}, {"х", '['}, {"ъ", ']'}, {"ф", 'a'}, {"ы", 's'}, {"в", 'd'},  {"а", 'f'},
    {"п", 'g'}, {"р", 'h'}, {"о", 'j'}, {"л", 'k'}, {"д", 'l'}, {"ж", ';'}, {"э", '\''}, {"я", 'z'},
    {"ч", 'x'}, {"с", 'c'}, {"м", 'v'}, {"и", 'b'}, {"т", 'n'}, {"ь", 'm'}, {"б", ','},  {"ю", '.'},
    {"ё", '`'}, {"Й", 'Q'}, {"Ц", 'W'}, {"У", 'E'}, {"К", 'R'}, {"Е", 'T'}, {"Н", 'Y'},  {"Г", 'U'},
    {"Ш", 'I'}, {"Щ", 'O'}, {"З", 'P'}, {"Х", '{'}, {"Ъ", '}'}, {"Ф", 'A'}, {"Ы", 'S'},  {"В", 'D'},
    {"А", 'F'}, {"П", 'G'}, {"Р", 'H'}, {"О", 'J'}, {"Л", 'K'}, {"Д", 'L'}, {"Ж", ':'},  {"Э", '"'},
    {"Я", 'Z'}, {"Ч", 'X'}, {"С", 'C'}, {"М", 'V'}, {"И", 'B'}, {"Т", 'N'}, {"Ь", 'M'},  {"Б", '<'},
    {"Ю", '>'}, {"Ё", '~'},
}};

}  // namespace

std::string_view without_blanks_around(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string scanned_code(std::string_view text) {
    std::string code;
    std::string_view rest = without_blanks_around(text);
    while (!rest.empty()) {
        const std::size_t size = utf8_character_size(rest);
        const std::string_view character = rest.substr(0, size == 0 ? 1 : size);
        rest.remove_prefix(character.size());
        const KeyPair* key = nullptr;
        for (const KeyPair& each : kKeys) {
            if (each.first == character) key = &each;
        }
        if (key != nullptr) {
            code += key->second;
        } else {
            code += character;
        }
    }
    return code;
}

}  // namespace linuxcash::oplati
