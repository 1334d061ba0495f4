// SPDX-License-Identifier: Apache-2.0
#include "sales/aif.h"

#include <array>
#include <string_view>
#include <utility>

#include "sales/documents.h"
#include "till/codes.h"

namespace linuxcash::sales {

namespace {

// Outside of strings none of these can stand in JSON, and inside an escape means the same.
constexpr std::array kEscapes{
    std::pair{std::string_view("---"), std::string_view("\\u002d\\u002d\\u002d")},
    std::pair{std::string_view("###"), std::string_view("\\u0023\\u0023\\u0023")},
    std::pair{std::string_view("\xC2\x85"), std::string_view("\\u0085")},
    std::pair{std::string_view("\xE2\x80\xA8"), std::string_view("\\u2028")},
    std::pair{std::string_view("\xE2\x80\xA9"), std::string_view("\\u2029")},
};

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
        text.replace(at, what.size(), with);
        at += with.size();
    }
}

std::string object_text(const json::Value& object) {
    std::string text = object.str();
    for (const auto& [what, with] : kEscapes)
        replace_all(text, what, with);
    return text;
}

// The divider follows the last object, too: there are readers that cut it off together with the
// closing brace.
std::string section(std::string_view name, const std::vector<json::Value>& objects) {
    std::string text = "### " + std::string(name) + " begin ###\n";
    for (const json::Value& object : objects)
        text += object_text(object) + "\n---\n";
    text += "### " + std::string(name) + " end ###\n";
    return text;
}

// "sale2026.01.31_22-00-05"
std::string name_beginning(std::int64_t unix_ms) {
    std::string time = local_time(unix_ms);
    const std::size_t split = time.find('T');
    for (std::size_t at = 0; at < time.size(); ++at) {
        if (time[at] == '-') time[at] = '.';
        if (time[at] == ':') time[at] = '-';
    }
    if (split != std::string::npos) time[split] = '_';
    return "sale" + time;
}

}  // namespace

std::string receipt_file_name(const till::Receipt& receipt) {
    return name_beginning(receipt.closed_at_ms) + "_" + std::to_string(receipt.number) + "_"
           + std::to_string(till::document_type(receipt)) + ".json";
}

std::string shift_file_name(const till::Shift& shift) {
    return name_beginning(shift.closed_at_ms) + "_shift" + std::to_string(shift.number) + ".json";
}

std::string file_text(
    const std::vector<json::Value>& shifts, const std::vector<json::Value>& receipts) {
    // Who was logged on and when is not kept by this register.
    return section("shift info", shifts) + section("sales data", receipts)
           + section("securitylog info", {});
}

}  // namespace linuxcash::sales
