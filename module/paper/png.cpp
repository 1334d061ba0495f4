// SPDX-License-Identifier: Apache-2.0
#include "paper/png.h"

#include <png.h>

#include <cstddef>
#include <vector>

namespace linuxcash::paper {

namespace {

constexpr int kHalfGrey = 128;
constexpr int kBitsInByte = 8;

struct Writing {
    png_structp png = nullptr;
    png_infop info = nullptr;
    Writing() = default;
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    ~Writing() { png_destroy_write_struct(&png, &info); }
};

void append(png_structp png, png_bytep bytes, std::size_t size) {
    auto* out = static_cast<std::string*>(png_get_io_ptr(png));
    for (std::size_t index = 0; index < size; ++index)
        out->push_back(static_cast<char>(bytes[index]));
}

void flush(png_structp /*png*/) {
    // Memory has nothing to flush.
}

// libpng jumps out of its calls when they fail, so nothing with a destructor lives here.
bool write_rows(const Writing& writing, const Bitmap& bitmap, png_bytep row) {
    if (setjmp(png_jmpbuf(writing.png)) != 0) return false;
    const auto width = static_cast<png_uint_32>(bitmap.width());
    const auto height = static_cast<png_uint_32>(bitmap.height());
    png_set_IHDR(
        writing.png, writing.info, width, height, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
        PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(writing.png, writing.info);
    const std::size_t stride = (width + kBitsInByte - 1) / kBitsInByte;
    for (std::size_t y = 0; y < height; ++y) {
        for (std::size_t x = 0; x < stride; ++x)
            row[x] = static_cast<png_byte>(~bitmap.bytes()[y * stride + x]);  // 1 is white
        png_write_row(writing.png, row);
    }
    png_write_end(writing.png, nullptr);
    return true;
}

Error too_large(long width, long height) {
    return {ErrorCode::TooLarge, tr("картинка %1 × %2 точек слишком велика", width, height)};
}

}  // namespace

Result<std::string> write_png(const Bitmap& bitmap) {
    if (bitmap.width() == 0 || bitmap.height() == 0)
        return Error{ErrorCode::InvalidInput, tr("в картинке нет ни одной точки")};
    if (bitmap.width() > kPngSideMax || bitmap.height() > kPngSideMax)
        return too_large(bitmap.width(), bitmap.height());
    Writing writing;
    writing.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    if (writing.png != nullptr) writing.info = png_create_info_struct(writing.png);
    std::string out;
    std::vector<png_byte> row(static_cast<std::size_t>(bitmap.width()) / kBitsInByte + 1);
    if (writing.info != nullptr) {
        png_set_write_fn(writing.png, &out, append, flush);
        if (write_rows(writing, bitmap, row.data())) return out;
    }
    return Error{ErrorCode::Internal, tr("не удалось сделать PNG: не хватает памяти?")};
}

Result<Bitmap> read_png(std::string_view bytes) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
        return Error{ErrorCode::InvalidInput, tr("это не картинка PNG: %1", image.message)};
    if (image.width > kPngSideMax || image.height > kPngSideMax
        || image.width > static_cast<unsigned>(kPngDotsMax) / image.height) {
        png_image_free(&image);
        return too_large(image.width, image.height);
    }
    image.format = PNG_FORMAT_GRAY;
    std::vector<png_byte> grey(PNG_IMAGE_SIZE(image));
    const png_color white{255, 255, 255};
    if (png_image_finish_read(&image, &white, grey.data(), 0, nullptr) == 0)
        return Error{ErrorCode::InvalidInput, tr("картинка PNG повреждена: %1", image.message)};
    const auto width = static_cast<int>(image.width);
    const auto height = static_cast<int>(image.height);
    Bitmap bitmap(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const auto index =
                static_cast<std::size_t>(y) * image.width + static_cast<std::size_t>(x);
            if (grey[index] < kHalfGrey) bitmap.blacken(x, y, 1, 1);
        }
    }
    return bitmap;
}

}  // namespace linuxcash::paper
