// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/profile.h"

#include <iconv.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace linuxcash::simulator {

namespace {

constexpr std::size_t kUpperHalf = 0x80;
constexpr const char* kKatakana = "CP932";  // its letters of one byte
// What Epson's Katakana page has besides the letters.
constexpr std::u32string_view kKatakanaLower = U"▁▂▃▄▅▆▇█▏▎▍▌▋▊▉┼┴┬┤├▔─│▕┌┐└┘╭╮╰╯";
constexpr std::u32string_view kKatakanaUpper = U"═╞╪╡◢◣◥◤♠♥♦♣●○╱╲╳円年月日時分秒〒市区町村人▒";
constexpr std::size_t kKatakanaUpperStart = 0x60;

class Converter {
public:
    explicit Converter(const char* from) : handle_(::iconv_open("UTF-32LE", from)) {}
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() {
        if (works()) ::iconv_close(handle_);
    }

    // What iconv_open says when it does not know the page is a pointer made of -1.
    [[nodiscard]] bool works() const { return reinterpret_cast<std::intptr_t>(handle_) != -1; }

    [[nodiscard]] char32_t letter(char byte) const {
        std::array<char, 8> out{};
        char* from = &byte;
        char* to = out.data();
        std::size_t left = 1;
        std::size_t room = out.size();
        if (::iconv(handle_, &from, &left, &to, &room) != 0 || room != 4) return 0;
        char32_t code = 0;
        std::memcpy(&code, out.data(), sizeof code);
        return code;
    }

private:
    iconv_t handle_;
};

std::vector<PrinterPage> epson_pages() {
    return {
        {0, "CP437"},   {1, kKatakana}, {2, "CP850"},   {16, "CP1252"},
        {17, "CP866"},  {18, "CP852"},  {19, "CP858"},  {34, "CP855"},
        {44, "CP1125"}, {46, "CP1251"}, {53, "RK1048"},
    };
}

PrinterProfile clone(std::string name, int dots, std::vector<PrinterPage> pages) {
    PrinterProfile profile;
    profile.name = std::move(name);
    profile.dots = dots;
    profile.pages = std::move(pages);
    profile.native_qr = false;
    profile.native_barcodes = false;
    profile.two_byte_at_start = true;
    profile.maker.clear();
    return profile;
}

}  // namespace

std::optional<Alphabet> read_alphabet(const char* iconv_name) {
    const Converter converter(iconv_name);
    if (!converter.works()) return std::nullopt;
    Alphabet alphabet{};
    for (std::size_t index = 0; index < alphabet.size(); ++index)
        alphabet.at(index) = converter.letter(static_cast<char>(kUpperHalf + index));
    if (iconv_name == std::string_view(kKatakana)) {
        std::copy(kKatakanaLower.begin(), kKatakanaLower.end(), alphabet.begin());
        std::copy(
            kKatakanaUpper.begin(), kKatakanaUpper.end(), alphabet.begin() + kKatakanaUpperStart);
    }
    return alphabet;
}

std::vector<PrinterProfile> printer_profiles() {
    PrinterProfile wide{.name = "epson-80", .pages = epson_pages(), .title = "TM-T20III"};
    PrinterProfile older = wide;
    older.name = "epson-512";
    older.dots = 512;
    older.title = "TM-T88V";
    PrinterProfile narrow = wide;
    narrow.name = "epson-58";
    narrow.dots = 384;
    narrow.title = "TM-P20";
    PrinterProfile netum =
        clone("nt-5890k", 384, {{0, "CP437"}, {17, "CP866"}, {59, "CP866"}, {73, "CP1251"}});
    netum.native_barcodes = true;
    netum.cutter = false;
    PrinterProfile plain = clone("clone-58", 384, {{0, "CP437"}, {17, "CP866"}});
    plain.cutter = false;
    PrinterProfile star = wide;
    star.name = "star";
    star.pages = {{1, "CP437"}, {10, "CP866"}, {34, "CP1251"}, {5, "CP852"}, {4, "CP858"}};
    star.maker = "Star";
    star.title = "TSP100";
    PrinterProfile citizen = wide;
    citizen.name = "citizen";
    citizen.pages = {{0, "CP437"}, {7, "CP866"}};
    citizen.maker = "CITIZEN";
    citizen.title = "CT-S651";
    return {wide,  older, narrow, clone("clone-80", 576, {{0, "CP437"}, {17, "CP866"}}),
            plain, netum, star,   citizen};
}

std::optional<PrinterProfile> find_printer_profile(std::string_view name) {
    const std::vector<PrinterProfile> profiles = printer_profiles();
    for (const PrinterProfile& profile : profiles) {
        if (profile.name == name) return profile;
    }
    return std::nullopt;
}

}  // namespace linuxcash::simulator
