// SPDX-License-Identifier: Apache-2.0
// Printer models: what differs from one receipt printer to the next, as data of
// conf/printers.ini. Plain values, no threads; reading a file may block on the disk.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "printing/code_pages.h"

namespace linuxcash::printing {

enum class CodePrinting { None, Raster, Native };
enum class Cutter { None, Partial, Full };
enum class Drawer { None, Pin2, Pin5 };
// Whether a printer answers questions about itself.
enum class StatusAnswers {
    None,  // it is never asked
    Auto,  // it is asked; silence says nothing
    Realtime,  // it answers DLE EOT and never GS r: what it has printed stays unknown
    Full,  // it does, DLE EOT and GS r: silence means that it is off
};

struct NumberedPage {
    const CodePage* page = nullptr;  // one of code_pages()
    unsigned char number = 0;  // of the command ESC t
};

struct Model {
    std::string name;  // its section in the file
    std::string title;
    int columns = 32;  // characters a line
    int small_columns = 0;  // of the small font; 0: the printer has none
    int dots = 384;  // printable width
    std::vector<NumberedPage> pages;  // at least one; the first one is preferred
    CodePrinting qr = CodePrinting::Raster;
    CodePrinting barcode = CodePrinting::Raster;
    bool images = true;
    Cutter cutter = Cutter::None;
    Drawer drawer = Drawer::None;
    bool leave_two_byte_mode = true;  // FS . after every ESC @
    StatusAnswers status = StatusAnswers::Auto;
    bool device_id = true;  // may be asked for its USB identification
};

struct Models {
    std::vector<Model> models;  // in the file's order
    std::vector<Text> warnings;  // unknown keys: said once, and then we run

    // Nullptr when there is none of that name.
    [[nodiscard]] const Model* find(std::string_view name) const;
};

// One section a model. InvalidInput with file, line and remedy for a wrong value or a file without
// models; NotFound, Denied, TooLarge, Io as the file system says.
[[nodiscard]] Result<Models> read_models(const std::filesystem::path& path);

}  // namespace linuxcash::printing
