// SPDX-License-Identifier: Apache-2.0
#include "printing/wording.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <variant>

#include "base/utf8.h"
#include "core/cells.h"
#include "paper/glyphs.h"
#include "printing/letters.h"

namespace linuxcash::printing {

namespace {

namespace slip = core::slip;
using Pages = std::span<const CodePage* const>;

struct Way {
    std::u32string_view characters;
    std::string_view instead;
};

// The earlier of two ways for one character is the better one.
constexpr std::array<Way, 219> kWays{{
    {U"\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "},
    {U"\u00ad\u200b\u200c\u200d\u2060", ""},
    {U"І", "I"},
    {U"і", "i"},
    {U"Ї", "I"},
    {U"ї", "i"},
    {U"Ў", "У"},
    {U"ў", "у"},
    {U"Ё", "Е"},
    {U"ё", "е"},
    {U"Є", "Е"},
    {U"є", "е"},
    {U"Ґ", "Г"},
    {U"ґ", "г"},
    {U"Ј", "J"},
    {U"ј", "j"},
    {U"Ѕ", "S"},
    {U"ѕ", "s"},
    {U"Ә", "А"},
    {U"ә", "а"},
    {U"Ғ", "Г"},
    {U"ғ", "г"},
    {U"Қ", "К"},
    {U"қ", "к"},
    {U"Ң", "Н"},
    {U"ң", "н"},
    {U"Ө", "О"},
    {U"ө", "о"},
    {U"ҰҮ", "У"},
    {U"ұү", "у"},
    {U"Һ", "Х"},
    {U"һ", "h"},
    {U"№", "No"},
    {U"₽", "руб."},
    {U"₽", "RUB"},
    {U"€", "EUR"},
    {U"₸", "тг"},
    {U"₸", "KZT"},
    {U"₴", "грн"},
    {U"₴", "UAH"},
    {U"£", "GBP"},
    {U"¥", "JPY"},
    {U"«»“”„‟″", "\""},
    {U"‘’‚‛′ʼ`´", "'"},
    {U"‹", "<"},
    {U"›", ">"},
    {U"‐‑‒–—―−", "-"},
    {U"…", "..."},
    {U"•·∙●◦‣⁃", "*"},
    {U"×", "x"},
    {U"÷", "/"},
    {U"±", "+/-"},
    {U"≤", "<="},
    {U"≥", ">="},
    {U"≠", "<>"},
    {U"≈", "~"},
    {U"→", "->"},
    {U"←", "<-"},
    {U"✓✔", "+"},
    {U"✗✘", "x"},
    {U"™", "(TM)"},
    {U"©", "(C)"},
    {U"®", "(R)"},
    {U"°", "o"},
    {U"²", "2"},
    {U"³", "3"},
    {U"¹", "1"},
    {U"½", "1/2"},
    {U"¼", "1/4"},
    {U"¾", "3/4"},
    {U"§", "par."},
    {U"¦", "|"},
    {U"¬", "-"},
    {U"µ", "u"},
    {U"─━═╌╍┄┅", "-"},
    {U"│┃║╎╏┆┇", "|"},
    {U"┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╯╰", "+"},
    {U"█▓▒░■▌▐▄▀", "#"},
    {U"ÀÁÂÃÄÅĀĂĄ", "A"},
    {U"àáâãäåāăą", "a"},
    {U"ÇĆĈĊČ", "C"},
    {U"çćĉċč", "c"},
    {U"ĎĐÐ", "D"},
    {U"ďđð", "d"},
    {U"ÈÉÊËĒĔĖĘĚ", "E"},
    {U"èéêëēĕėęě", "e"},
    {U"ĜĞĠĢ", "G"},
    {U"ĝğġģ", "g"},
    {U"ĤĦ", "H"},
    {U"ĥħ", "h"},
    {U"ÌÍÎÏĨĪĬĮİ", "I"},
    {U"ìíîïĩīĭįı", "i"},
    {U"Ĵ", "J"},
    {U"ĵ", "j"},
    {U"Ķ", "K"},
    {U"ķ", "k"},
    {U"ĹĻĽĿŁ", "L"},
    {U"ĺļľŀł", "l"},
    {U"ÑŃŅŇ", "N"},
    {U"ñńņň", "n"},
    {U"ÒÓÔÕÖØŌŎŐ", "O"},
    {U"òóôõöøōŏő", "o"},
    {U"ŔŖŘ", "R"},
    {U"ŕŗř", "r"},
    {U"ŚŜŞŠȘ", "S"},
    {U"śŝşšș", "s"},
    {U"ŢŤŦȚ", "T"},
    {U"ţťŧț", "t"},
    {U"ÙÚÛÜŨŪŬŮŰŲ", "U"},
    {U"ùúûüũūŭůűų", "u"},
    {U"Ŵ", "W"},
    {U"ŵ", "w"},
    {U"ÝŶŸ", "Y"},
    {U"ýŷÿ", "y"},
    {U"ŹŻŽ", "Z"},
    {U"źżž", "z"},
    {U"Æ", "AE"},
    {U"æ", "ae"},
    {U"Œ", "OE"},
    {U"œ", "oe"},
    {U"ß", "ss"},
    {U"Þ", "Th"},
    {U"þ", "th"},
    {U"А", "A"},
    {U"а", "a"},
    {U"Б", "B"},
    {U"б", "b"},
    {U"В", "V"},
    {U"в", "v"},
    {U"Г", "G"},
    {U"г", "g"},
    {U"Д", "D"},
    {U"д", "d"},
    {U"Е", "E"},
    {U"е", "e"},
    {U"З", "Z"},
    {U"з", "z"},
    {U"И", "I"},
    {U"и", "i"},
    {U"Й", "Y"},
    {U"й", "y"},
    {U"К", "K"},
    {U"к", "k"},
    {U"Л", "L"},
    {U"л", "l"},
    {U"М", "M"},
    {U"м", "m"},
    {U"Н", "N"},
    {U"н", "n"},
    {U"О", "O"},
    {U"о", "o"},
    {U"П", "P"},
    {U"п", "p"},
    {U"Р", "R"},
    {U"р", "r"},
    {U"С", "S"},
    {U"с", "s"},
    {U"Т", "T"},
    {U"т", "t"},
    {U"У", "U"},
    {U"у", "u"},
    {U"Ф", "F"},
    {U"ф", "f"},
    {U"Ы", "Y"},
    {U"ы", "y"},
    {U"Э", "E"},
    {U"э", "e"},
    {U"Ж", "Zh"},
    {U"ж", "zh"},
    {U"Х", "Kh"},
    {U"х", "kh"},
    {U"Ц", "Ts"},
    {U"ц", "ts"},
    {U"Ч", "Ch"},
    {U"ч", "ch"},
    {U"Ш", "Sh"},
    {U"ш", "sh"},
    {U"Щ", "Shch"},
    {U"щ", "shch"},
    {U"Ъ", ""},
    {U"ъ", ""},
    {U"Ь", "'"},
    {U"ь", "'"},
    {U"Ю", "Yu"},
    {U"ю", "yu"},
    {U"Я", "Ya"},
    {U"я", "ya"},
    {U"Ё", "E"},
    {U"ё", "e"},
    {U"Ў", "U"},
    {U"ў", "u"},
    {U"Є", "E"},
    {U"є", "e"},
    {U"Ґ", "G"},
    {U"ґ", "g"},
    {U"Ә", "A"},
    {U"ә", "a"},
    {U"Ғ", "G"},
    {U"ғ", "g"},
    {U"Қ", "K"},
    {U"қ", "k"},
    {U"Ң", "N"},
    {U"ң", "n"},
    {U"Ө", "O"},
    {U"ө", "o"},
    {U"ҰҮ", "U"},
    {U"ұү", "u"},
    {U"Һ", "H"},
    {U"һ", "h"},
    {U"Љ", "Lj"},
    {U"љ", "lj"},
    {U"Њ", "Nj"},
    {U"њ", "nj"},
    {U"Ћ", "C"},
    {U"ћ", "c"},
    {U"Ђ", "Dj"},
    {U"ђ", "dj"},
    {U"Џ", "Dz"},
    {U"џ", "dz"},
}};

struct Composition {
    char32_t letter;
    char32_t mark;
    std::string_view together;
};

constexpr std::array<Composition, 8> kCompositions{{
    {U'и', U'\u0306', "й"},
    {U'И', U'\u0306', "Й"},
    {U'е', U'\u0308', "ё"},
    {U'Е', U'\u0308', "Ё"},
    {U'у', U'\u0306', "ў"},
    {U'У', U'\u0306', "Ў"},
    {U'і', U'\u0308', "ї"},
    {U'І', U'\u0308', "Ї"},
}};

bool is_printed(char32_t code, Pages pages) {
    return std::any_of(pages.begin(), pages.end(), [code](const CodePage* page) {
        return byte_of(*page, code).has_value();
    });
}

// Latin, Greek and Cyrillic ones.
bool is_letter(char32_t code) {
    constexpr char32_t kTimes = 0xD7;
    constexpr char32_t kDivided = 0xF7;
    return code >= 0xC0 && code < 0x530 && code != kTimes && code != kDivided;
}

// Letters that another one looks like, or that everybody writes in that way.
bool is_spelled_well(char32_t code) {
    constexpr std::u32string_view kAsGood = U"ІіЈјЅѕЁё";
    return !is_letter(code) || kAsGood.find(code) != std::u32string_view::npos;
}

std::optional<std::string_view> replacement(char32_t code, Pages pages) {
    for (const Way& way : kWays) {
        const bool meant = way.characters.find(code) != std::u32string_view::npos;
        if (meant && printing::is_printed(way.instead, pages)) return way.instead;
    }
    return std::nullopt;
}

// Where the mark and the letter before it are one letter of their own.
std::optional<std::string_view> composed(char32_t letter, char32_t mark) {
    for (const Composition& each : kCompositions) {
        if (each.letter == letter && each.mark == mark) return each.together;
    }
    return std::nullopt;
}

class Wording {
public:
    Wording(Pages pages, Missing missing) : pages_(pages), missing_(missing) {}

    void put(std::string_view character) {
        const char32_t code = first_letter(character).code;
        if (core::cell_width(code) == 0) return mark(code);
        letter_ = code;
        letter_at_ = text_.size();
        put_printed(character, code);
    }

    void keep(std::string_view character) {
        letter_ = 0;
        text_ += character;
    }

    std::string text() && { return std::move(text_); }

private:
    void mark(char32_t code) {
        const auto together = composed(letter_, code);
        if (!together) return;
        text_.erase(letter_at_);
        letter_ = 0;
        put_printed(*together, utf8_code_point(*together));
    }

    void put_printed(std::string_view character, char32_t code) {
        if (is_printed(code, pages_)) {
            text_ += character;
            return;
        }
        const auto instead = replacement(code, pages_);
        const bool drawn = missing_ == Missing::Drawn && paper::has_glyph(code);
        text_ += drawn && !(instead && is_spelled_well(code)) ? character : instead.value_or("?");
    }

    Pages pages_;
    Missing missing_;
    std::string text_;
    char32_t letter_ = 0;  // the last one, which a mark may change; 0: none
    std::size_t letter_at_ = 0;
};

class ElementWording {
public:
    ElementWording(Pages pages, Missing missing) : pages_(pages), missing_(missing) {}

    void operator()(slip::Text& text) const { word(text.text); }
    void operator()(slip::Pair& pair) const {
        word(pair.left);
        word(pair.right);
        word(pair.separator);
    }
    void operator()(slip::Line& line) const { word(line.symbol); }
    void operator()(slip::Columns& columns) const {
        for (slip::Column& column : columns.columns)
            word(column.text);
    }
    void operator()(slip::Image& image) const { word(image.text); }
    void operator()(slip::Br&) const {}
    void operator()(slip::Cut&) const {}
    void operator()(slip::QrCode&) const {}
    void operator()(slip::Barcode&) const {}
    void operator()(slip::Target&) const {}

private:
    void word(std::string& text) const { text = worded(text, pages_, missing_); }

    Pages pages_;
    Missing missing_;
};

}  // namespace

bool is_printed(std::string_view text, Pages pages) {
    while (!text.empty()) {
        const Letter letter = first_letter(text);
        if (!is_printed(letter.code, pages)) return false;
        text.remove_prefix(letter.bytes);
    }
    return true;
}

std::string worded(std::string_view text, Pages pages, Missing missing) {
    Wording wording(pages, missing);
    while (!text.empty()) {
        std::size_t ascii = 0;
        while (ascii < text.size() && static_cast<unsigned char>(text[ascii]) < 0x80)
            ++ascii;
        if (ascii > 0) wording.keep(text.substr(0, ascii));
        text.remove_prefix(ascii);
        const std::size_t size = utf8_character_size(text);
        if (text.empty()) break;
        // A byte that is no text stays; the layout writes it out.
        if (size == 0) wording.keep(text.substr(0, 1));
        if (size > 0) wording.put(text.substr(0, size));
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return std::move(wording).text();
}

slip::Slip worded(const slip::Slip& slip, Pages pages, Missing missing) {
    slip::Slip copy = slip;
    for (slip::Element& element : copy.elements)
        std::visit(ElementWording(pages, missing), element);
    return copy;
}

}  // namespace linuxcash::printing
