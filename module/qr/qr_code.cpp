// SPDX-License-Identifier: Apache-2.0
#include "qr/qr_code.h"

#include <qrencode.h>

#include <cerrno>
#include <memory>

namespace linuxcash::qr {

namespace {

constexpr int kAnyVersion = 0;
constexpr int kCaseSensitive = 1;
constexpr unsigned char kDarkBit = 1;

struct FreeCode {
    void operator()(QRcode* code) const noexcept { QRcode_free(code); }
};

QRecLevel library_level(Correction correction) {
    switch (correction) {
        case Correction::Low:
            return QR_ECLEVEL_L;
        case Correction::Medium:
            return QR_ECLEVEL_M;
        case Correction::Quartile:
            return QR_ECLEVEL_Q;
        case Correction::High:
            return QR_ECLEVEL_H;
    }
    return QR_ECLEVEL_M;
}

Error encode_error(int error_number) {
    if (error_number == ERANGE) {
        return {ErrorCode::TooLarge, tr("текст не помещается в QR-код")};
    }
    return {ErrorCode::Internal, tr("QR-код не построен: системная ошибка %1", error_number)};
}

// What stands for two modules, one above the other.
const char* half_blocks(bool upper_light, bool lower_light) {
    if (upper_light && lower_light) return "█";
    if (upper_light) return "▀";
    return lower_light ? "▄" : " ";
}

}  // namespace

bool Matrix::is_dark(int row, int column) const {
    if (row < 0 || column < 0 || row >= size || column >= size) return false;
    return dark
        [static_cast<std::size_t>(row) * static_cast<std::size_t>(size)
         + static_cast<std::size_t>(column)];
}

Result<Matrix> encode(std::string_view text, Correction correction) {
    if (text.empty()) return Error{ErrorCode::InvalidInput, tr("нет текста для QR-кода")};
    if (text.find('\0') != std::string_view::npos) {
        return Error{ErrorCode::InvalidInput, tr("в тексте для QR-кода недопустим нулевой байт")};
    }
    errno = 0;
    const std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeString(
        std::string(text).c_str(), kAnyVersion, library_level(correction), QR_MODE_8,
        kCaseSensitive));
    if (!code) return encode_error(errno);
    Matrix matrix;
    matrix.size = code->width;
    const auto count =
        static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    matrix.dark.reserve(count);
    for (std::size_t index = 0; index < count; ++index) {
        matrix.dark.push_back((code->data[index] & kDarkBit) != 0);
    }
    return matrix;
}

std::vector<std::string> terminal_lines(const Matrix& matrix, int quiet_zone) {
    const int end = matrix.size + quiet_zone;
    std::vector<std::string> lines;
    for (int row = -quiet_zone; row < end; row += 2) {
        std::string line;
        for (int column = -quiet_zone; column < end; ++column) {
            // The number of rows is odd; what is below the last one is the terminal's own
            // background.
            const bool lower_light = row + 1 < end && !matrix.is_dark(row + 1, column);
            line += half_blocks(!matrix.is_dark(row, column), lower_light);
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace linuxcash::qr
