// SPDX-License-Identifier: Apache-2.0
#include "driver/settings.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/files.h"
#include "base/printable.h"
#include "config/ini.h"
#include "config/ncash.h"
#include "config/near_match.h"
#include "config/schema.h"
#include "paper/bitmap.h"
#include "paper/png.h"

namespace linuxcash::driver {

namespace {

using config::Ini;
using config::IniEntry;

constexpr std::size_t kLogoBytesMax = 256 * 1024;
constexpr int kLogoHeightMax = 400;  // dots: five centimetres

// "printer" → receipt, "printer kitchen" → kitchen; nullopt: no printer's section.
std::optional<std::string> target_of(std::string_view section) {
    const std::string_view word = config::kReceiptPrinter;
    if (section == word) return std::string(kReceiptTarget);
    const std::string head = std::string(word) + " ";
    if (!section.starts_with(head) || section.size() == head.size()) return std::nullopt;
    return std::string(section.substr(head.size()));
}

std::vector<std::string> printer_sections(const Ini& ini) {
    std::vector<std::string> sections{std::string(config::kReceiptPrinter)};
    for (const IniEntry& entry : ini.entries()) {
        const bool known =
            std::find(sections.begin(), sections.end(), entry.section) != sections.end();
        if (!known && target_of(entry.section)) sections.push_back(entry.section);
    }
    return sections;
}

// "file:line: …", as the readers of settings begin their errors.
Error wrong_at(const Ini& ini, const std::string& section, const char* key, const Text& what) {
    const IniEntry* entry = ini.find(section, key);
    const int line = entry == nullptr ? 0 : entry->line;
    return Error{
        ErrorCode::InvalidInput,
        tr("%1:%2: [%3] %4: %5", printable(ini.file()), line, section, key, what)};
}

Error unknown_model(const Places& places, const printing::Models& models, std::string_view name) {
    std::vector<std::string> names;
    for (const printing::Model& model : models.models)
        names.push_back(model.name);
    const std::string file = printable(places.printers().native());
    const std::string near = config::near_match(name, names);
    return Error{
        ErrorCode::NotFound, !near.empty()
                                 ? tr("в %1 нет модели %2; похожа %3", file, printable(name), near)
                                 : tr(
                                     "в %1 нет модели %2: опишите ее там или выберите из имеющихся",
                                     file, printable(name))};
}

Result<printing::Model> model_of(
    const Places& places, const printing::Models& models, std::string_view name) {
    const printing::Model* model = models.find(name);
    if (model == nullptr) return unknown_model(places, models, name);
    return *model;
}

// A picture of the shop, from a file beside the settings.
Result<core::slip::Image> read_logo(const std::filesystem::path& file, int dots) {
    const Result<std::string> bytes = read_file(file, kLogoBytesMax);
    if (!bytes) return bytes.error();
    const Result<paper::Bitmap> picture = paper::read_png(*bytes);
    if (!picture) return picture.error();
    if (picture->width() > dots || picture->height() > kLogoHeightMax) {
        return Error{
            ErrorCode::InvalidInput,
            tr("картинка %1 точек, а на бумагу помещается %2: уменьшите ее",
               std::to_string(picture->width()) + "×" + std::to_string(picture->height()),
               std::to_string(dots) + "×" + std::to_string(kLogoHeightMax))};
    }
    core::slip::Image image;
    for (int y = 0; y < picture->height(); ++y) {
        std::string row;
        for (int x = 0; x < picture->width(); ++x)
            row += picture->is_black(x, y) ? '#' : '.';
        image.rows.push_back(std::move(row));
    }
    return image;
}

// The shop's paper in the model's printer.
void narrow(printing::Model& model, const config::Settings& values, const std::string& section) {
    const auto columns = static_cast<int>(values.integer(section, "columns"));
    const auto dots = static_cast<int>(values.integer(section, "dots"));
    if (columns > 0) model.columns = columns;
    if (dots > 0) model.dots = dots;
}

class Reading {
public:
    Reading(const Places& places, const Ini& ini, const printing::Models& models)
        : places_(places), ini_(ini), models_(models) {}

    [[nodiscard]] Result<PrinterSettings> printer(
        const config::Settings& values, const std::string& section) const {
        const std::string& device = values.text(section, "device");
        if (device.empty()) {
            return Error{
                ErrorCode::NotFound, tr("%1: [%2] device: принтер не указан: paysysctl set "
                                        "printer device=usb:",
                                        printable(ini_.file()), section)};
        }
        const Result<links::Address> address = links::parse_address(device);
        if (!address) return wrong_at(ini_, section, "device", address.error().text);
        Result<printing::Model> model = model_of(places_, models_, values.text(section, "model"));
        if (!model) return wrong_at(ini_, section, "model", model.error().text);
        narrow(*model, values, section);
        PrinterSettings printer{
            target_of(section).value_or(std::string()), *address, std::move(*model)};
        const std::string& logo = values.text(section, "logo");
        if (logo.empty()) return printer;
        Result<core::slip::Image> image =
            read_logo(places_.ncash().parent_path() / logo, printer.model.dots);
        if (!image) return wrong_at(ini_, section, "logo", image.error().text);
        printer.logo = std::move(*image);
        return printer;
    }

private:
    const Places& places_;
    const Ini& ini_;
    const printing::Models& models_;
};

void append(std::vector<Text>& all, const std::vector<Text>& more) {
    all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

core::slip::Slip with_logo(core::slip::Slip slip, const PrinterSettings& printer) {
    if (!printer.logo.rows.empty()) slip.elements.insert(slip.elements.begin(), printer.logo);
    return slip;
}

const PrinterSettings& Settings::of(std::string_view target) const {
    const auto own = std::find_if(printers.begin(), printers.end(), [target](const auto& each) {
        return each.target == target;
    });
    return own == printers.end() ? printers.front() : *own;
}

Result<Settings> read_settings(const Places& places) {
    const std::filesystem::path path = places.feature("hw_printer");
    Result<Ini> ini = Ini::read(path);
    if (!ini && ini.error().code == ErrorCode::NotFound) ini = Ini::parse("", path.native());
    if (!ini) return ini.error();
    const Result<printing::Models> models = printing::read_models(places.printers());
    if (!models) return models.error();
    const std::vector<std::string> sections = printer_sections(*ini);
    config::Schema schema;
    for (const std::string& section : sections) {
        for (Setting& setting : config::printer_schema(section))
            schema.push_back(std::move(setting));
    }
    const Result<config::ReadSettings> read = config::apply_schema(*ini, schema);
    if (!read) return read.error();
    Settings settings;
    append(settings.warnings, models->warnings);
    append(settings.warnings, read->warnings);
    for (const std::string& section : sections) {
        Result<PrinterSettings> printer =
            Reading(places, *ini, *models).printer(read->settings, section);
        if (!printer) return printer.error();
        settings.printers.push_back(std::move(*printer));
    }
    return settings;
}

Result<printing::Model> read_model(const Places& places, std::string_view name) {
    const Result<printing::Models> models = printing::read_models(places.printers());
    if (!models) return models.error();
    return model_of(places, *models, name);
}

}  // namespace linuxcash::driver
