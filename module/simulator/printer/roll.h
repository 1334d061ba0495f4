// SPDX-License-Identifier: Apache-2.0
// The paper in the virtual printer: a line that is being filled, and what has been printed. One
// thread at a time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "paper/bitmap.h"
#include "paper/glyphs.h"

namespace linuxcash::simulator {

struct PrintedCode {
    std::string kind;  // "qr", "ean13", "code128"
    std::string data;
    friend bool operator==(const PrintedCode&, const PrintedCode&) = default;
};

enum class Severed { No, Partly, Wholly };

// What comes out between two cuts.
struct PrintedSlip {
    std::vector<std::string> lines;  // text as it stands on the paper, UTF-8; feeds are not in it
    std::vector<PrintedCode> codes;
    paper::Bitmap picture{0, 0};  // of the printable width
    Severed severed = Severed::No;

    // Nothing but white paper.
    [[nodiscard]] bool empty() const;
};

enum class Place { Left, Middle, Right };

inline constexpr int kUsualSpacing = 30;  // dots from line to line

class Roll {
public:
    explicit Roll(int dots);

    // Back to what ESC @ promises; the unfinished line is dropped.
    void reset();

    // A character goes onto the line; a full line is printed first.
    void put(char32_t code, const paper::Lettering& lettering, int gap);
    // A strip of a picture goes onto the line like a character.
    void put_strip(const paper::Bitmap& strip);
    void tabulate();
    // Where the next character goes, in dots from the left margin.
    void move_to(int x);
    [[nodiscard]] int cursor() const { return cursor_; }

    // The line is printed, an empty one too, and the paper moves by at least a line.
    void print_line();
    // The line is printed and the paper moves by `dots`.
    void print_and_feed(int dots);
    void feed(int dots);
    // A picture by itself, where the alignment wants it. False: it is wider than the print.
    [[nodiscard]] bool print_picture(const paper::Bitmap& picture);
    void note_code(PrintedCode code) { slip_.codes.push_back(std::move(code)); }
    void cut(Severed severed);

    void align(Place place) { place_ = place; }
    void set_spacing(int dots) { spacing_ = dots; }
    void set_left_margin(int dots) { left_ = dots; }
    void set_width(int dots) { width_ = dots; }
    [[nodiscard]] int width() const;
    [[nodiscard]] int spacing() const { return spacing_; }
    [[nodiscard]] bool line_is_empty() const { return items_.empty(); }

    [[nodiscard]] const std::vector<PrintedSlip>& finished() const { return finished_; }
    [[nodiscard]] const PrintedSlip& unfinished() const { return slip_; }
    // What has been printed since the last cut becomes a slip of its own.
    void tear_off();
    [[nodiscard]] std::vector<PrintedSlip> take_finished();

private:
    struct Item {
        int x = 0;
        int width = 0;
        int height = 0;
        char32_t code = 0;  // 0: a strip
        paper::Lettering lettering;
        paper::Bitmap strip{0, 0};
    };

    void make_room(int width);
    [[nodiscard]] int left_of(int width) const;
    [[nodiscard]] std::string text() const;
    [[nodiscard]] int draw_items();

    int dots_;
    int left_ = 0;
    int width_;
    int spacing_ = kUsualSpacing;
    int cursor_ = 0;
    Place place_ = Place::Left;
    std::vector<Item> items_;
    PrintedSlip slip_;
    std::vector<PrintedSlip> finished_;
};

}  // namespace linuxcash::simulator
