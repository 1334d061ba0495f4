// SPDX-License-Identifier: Apache-2.0
// The part of the firmware that draws pictures and codes.
#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "qr/qr_code.h"
#include "simulator/printer/barcodes.h"
#include "simulator/printer/decoder.h"

namespace linuxcash::simulator {

namespace {

constexpr int kBitsInByte = 8;

unsigned byte_at(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

int number_at(std::string_view bytes, std::size_t at) {
    return static_cast<int>(byte_at(bytes, at) | (byte_at(bytes, at + 1) << 8U));
}

paper::Bitmap enlarged(const paper::Bitmap& small, int wide, int high) {
    if (wide == 1 && high == 1) return small;
    paper::Bitmap large(small.width() * wide, small.height() * high);
    for (int y = 0; y < small.height(); ++y) {
        for (int x = 0; x < small.width(); ++x) {
            if (small.is_black(x, y)) large.blacken(x * wide, y * high, wide, high);
        }
    }
    return large;
}

paper::Bitmap qr_picture(const qr::Matrix& matrix, int module) {
    paper::Bitmap picture(matrix.size * module, matrix.size * module);
    for (int row = 0; row < matrix.size; ++row) {
        for (int column = 0; column < matrix.size; ++column) {
            if (matrix.is_dark(row, column))
                picture.blacken(column * module, row * module, module, module);
        }
    }
    return picture;
}

paper::Bitmap bars(const std::string& modules, int module, int height) {
    paper::Bitmap picture(static_cast<int>(modules.size()) * module, height);
    for (std::size_t index = 0; index < modules.size(); ++index) {
        if (modules[index] == '1')
            picture.blacken(static_cast<int>(index) * module, 0, module, height);
    }
    return picture;
}

}  // namespace

// A picture wider than the print loses its right side; codes are not printed at all.
void Decoder::print_picture(const paper::Bitmap& picture) {
    if (roll_.print_picture(picture)) return;
    remark(tr("картинка шириной %1 точек шире печати: край обрезан", picture.width()));
    paper::Bitmap visible(roll_.width(), picture.height());
    visible.draw(picture, {0, 0});
    static_cast<void>(roll_.print_picture(visible));  // it is as wide as the print
}

void Decoder::raster(std::string_view parameters) {
    finish_line("GS v 0");
    const unsigned mode = byte_at(parameters, 1) & 3U;
    const int width = number_at(parameters, 2) * kBitsInByte;
    const int height = number_at(parameters, 4);
    if (byte_at(parameters, 0) != '0') return remark(tr("у GS v есть только функция 0"));
    const auto picture = paper::Bitmap::of(width, height, std::string(parameters.substr(6)));
    print_picture(enlarged(picture, (mode & 1U) != 0 ? 2 : 1, (mode & 2U) != 0 ? 2 : 1));
}

void Decoder::strip(std::string_view parameters) {
    const unsigned mode = byte_at(parameters, 0);
    const int columns = number_at(parameters, 1);
    const bool high = mode >= 32;
    const int bytes = high ? 3 : 1;
    if (mode != 0 && mode != 1 && mode != 32 && mode != 33)
        return remark(tr("режима %1 у ESC * нет", mode));
    paper::Bitmap picture(columns, bytes * kBitsInByte);
    for (int column = 0; column < columns; ++column) {
        for (int row = 0; row < bytes * kBitsInByte; ++row) {
            const int at = 3 + column * bytes + row / kBitsInByte;
            const unsigned bit = 0x80U >> static_cast<unsigned>(row % kBitsInByte);
            if ((byte_at(parameters, static_cast<std::size_t>(at)) & bit) != 0)
                picture.blacken(column, row, 1, 1);
        }
    }
    roll_.put_strip(enlarged(picture, (mode & 1U) != 0 ? 1 : 2, high ? 1 : 3));
}

void Decoder::function(std::string_view parameters) {
    const std::string_view data = parameters.substr(3);  // behind the letter and the length
    const unsigned group = byte_at(parameters, 0);
    if (group == 'k') return codes(data);
    if (group == 'L') return graphics(data);
    if (group == 'H') return echo(data);
    remark(tr("группа команд GS ( %1 не поддерживается", std::string(1, parameters[0])));
}

void Decoder::long_graphics(std::string_view parameters) {
    if (byte_at(parameters, 0) == 'L') return graphics(parameters.substr(5));
    remark(tr("группа команд GS 8 не поддерживается"));
}

// GS ( H 48 48: the host marks a place and learns when the printer has come to it.
void Decoder::echo(std::string_view data) {
    constexpr std::size_t kMark = 6;
    if (data.size() < kMark) return remark(tr("GS ( H короче, чем должна быть"));
    answers_ += "\x37\x22" + std::string(data.substr(2, 4)) + '\0';
}

void Decoder::graphics(std::string_view data) {
    const unsigned number = byte_at(data, 1);
    if (number == 112) return store_graphics(data);
    if (number != 2 && number != 50)
        return remark(tr("функция %1 графики GS ( L не поддерживается", number));
    finish_line("GS ( L");
    if (!graphics_) return remark(tr("GS ( L: печатать нечего"));
    print_picture(*graphics_);
    graphics_.reset();
}

void Decoder::store_graphics(std::string_view data) {
    constexpr std::size_t kHeader = 10;
    const int wide = static_cast<int>(byte_at(data, 3));
    const int high = static_cast<int>(byte_at(data, 4));
    const int width = number_at(data, 6);
    const int height = number_at(data, 8);
    const auto stride = static_cast<std::size_t>((width + kBitsInByte - 1) / kBitsInByte);
    if (byte_at(data, 2) != '0' || wide < 1 || wide > 2 || high < 1 || high > 2)
        return remark(tr("GS ( L: неизвестный вид картинки"));
    if (data.size() != kHeader + stride * static_cast<std::size_t>(height))
        return remark(tr("GS ( L: размер картинки не сходится с длиной данных"));
    const auto picture = paper::Bitmap::of(width, height, std::string(data.substr(kHeader)));
    graphics_ = enlarged(picture, wide, high);
}

void Decoder::codes(std::string_view data) {
    const unsigned group = byte_at(data, 0);
    const unsigned number = byte_at(data, 1);
    if (group != '1') return remark(tr("двумерных кодов вида %1 нет, есть только QR", group));
    if (!profile_.native_qr)
        return remark(tr("этот принтер не рисует QR-коды сам: команда не исполнена"));
    switch (number) {
        case 'A':
            if (byte_at(data, 2) != '2') remark(tr("QR-код модели 1 печатается моделью 2"));
            return;
        case 'C':
            qr_module_ = std::clamp(static_cast<int>(byte_at(data, 2)), 1, 16);
            return;
        case 'E':
            qr_level_ = std::clamp(static_cast<int>(byte_at(data, 2)) - '0', 0, 3);
            return;
        case 'P':
            qr_data_ = data.size() > 3 ? data.substr(3) : std::string_view();
            return;
        case 'Q':
            return draw_qr();
        default:
            return remark(tr("функция %1 QR-кодов не поддерживается", number));
    }
}

void Decoder::draw_qr() {
    finish_line("GS ( k");
    const auto matrix = qr::encode(qr_data_, static_cast<qr::Correction>(qr_level_));
    if (!matrix) return remark(tr("QR-код не получается: %1", matrix.error().text));
    const paper::Bitmap picture = qr_picture(*matrix, qr_module_);
    if (!roll_.print_picture(picture))
        return remark(tr("QR-код шириной %1 точек шире печати: не напечатан", picture.width()));
    roll_.note_code({"qr", qr_data_});
}

void Decoder::barcode_height(std::string_view parameters) {
    barcode_height_ = std::max(static_cast<int>(byte_at(parameters, 0)), 1);
}

void Decoder::barcode_module(std::string_view parameters) {
    const auto module = static_cast<int>(byte_at(parameters, 0));
    if (module < 2 || module > 6) return remark(tr("модуля %1 у штрихкодов нет", module));
    barcode_module_ = module;
}

void Decoder::barcode_text(std::string_view parameters) {
    const unsigned place = byte_at(parameters, 0);
    barcode_text_ = static_cast<int>(place >= '0' ? place - '0' : place) & 3;
}

void Decoder::barcode(std::string_view parameters) {
    constexpr unsigned kEan = 2;
    constexpr unsigned kCode128 = 73;
    const unsigned kind = byte_at(parameters, 0);
    const bool counted = kind >= 'A';
    std::string_view data = parameters.substr(counted ? 2 : 1);
    if (!counted) data = data.substr(0, data.find('\0'));
    finish_line("GS k");
    if (!profile_.native_barcodes)
        return remark(tr("этот принтер не рисует штрихкоды сам: команда не исполнена"));
    if (kind == kEan || kind == 'C') return draw_barcode(data, true);
    if (kind == kCode128) return draw_barcode(data, false);
    remark(tr("штрихкода вида %1 у принтера нет", kind));
}

// A code that it refuses comes out as text.
void Decoder::digits(std::string_view data) {
    for (const char byte : data)
        letter(static_cast<unsigned char>(byte));
    roll_.print_line();
}

void Decoder::draw_barcode(std::string_view data, bool ean) {
    const auto code = ean ? draw_ean13(data) : draw_code128(data);
    if (!code) {
        remark(tr("неверные данные штрихкода: напечатаны буквами"));
        return digits(data);
    }
    const paper::Bitmap picture = bars(code->modules, barcode_module_, barcode_height_);
    if (picture.width() > roll_.width())
        return remark(tr("штрихкод шириной %1 точек шире печати: не напечатан", picture.width()));
    const paper::Lettering before = std::exchange(lettering_, paper::Lettering{});
    if ((barcode_text_ & 1) != 0) digits(code->data);
    static_cast<void>(roll_.print_picture(picture));  // its width has been looked at
    if ((barcode_text_ & 2) != 0) digits(code->data);
    lettering_ = before;
    roll_.note_code({ean ? "ean13" : "code128", code->data});
}

}  // namespace linuxcash::simulator
