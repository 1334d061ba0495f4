// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/roll.h"

#include <algorithm>
#include <utility>

namespace linuxcash::simulator {

namespace {

constexpr int kTabLetters = 8;
constexpr int kLetterDots = 12;
constexpr int kPaperMax = 60000;  // dots; some seven metres

std::string utf8(char32_t code) {
    std::string text;
    const auto add = [&text](char32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0 | (code >> 6U));
        add(0x80 | (code & 0x3FU));
    } else {
        add(0xE0 | (code >> 12U));
        add(0x80 | ((code >> 6U) & 0x3FU));
        add(0x80 | (code & 0x3FU));
    }
    return text;
}

}  // namespace

bool PrintedSlip::empty() const {
    const bool blank = std::all_of(lines.begin(), lines.end(), [](const std::string& line) {
        return line.find_first_not_of(' ') == std::string::npos;
    });
    return blank && picture.bytes().find_first_not_of('\0') == std::string::npos;
}

Roll::Roll(int dots) : dots_(dots), width_(dots) {
    slip_.picture = paper::Bitmap(dots, 0);
}

void Roll::reset() {
    items_.clear();
    cursor_ = 0;
    left_ = 0;
    width_ = dots_;
    spacing_ = kUsualSpacing;
    place_ = Place::Left;
}

int Roll::width() const {
    return std::clamp(width_, 0, std::max(dots_ - left_, 0));
}

void Roll::make_room(int width) {
    if (cursor_ > 0 && cursor_ + width > this->width()) print_line();
}

void Roll::put(char32_t code, const paper::Lettering& lettering, int gap) {
    const int width = paper::letter_width(lettering);
    make_room(width);
    items_.push_back(
        {cursor_, width, paper::letter_height(lettering), code, lettering, paper::Bitmap(0, 0)});
    cursor_ += width + gap;
}

void Roll::put_strip(const paper::Bitmap& strip) {
    make_room(strip.width());
    items_.push_back({cursor_, strip.width(), strip.height(), 0, {}, strip});
    cursor_ += strip.width();
}

void Roll::tabulate() {
    constexpr int kStep = kTabLetters * kLetterDots;
    move_to((cursor_ / kStep + 1) * kStep);
}

void Roll::move_to(int x) {
    cursor_ = std::clamp(x, 0, width());
}

int Roll::left_of(int width) const {
    const int room = std::max(this->width() - width, 0);
    switch (place_) {
        case Place::Left:
            break;
        case Place::Middle:
            return left_ + room / 2;
        case Place::Right:
            return left_ + room;
    }
    return left_;
}

// Gaps between characters that positions have made are blanks.
std::string Roll::text() const {
    std::string line;
    int end = 0;
    for (const Item& item : items_) {
        if (item.code == 0) continue;
        for (; end + kLetterDots <= item.x; end += kLetterDots)
            line += ' ';
        line += utf8(item.code);
        end = item.x + item.width;
    }
    return line;
}

// Characters of different sizes stand on one base line. The height of the line.
int Roll::draw_items() {
    int height = 0;
    int right = 0;
    for (const Item& item : items_) {
        height = std::max(height, item.height);
        right = std::max(right, item.x + item.width);
    }
    const int top = slip_.picture.height();
    const int left = left_of(right);
    slip_.picture.set_height(std::min(top + height, kPaperMax));
    for (const Item& item : items_) {
        const paper::Point at{left + item.x, top + height - item.height};
        if (item.code == 0) slip_.picture.draw(item.strip, at);
        if (item.code != 0) paper::draw_letter(slip_.picture, at, item.code, item.lettering);
    }
    return height;
}

void Roll::print_line() {
    print_and_feed(spacing_);
}

void Roll::print_and_feed(int dots) {
    int printed = 0;
    if (!items_.empty()) {
        std::string line = text();
        printed = draw_items();
        if (!line.empty()) slip_.lines.push_back(std::move(line));
    }
    items_.clear();
    cursor_ = 0;
    feed(dots - printed);
}

void Roll::feed(int dots) {
    const int height = slip_.picture.height();
    slip_.picture.set_height(std::min(height + std::max(dots, 0), kPaperMax));
}

bool Roll::print_picture(const paper::Bitmap& picture) {
    if (picture.width() > width()) return false;
    const int top = slip_.picture.height();
    slip_.picture.set_height(std::min(top + picture.height(), kPaperMax));
    slip_.picture.draw(picture, {left_of(picture.width()), top});
    return true;
}

void Roll::cut(Severed severed) {
    if (slip_.empty()) {  // a strip of white paper
        slip_.lines.clear();
        return slip_.picture.set_height(0);
    }
    slip_.severed = severed;
    tear_off();
}

void Roll::tear_off() {
    PrintedSlip next;
    next.picture = paper::Bitmap(dots_, 0);
    finished_.push_back(std::exchange(slip_, std::move(next)));
}

std::vector<PrintedSlip> Roll::take_finished() {
    return std::exchange(finished_, {});
}

}  // namespace linuxcash::simulator
