// SPDX-License-Identifier: Apache-2.0
// The firmware of the virtual printer: bytes of any maker become text, codes and a picture. It
// never fails; what it does not know is noted with its place. One thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "paper/bitmap.h"
#include "simulator/printer/commands.h"
#include "simulator/printer/profile.h"
#include "simulator/printer/roll.h"
#include "simulator/printer/status.h"

namespace linuxcash::simulator {

// What was strange, and where.
struct Remark {
    std::uint64_t offset = 0;  // bytes since the decoder was made
    Text text;
};

class Decoder {
public:
    explicit Decoder(PrinterProfile profile);
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    // In pieces of any size.
    void feed(std::string_view bytes);
    // Questions in the stream are answered from this.
    void set_state(const PrinterState& state) { state_ = state; }

    [[nodiscard]] const Roll& roll() const { return roll_; }
    [[nodiscard]] Roll& roll() { return roll_; }
    [[nodiscard]] const std::vector<Remark>& remarks() const { return remarks_; }
    // The bytes that the printer sends back for GS r, GS I, GS a and their like.
    [[nodiscard]] std::string take_answers();
    // Of the automatic status back; 0: it is off.
    [[nodiscard]] unsigned automatic_status() const { return automatic_status_; }
    [[nodiscard]] int drawer_pulses() const { return drawer_pulses_; }
    // Bytes of a command whose end has not come.
    [[nodiscard]] std::size_t waiting_bytes() const { return pending_.size(); }
    [[nodiscard]] std::uint64_t decoded_bytes() const { return offset_; }

private:
    using Handler = void (Decoder::*)(std::string_view);
    struct Entry {
        std::string_view prefix;
        Handler handler;
    };
    static const std::array<Entry, 54> kEntries;

    [[nodiscard]] static std::optional<Handler> handler_of(std::string_view prefix);

    void obey(std::string_view command, std::size_t prefix);
    void letter(unsigned char byte);
    void remark(Text text);
    void unknown(std::string_view command);

    void reset(std::string_view);
    void ignore(std::string_view) {}
    void not_imitated(std::string_view);
    void line_feed(std::string_view) { roll_.print_line(); }
    void tab(std::string_view) { roll_.tabulate(); }
    void cancel_two_byte(std::string_view) { two_byte_ = false; }
    void two_byte(std::string_view) { two_byte_ = true; }
    void usual_spacing(std::string_view) { roll_.set_spacing(kUsualSpacing); }
    void spacing(std::string_view parameters);
    void print_mode(std::string_view parameters);
    void underline(std::string_view parameters);
    void bold(std::string_view parameters);
    void font(std::string_view parameters);
    void letter_set(std::string_view parameters);
    void code_page(std::string_view parameters);
    void alignment(std::string_view parameters);
    void feed_lines(std::string_view parameters);
    void feed_dots(std::string_view parameters);
    void drawer(std::string_view parameters);
    void gap(std::string_view parameters);
    void absolute_position(std::string_view parameters);
    void relative_position(std::string_view parameters);
    void strip(std::string_view parameters);
    void size(std::string_view parameters);
    void upside_down(std::string_view parameters);
    void reverse(std::string_view parameters);
    void barcode_height(std::string_view parameters);
    void barcode_module(std::string_view parameters);
    void barcode_text(std::string_view parameters);
    void left_margin(std::string_view parameters);
    void print_width(std::string_view parameters);
    void send_paper(std::string_view parameters);
    void automatic(std::string_view parameters);
    void identify(std::string_view parameters);
    void cut(std::string_view parameters);
    void cut_at_once(std::string_view);
    void barcode(std::string_view parameters);
    void raster(std::string_view parameters);
    void function(std::string_view parameters);
    void long_graphics(std::string_view parameters);

    void finish_line(const char* command);
    void codes(std::string_view data);
    void draw_qr();
    void echo(std::string_view data);
    void graphics(std::string_view data);
    void store_graphics(std::string_view data);
    void draw_barcode(std::string_view data, bool ean);
    void digits(std::string_view data);
    void print_picture(const paper::Bitmap& picture);

    PrinterProfile profile_;
    std::map<int, Alphabet> alphabets_;
    Roll roll_;
    PrinterState state_;
    std::vector<Remark> remarks_;
    std::string answers_;
    std::string pending_;
    std::uint64_t offset_ = 0;  // of the command that is obeyed
    int drawer_pulses_ = 0;
    unsigned automatic_status_ = 0;

    paper::Lettering lettering_;
    int gap_ = 0;
    const Alphabet* alphabet_ = nullptr;
    bool two_byte_ = false;
    bool half_letter_ = false;  // of a letter of two bytes
    int barcode_height_ = 162;
    int barcode_module_ = 3;
    int barcode_text_ = 0;
    int qr_module_ = 3;
    int qr_level_ = 0;
    std::string qr_data_;
    std::optional<paper::Bitmap> graphics_;
};

}  // namespace linuxcash::simulator
