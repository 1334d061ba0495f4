// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/barcodes.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace linuxcash::simulator {

namespace {

constexpr std::size_t kEanDigits = 13;
constexpr unsigned kEanHalf = 6;
constexpr int kCheckModulus = 103;

// Widths of space, bar, space, bar of the digits 0 … 9 in the set A.
constexpr std::array<std::string_view, 10> kEanWidths{"3211", "2221", "2122", "1411", "1132",
                                                      "1231", "1114", "1312", "1213", "3112"};
// Bit n: digit n + 1 of the left half is drawn in the set B.
constexpr std::array<unsigned, 10> kEanSets{0,    0x34, 0x2C, 0x1C, 0x32,
                                            0x26, 0x0E, 0x2A, 0x1A, 0x16};

// Widths of bar, space, … of the symbols 0 … 105; the stop has seven.
constexpr std::array<std::string_view, 106> kCode128{
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232"};
constexpr std::string_view kCode128Stop = "2331112";

std::string drawn(std::string_view widths, char first) {
    std::string modules;
    char colour = first;
    for (const char width : widths) {
        modules.append(static_cast<std::size_t>(width - '0'), colour);
        colour = colour == '1' ? '0' : '1';
    }
    return modules;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

char check_digit(std::string_view digits) {
    int sum = 0;
    for (std::size_t index = 0; index + 1 < kEanDigits; ++index)
        sum += (digits[index] - '0') * (index % 2 == 0 ? 1 : 3);
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

// The symbols of a Code 128, without check and stop.
class Code128 {
public:
    bool read(std::string_view data) {
        while (!data.empty()) {
            if (data[0] == '{') {
                if (data.size() < 2 || !choose(data[1])) return false;
                data.remove_prefix(2);
                continue;
            }
            if (set_ == 0) return false;
            const std::size_t used = set_ == 'C' ? pair(data) : letter(data[0]);
            if (used == 0) return false;
            data.remove_prefix(used);
        }
        return symbols_.size() > 1;
    }

    [[nodiscard]] BarcodePicture picture() const {
        int sum = symbols_.front();
        std::string modules;
        for (std::size_t index = 0; index < symbols_.size(); ++index) {
            sum += static_cast<int>(index) * symbols_[index];
            modules += drawn(kCode128.at(static_cast<std::size_t>(symbols_[index])), '1');
        }
        modules += drawn(kCode128.at(static_cast<std::size_t>(sum % kCheckModulus)), '1');
        return {text_, modules + drawn(kCode128Stop, '1')};
    }

private:
    bool choose(char set) {
        if (set == '{') return set_ == 'B' && letter('{') == 1;
        if (set < 'A' || set > 'C') return false;
        constexpr int kStartA = 103;
        constexpr int kToA = 101;  // and 100 to B, 99 to C
        symbols_.push_back(set_ == 0 ? kStartA + (set - 'A') : kToA - (set - 'A'));
        set_ = set;
        return true;
    }

    std::size_t letter(char byte) {
        constexpr int kSpace = 32;
        constexpr int kLastOfA = 95;
        const int code = static_cast<unsigned char>(byte);
        if (set_ == 'A' && code > kLastOfA) return 0;
        if (set_ == 'B' && (code < kSpace || code > 126)) return 0;
        symbols_.push_back(code < kSpace ? code + 64 : code - kSpace);
        text_ += byte;
        return 1;
    }

    // GS k gives set C as one byte for two digits.
    std::size_t pair(std::string_view data) {
        const int code = static_cast<unsigned char>(data[0]);
        if (code > 99) return 0;
        symbols_.push_back(code);
        text_ += static_cast<char>('0' + code / 10);
        text_ += static_cast<char>('0' + code % 10);
        return 1;
    }

    char set_ = 0;
    std::vector<int> symbols_;
    std::string text_;
};

}  // namespace

std::optional<BarcodePicture> draw_ean13(std::string_view digits) {
    if (!all_digits(digits) || digits.size() + 1 < kEanDigits || digits.size() > kEanDigits)
        return std::nullopt;
    const char check = check_digit(digits);
    if (digits.size() == kEanDigits && digits.back() != check) return std::nullopt;
    std::string all(digits.substr(0, kEanDigits - 1));
    all += check;
    std::string modules = "101";
    const unsigned sets = kEanSets.at(static_cast<std::size_t>(all[0] - '0'));
    for (unsigned index = 0; index < kEanHalf; ++index) {
        std::string widths(kEanWidths.at(static_cast<std::size_t>(all[index + 1] - '0')));
        if ((sets & (1U << index)) != 0) std::reverse(widths.begin(), widths.end());
        modules += drawn(widths, '0');
    }
    modules += "01010";
    for (unsigned index = kEanHalf; index < 2 * kEanHalf; ++index)
        modules += drawn(kEanWidths.at(static_cast<std::size_t>(all[index + 1] - '0')), '1');
    return BarcodePicture{all, modules + "101"};
}

std::optional<BarcodePicture> draw_code128(std::string_view data) {
    Code128 code;
    if (!code.read(data)) return std::nullopt;
    return code.picture();
}

}  // namespace linuxcash::simulator
