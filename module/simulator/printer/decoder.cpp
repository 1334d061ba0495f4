// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/decoder.h"

#include <algorithm>
#include <array>
#include <utility>

namespace linuxcash::simulator {

namespace {

constexpr unsigned char kUpperHalf = 0x80;
constexpr char32_t kNoLetter = 0xFFFD;
constexpr char32_t kChinese = 0x3013;  // the mark for "some Chinese letter"
constexpr std::size_t kRemarksMax = 1000;

unsigned byte_at(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

int number_at(std::string_view bytes, std::size_t at) {
    return static_cast<int>(byte_at(bytes, at) | (byte_at(bytes, at + 1) << 8U));
}

// Numbers may be given as themselves or as digits.
unsigned switch_at(std::string_view bytes, std::size_t at) {
    const unsigned byte = byte_at(bytes, at);
    return byte >= '0' && byte <= '9' ? byte - '0' : byte;
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr std::size_t kShown = 8;
    std::string text;
    for (const char byte : bytes.substr(0, kShown)) {
        const auto value = static_cast<unsigned char>(byte);
        if (!text.empty()) text += ' ';
        text += kDigits[value >> 4U];
        text += kDigits[value & 0x0FU];
    }
    return bytes.size() > kShown ? text + " …" : text;
}

}  // namespace

Decoder::Decoder(PrinterProfile profile) : profile_(std::move(profile)), roll_(profile_.dots) {
    for (const PrinterPage& page : profile_.pages) {
        const auto alphabet = read_alphabet(page.name.c_str());
        if (alphabet) alphabets_[page.number] = *alphabet;
    }
    reset({});
}

const std::array<Decoder::Entry, 54> Decoder::kEntries{{
    {"\n", &Decoder::line_feed},
    {"\r", &Decoder::ignore},
    {"\t", &Decoder::tab},
    {"\x1B@", &Decoder::reset},
    {"\x1B"
     "2",
     &Decoder::usual_spacing},
    {"\x1B"
     "3",
     &Decoder::spacing},
    {"\x1B!", &Decoder::print_mode},
    {"\x1B-", &Decoder::underline},
    {"\x1B"
     "E",
     &Decoder::bold},
    {"\x1BG", &Decoder::bold},
    {"\x1BM", &Decoder::font},
    {"\x1BR", &Decoder::letter_set},
    {"\x1Bt", &Decoder::code_page},
    {"\x1B"
     "a",
     &Decoder::alignment},
    {"\x1B"
     "d",
     &Decoder::feed_lines},
    {"\x1BJ", &Decoder::feed_dots},
    {"\x1Bp", &Decoder::drawer},
    {"\x1B ", &Decoder::gap},
    {"\x1B$", &Decoder::absolute_position},
    {"\x1B\\", &Decoder::relative_position},
    {"\x1B*", &Decoder::strip},
    {"\x1B=", &Decoder::ignore},
    {"\x1BS", &Decoder::ignore},
    {"\x1B"
     "c",
     &Decoder::ignore},
    {"\x1BU", &Decoder::ignore},
    {"\x1Bi", &Decoder::cut_at_once},
    {"\x1Bm", &Decoder::cut_at_once},
    {"\x1D!", &Decoder::size},
    {"\x1D"
     "B",
     &Decoder::reverse},
    {"\x1Dh", &Decoder::barcode_height},
    {"\x1Dw", &Decoder::barcode_module},
    {"\x1DH", &Decoder::barcode_text},
    {"\x1D"
     "f",
     &Decoder::ignore},
    {"\x1DL", &Decoder::left_margin},
    {"\x1DW", &Decoder::print_width},
    {"\x1Dr", &Decoder::send_paper},
    {"\x1D"
     "a",
     &Decoder::automatic},
    {"\x1DI", &Decoder::identify},
    {"\x1DV", &Decoder::cut},
    {"\x1Dk", &Decoder::barcode},
    {"\x1Dv", &Decoder::raster},
    {"\x1D(", &Decoder::function},
    {"\x1D"
     "8",
     &Decoder::long_graphics},
    {"\x1C.", &Decoder::cancel_two_byte},
    {"\x1C&", &Decoder::two_byte},
    // What Chinese and Japanese letters look like.
    {"\x1C!", &Decoder::ignore},
    {"\x1C-", &Decoder::ignore},
    {"\x1CS", &Decoder::ignore},
    {"\x1C(", &Decoder::ignore},
    {"\x1C"
     "C",
     &Decoder::ignore},
    {"\x1B{", &Decoder::upside_down},
    {"\x1DP", &Decoder::ignore},
    {"\x10\x04", &Decoder::ignore},  // answered when it came
    {"\x10\x14", &Decoder::ignore},  // obeyed when it came
}};
std::optional<Decoder::Handler> Decoder::handler_of(std::string_view prefix) {
    const auto* const found = std::find_if(
        kEntries.begin(), kEntries.end(),
        [prefix](const Entry& entry) { return entry.prefix == prefix; });
    if (found == kEntries.end()) return std::nullopt;
    return found->handler;
}

void Decoder::feed(std::string_view bytes) {
    pending_ += bytes;
    std::size_t done = 0;
    while (done < pending_.size()) {
        const std::string_view rest = std::string_view(pending_).substr(done);
        const auto command = next_command(rest);
        if (!command) break;
        if (command->kind == Command::Kind::Letter) letter(static_cast<unsigned char>(rest[0]));
        if (command->kind == Command::Kind::Unknown) unknown(rest.substr(0, command->size));
        if (command->kind == Command::Kind::Known)
            obey(rest.substr(0, command->size), command->prefix);
        done += command->size;
        offset_ += command->size;
    }
    pending_.erase(0, done);
}

void Decoder::obey(std::string_view command, std::size_t prefix) {
    half_letter_ = false;
    const auto handler = handler_of(command.substr(0, prefix));
    if (!handler) return not_imitated(command);
    (this->**handler)(command.substr(prefix));
}

void Decoder::letter(unsigned char byte) {
    if (half_letter_) {
        half_letter_ = false;
        paper::Lettering both = lettering_;
        both.wide *= 2;
        return roll_.put(kChinese, both, gap_);
    }
    if (byte < kUpperHalf) return roll_.put(byte, lettering_, gap_);
    half_letter_ = two_byte_;
    if (two_byte_) return;
    const std::size_t index = byte - kUpperHalf;
    const char32_t code = alphabet_ == nullptr ? 0 : alphabet_->at(index);
    roll_.put(code == 0 ? kNoLetter : code, lettering_, gap_);
}

void Decoder::remark(Text text) {
    if (remarks_.size() < kRemarksMax) remarks_.push_back({offset_, std::move(text)});
}

void Decoder::unknown(std::string_view command) {
    if (command == std::string_view("\0", 1)) return;  // printers wait with zeros
    remark(tr("неизвестная команда %1", hex(command)));
}

void Decoder::not_imitated(std::string_view command) {
    remark(tr("команда %1 не поддерживается этим принтером", hex(command)));
}

std::string Decoder::take_answers() {
    return std::exchange(answers_, {});
}

void Decoder::reset(std::string_view) {
    roll_.reset();
    lettering_ = {};
    gap_ = 0;
    half_letter_ = false;
    two_byte_ = profile_.two_byte_at_start;
    automatic_status_ = 0;
    barcode_height_ = 162;
    barcode_module_ = 3;
    barcode_text_ = 0;
    qr_module_ = 3;
    qr_level_ = 0;
    qr_data_.clear();
    graphics_.reset();
    alphabet_ = nullptr;
    const auto first = alphabets_.find(0);
    if (first != alphabets_.end()) alphabet_ = &first->second;
}

void Decoder::finish_line(const char* command) {
    if (roll_.line_is_empty()) return;
    remark(tr("%1 посреди строки: строка напечатана раньше", command));
    roll_.print_line();
}

void Decoder::spacing(std::string_view parameters) {
    roll_.set_spacing(static_cast<int>(byte_at(parameters, 0)));
}

void Decoder::print_mode(std::string_view parameters) {
    const unsigned mode = byte_at(parameters, 0);
    lettering_.face = (mode & 0x01U) != 0 ? paper::Face::Small : paper::Face::Usual;
    lettering_.bold = (mode & 0x08U) != 0;
    lettering_.high = (mode & 0x10U) != 0 ? 2 : 1;
    lettering_.wide = (mode & 0x20U) != 0 ? 2 : 1;
    lettering_.underlined = (mode & 0x80U) != 0;
}

void Decoder::underline(std::string_view parameters) {
    lettering_.underlined = switch_at(parameters, 0) != 0;
}

void Decoder::bold(std::string_view parameters) {
    lettering_.bold = (byte_at(parameters, 0) & 1U) != 0;
}

void Decoder::font(std::string_view parameters) {
    const unsigned number = switch_at(parameters, 0);
    lettering_.face = number == 1 ? paper::Face::Small : paper::Face::Usual;
    if (number > 1) remark(tr("шрифта %1 нет", number));
}

void Decoder::letter_set(std::string_view parameters) {
    const unsigned number = byte_at(parameters, 0);
    if (number != 0) remark(tr("международный набор %1 не поддерживается", number));
}

void Decoder::code_page(std::string_view parameters) {
    const unsigned number = byte_at(parameters, 0);
    const auto found = alphabets_.find(static_cast<int>(number));
    alphabet_ = found == alphabets_.end() ? nullptr : &found->second;
    if (alphabet_ == nullptr) remark(tr("кодовой страницы %1 у этого принтера нет", number));
}

void Decoder::alignment(std::string_view parameters) {
    const unsigned place = switch_at(parameters, 0);
    if (!roll_.line_is_empty())
        return remark(tr("выравнивание посреди строки: принтер его не заметил"));
    if (place == 0) roll_.align(Place::Left);
    if (place == 1) roll_.align(Place::Middle);
    if (place == 2) roll_.align(Place::Right);
    if (place > 2) remark(tr("выравнивания %1 нет", place));
}

void Decoder::feed_lines(std::string_view parameters) {
    const int lines = static_cast<int>(byte_at(parameters, 0));
    roll_.print_and_feed(lines * roll_.spacing());
}

void Decoder::feed_dots(std::string_view parameters) {
    roll_.print_and_feed(static_cast<int>(byte_at(parameters, 0)));
}

void Decoder::drawer(std::string_view) {
    ++drawer_pulses_;
}

void Decoder::gap(std::string_view parameters) {
    gap_ = static_cast<int>(byte_at(parameters, 0));
}

void Decoder::absolute_position(std::string_view parameters) {
    roll_.move_to(number_at(parameters, 0));
}

void Decoder::relative_position(std::string_view parameters) {
    constexpr int kHalf = 0x8000;
    const int step = number_at(parameters, 0);
    roll_.move_to(roll_.cursor() + (step >= kHalf ? step - 2 * kHalf : step));
}

void Decoder::size(std::string_view parameters) {
    constexpr unsigned kLargest = 7;
    const unsigned wide = byte_at(parameters, 0) >> 4U;
    const unsigned high = byte_at(parameters, 0) & 0x0FU;
    if (wide > kLargest || high > kLargest)
        return remark(tr("размера букв %1 × %2 нет", wide + 1, high + 1));
    lettering_.wide = static_cast<int>(wide) + 1;
    lettering_.high = static_cast<int>(high) + 1;
}

void Decoder::upside_down(std::string_view parameters) {
    if ((byte_at(parameters, 0) & 1U) != 0) remark(tr("печать вверх ногами не поддерживается"));
}

void Decoder::reverse(std::string_view parameters) {
    lettering_.reversed = (byte_at(parameters, 0) & 1U) != 0;
}

void Decoder::left_margin(std::string_view parameters) {
    roll_.set_left_margin(number_at(parameters, 0));
}

void Decoder::print_width(std::string_view parameters) {
    roll_.set_width(number_at(parameters, 0));
}

void Decoder::send_paper(std::string_view parameters) {
    const auto answer = queued_status(state_, static_cast<int>(byte_at(parameters, 0)));
    if (answer) answers_ += *answer;
}

void Decoder::automatic(std::string_view parameters) {
    automatic_status_ = byte_at(parameters, 0);
    if (automatic_status_ != 0) answers_ += simulator::automatic_status(state_);
}

void Decoder::identify(std::string_view parameters) {
    const unsigned number = byte_at(parameters, 0);
    if (profile_.maker.empty()) return;
    const auto named = [this](const std::string& text) { answers_ += "_" + text + '\0'; };
    if (number == 'A') named("1.00 ESC/POS");
    if (number == 'B') named(profile_.maker);
    if (number == 'C') named(profile_.title);
    if (number == 'D') named("SIM0000001");
    if (number == 1 || number == '1') answers_ += '\x20';
    if (number == 2 || number == '2') answers_ += '\x02';
    if (number == 3 || number == '3') answers_ += '\x01';
}

void Decoder::cut(std::string_view parameters) {
    finish_line("GS V");
    const unsigned function = byte_at(parameters, 0);
    const bool partly =
        function == 1 || function == '1' || function == 'B' || function == 'b' || function == 'h';
    if (parameters.size() > 1 && (profile_.cutter || function == 'A'))
        roll_.feed(static_cast<int>(byte_at(parameters, 1)));
    if (profile_.cutter) roll_.cut(partly ? Severed::Partly : Severed::Wholly);
}

void Decoder::cut_at_once(std::string_view) {
    cut(std::string_view("\1", 1));
}

}  // namespace linuxcash::simulator
