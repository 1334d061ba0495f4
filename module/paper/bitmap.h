// SPDX-License-Identifier: Apache-2.0
// A picture in dots, black or white. Plain values, any thread.
#pragma once

#include <string>

namespace linuxcash::paper {

struct Point {
    int x = 0;
    int y = 0;
};

// A picture of `width` × `height` dots, all white at first.
class Bitmap {
public:
    // Negative sizes count as 0.
    Bitmap(int width, int height);

    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }
    // False outside of the picture, which is white.
    [[nodiscard]] bool is_black(int x, int y) const;
    // Blackens a rectangle; what lies outside is left out.
    void blacken(int x, int y, int width, int height);
    // White becomes black and the other way round, in a rectangle.
    void invert(int x, int y, int width, int height);
    // The black dots of `other` are blackened here, its upper left corner at `at`.
    void draw(const Bitmap& other, Point at);
    // The row `y` once more in each of the `times` rows below it; what lies outside is left out.
    void repeat_row(int y, int times);
    // More white rows at the lower end; a smaller height cuts rows off.
    void set_height(int height);
    // Eight dots a byte, the highest bit on the left; each row is filled up to whole bytes.
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    // A picture of those bytes; missing ones are white, too many are left out.
    [[nodiscard]] static Bitmap of(int width, int height, std::string bytes);

    friend bool operator==(const Bitmap&, const Bitmap&) = default;

private:
    struct Area {
        int x;
        int y;
        int width;
        int height;
    };
    template <typename Change>
    void change(const Area& area, Change change_byte);

    int width_;
    int height_;
    int stride_;  // bytes a row
    std::string bytes_;
};

}  // namespace linuxcash::paper
