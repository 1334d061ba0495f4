// SPDX-License-Identifier: Apache-2.0
#include "cli/printer_commands.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "base/clock.h"
#include "base/files.h"
#include "base/printable.h"
#include "cli/settings_file.h"
#include "cli/test_page.h"
#include "driver/device.h"
#include "driver/settings.h"
#include "json/json.h"
#include "links/links.h"
#include "printing/escpos.h"
#include "printing/preview.h"
#include "slips/document.h"
#include "slips/markup.h"
#include "till/till.h"

namespace linuxcash::cli {

namespace {

json::Value found_json(const links::Found& found, const Console& console) {
    json::Value value;
    value.set("address", found.address).set("maker", found.maker).set("model", found.model);
    value.set("serial", found.serial).set("usable", found.usable);
    value.set("reason", console.translated(found.reason));
    return value;
}

std::string found_line(const links::Found& found, const Console& console) {
    std::string line = found.address;
    for (const std::string* part : {&found.maker, &found.model, &found.serial})
        if (!part->empty()) line += "  " + *part;
    if (!found.usable) line += "  — " + console.translated(found.reason);
    return line;
}

// Reads the printers of the settings; nullopt: said why there are none.
std::optional<driver::Settings> read_printers(const Invocation& invocation, Console& console) {
    if (const auto tree = check_tree(invocation.places); !tree) {
        console.failed(tree.error());
        return std::nullopt;
    }
    Result<driver::Settings> settings = driver::read_settings(invocation.places);
    if (!settings) {
        console.failed(settings.error());
        return std::nullopt;
    }
    for (const Text& warning : settings->warnings)
        console.note(warning);
    return std::move(*settings);
}

// The slips that no printer has printed yet; nothing when there is no till.
std::vector<till::Slip> owed_slips(const Places& places) {
    std::error_code ignored;  // what cannot be seen holds nothing that we could show
    if (!std::filesystem::exists(places.till(), ignored)) return {};
    Result<till::Till> till = till::Till::open(places, till::Access::Guest, tree_owner(places));
    if (!till) return {};
    Result<std::vector<till::Slip>> owed = till->owed_slips();
    return owed ? std::move(*owed) : std::vector<till::Slip>();
}

bool is_well(const printing::Condition& condition) {
    return condition.trouble == printing::Trouble::None
           && printing::prints(condition.status.state());
}

std::string_view word_of(const printing::Condition& condition) {
    if (condition.trouble != printing::Trouble::None) return trouble_word(condition.trouble);
    return state_word(condition.status.state());
}

// Says what became of a job.
Exit told(const printing::JobResult& result, Console& console) {
    const std::string word(printing::delivery_word(result.delivery));
    switch (result.delivery) {
        case printing::Delivery::Printed:
        case printing::Delivery::Sent:
            if (!result.text.empty()) console.note(result.text);
            console.result(word);
            return Exit::Done;
        case printing::Delivery::NotPrinted:
            return console.failed(result.text);
        case printing::Delivery::InDoubt:
            console.failed(result.text);
            return Exit::Unknown;
    }
    return Exit::Unknown;
}

// Slips are small; a file that is larger is something else.
constexpr std::size_t kSlipBytesMax = 1024 * 1024;

Result<core::slip::Slip> read_slip(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && text[first] == '<') return slips::read_markup(text);
    const Result<json::Value> document = json::parse(text);
    if (!document) return document.error();
    return slips::read_document(*document);
}

Result<core::slip::Slip> read_slip_file(const std::filesystem::path& path) {
    const Result<std::string> text = read_file(path, kSlipBytesMax);
    if (!text) return text.error();  // names the file
    Result<core::slip::Slip> slip = read_slip(*text);
    if (slip) return slip;
    return Error{slip.error().code, tr("%1: %2", printable(path.native()), slip.error().text)};
}

// "slip.png" → "slip-kitchen.png"; the receipt printer's picture has the name that was asked for.
std::filesystem::path picture_of(const std::filesystem::path& png, const std::string& target) {
    if (target.empty()) return png;
    std::filesystem::path file = png.parent_path() / png.stem();
    file += "-" + target;
    file += png.extension();
    return file;
}

constexpr std::string_view kUsualModel = "generic80";

// A printer of that model which nobody has plugged in.
Result<driver::PrinterSettings> imagined(const Places& places, std::string_view model) {
    Result<printing::Model> found = driver::read_model(places, model);
    if (!found) return found.error();
    return driver::PrinterSettings{
        std::string(driver::kReceiptTarget), links::FileAddress{}, std::move(*found)};
}

// The printer that a part is printed on.
Result<driver::PrinterSettings> printer_for(
    const Invocation& invocation, const std::string& target) {
    if (const auto named = invocation.option("model")) return imagined(invocation.places, *named);
    const Result<driver::Settings> settings = driver::read_settings(invocation.places);
    if (settings) return settings->of(target.empty() ? driver::kReceiptTarget : target);
    if (settings.error().code != ErrorCode::NotFound) return settings.error();
    return imagined(invocation.places, kUsualModel);
}

// Sends bytes to that printer now.
Exit send(
    const driver::PrinterSettings& printer, std::string_view bytes, const Places& places,
    Console& console) {
    driver::LinkedDevice device(printer, places.data());
    const auto on_change = [&console](printing::PrinterState state) {
        console.note(printing::state_text(state));
    };
    return told(device.print(bytes, on_change), console);
}

// The printer that the words name; nullptr: said that there is none.
const driver::PrinterSettings* named_printer(
    const driver::Settings& settings, const std::string& target, Console& console) {
    const driver::PrinterSettings& printer = settings.of(target);
    if (printer.target == target) return &printer;
    console.failed(
        tr("у группы %1 нет своего принтера: какие есть, скажет paysysctl printer status", target));
    return nullptr;
}

std::string target_of(const Invocation& invocation) {
    return invocation.words.empty() ? std::string(driver::kReceiptTarget)
                                    : invocation.words.front();
}

}  // namespace

Exit preview(
    const core::slip::Slip& slip, const std::filesystem::path& png, const Invocation& invocation,
    Console& console) {
    for (const core::slip::Part& part : core::slip::by_target(slip)) {
        const auto printer = printer_for(invocation, part.target);
        if (!printer) return console.failed(printer.error());
        const auto picture =
            printing::preview(driver::with_logo(part.slip, *printer), printer->model);
        if (!picture) return console.failed(picture.error());
        const std::filesystem::path file = picture_of(png, part.target);
        const auto written = write_file(file, *picture, kOpenFile);
        if (!written) return console.failed(written.error());
        console.result(file.native());
    }
    return Exit::Done;
}

Exit print_now(const core::slip::Slip& slip, const Invocation& invocation, Console& console) {
    const auto settings = read_printers(invocation, console);
    if (!settings) return Exit::Failed;
    for (const core::slip::Part& part : core::slip::by_target(slip)) {
        const driver::PrinterSettings& printer =
            settings->of(part.target.empty() ? driver::kReceiptTarget : part.target);
        const auto bytes = printing::encode(driver::with_logo(part.slip, printer), printer.model);
        if (!bytes) return console.failed(bytes.error());
        const Exit sent = send(printer, *bytes, invocation.places, console);
        if (sent != Exit::Done) return sent;
    }
    return Exit::Done;
}

Exit preview_file(const Invocation& invocation, Console& console) {
    const auto output = invocation.option("output");
    if (!output) return console.wrong(tr("укажите, куда писать картинку: -o ФАЙЛ.png"));
    const auto slip = read_slip_file(invocation.words.front());
    if (!slip) return console.failed(slip.error());
    return preview(*slip, *output, invocation, console);
}

Exit list_printers(const Invocation& invocation, Console& console) {
    const SystemClock clock;
    const printing::StopSignal stop;
    const std::vector<links::Found> all = links::discover({clock, stop, invocation.places.data()});
    if (invocation.has("json")) {
        json::Array found;
        for (const links::Found& each : all)
            found.push_back(found_json(each, console));
        console.result(json::Value(std::move(found)).str());
        return Exit::Done;
    }
    for (const links::Found& each : all)
        console.result(found_line(each, console));
    if (all.empty()) {
        console.note(
            tr("принтеров не видно: включите принтер и проверьте кабель; сетевой укажите сами: "
               "paysysctl set printer device=tcp:АДРЕС:9100"));
    }
    return Exit::Done;
}

Exit show_printers(const Invocation& invocation, Console& console) {
    const auto settings = read_printers(invocation, console);
    if (!settings) return Exit::Failed;
    bool well = true;
    json::Array printers;
    for (const driver::PrinterSettings& printer : settings->printers) {
        driver::LinkedDevice device(printer, invocation.places.data());
        const printing::Condition condition = device.ask();
        well = well && is_well(condition);
        const std::string text = console.translated(condition.text);
        const std::string address = links::address_text(printer.address);
        json::Value value;
        value.set("target", printer.target).set("address", address);
        value.set("model", printer.model.name).set("state", word_of(condition));
        value.set("text", text);
        printers.push_back(value);
        if (!invocation.has("json")) {
            console.result(
                printer.target + "  " + address + "  " + printer.model.name + "  "
                + std::string(word_of(condition)) + (text.empty() ? "" : "  — " + text));
        }
    }
    json::Array owed;
    for (const till::Slip& slip : owed_slips(invocation.places)) {
        owed.push_back(slip.number);
        if (invocation.has("json")) continue;
        const std::string head = slip.lines.empty() ? std::string() : slip.lines.front();
        console.result(console.translated(tr("не напечатан слип %1: %2", slip.number, head)));
    }
    if (invocation.has("json")) {
        json::Value all;
        all.set("printers", json::Value(std::move(printers)));
        console.result(all.set("owed", json::Value(std::move(owed))).str());
    }
    return well ? Exit::Done : Exit::Failed;
}

Exit print_test_page(const Invocation& invocation, Console& console) {
    const auto settings = read_printers(invocation, console);
    if (!settings) return Exit::Failed;
    const auto* named = named_printer(*settings, target_of(invocation), console);
    if (named == nullptr) return Exit::Failed;
    const driver::PrinterSettings& printer = *named;
    const auto bytes = printing::encode(
        test_page(printer, [&console](const Text& text) { return console.translated(text); }),
        printer.model);
    if (!bytes) return console.failed(bytes.error());
    return send(printer, *bytes, invocation.places, console);
}

Exit open_drawer(const Invocation& invocation, Console& console) {
    const auto settings = read_printers(invocation, console);
    if (!settings) return Exit::Failed;
    const auto* named = named_printer(*settings, target_of(invocation), console);
    if (named == nullptr) return Exit::Failed;
    const driver::PrinterSettings& printer = *named;
    const auto pulse = printing::drawer_pulse(printer.model);
    if (!pulse) return console.failed(pulse.error());
    driver::LinkedDevice device(printer, invocation.places.data());
    return told(device.open_drawer(*pulse), console);
}

}  // namespace linuxcash::cli
