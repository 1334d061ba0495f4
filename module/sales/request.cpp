// SPDX-License-Identifier: Apache-2.0
#include "sales/request.h"

#include <chrono>
#include <ctime>
#include <optional>
#include <string>

#include "base/integer.h"
#include "base/printable.h"

namespace linuxcash::sales {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kHead = "###";
constexpr std::string_view kBlanks = " \t\r";
constexpr std::size_t kDayLength = 10;  // of dd.MM.yyyy
constexpr std::size_t kQuotedMax = 60;

using Day = std::chrono::year_month_day;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::optional<int> digits(std::string_view text) {
    if (text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    const auto value = parse_integer(text);
    if (!value) return std::nullopt;
    return static_cast<int>(*value);
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != kDayLength || text[2] != '.' || text[5] != '.') return std::nullopt;
    const auto day = digits(text.substr(0, 2));
    const auto month = digits(text.substr(3, 2));
    const auto year = digits(text.substr(6, 4));
    if (!day || !month || !year) return std::nullopt;
    const Day date(
        std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(*day)));
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::int64_t local_midnight_ms(Day day) {
    std::tm local{};
    local.tm_year = static_cast<int>(day.year()) - 1900;
    local.tm_mon = static_cast<int>(static_cast<unsigned>(day.month())) - 1;
    local.tm_mday = static_cast<int>(static_cast<unsigned>(day.day()));
    local.tm_isdst = -1;
    return std::int64_t{std::mktime(&local)} * 1000;
}

std::optional<Span> parse_span(std::string_view line) {
    if (line.size() != 2 * kDayLength + 1 || line[kDayLength] != '-') return std::nullopt;
    const auto first = parse_day(line.substr(0, kDayLength));
    const auto last = parse_day(line.substr(kDayLength + 1));
    if (!first || !last || *last < *first) return std::nullopt;
    const Day next = std::chrono::sys_days(*last) + std::chrono::days(1);
    return Span{local_midnight_ms(*first), local_midnight_ms(next)};
}

Error wrong_line(int number, std::string_view line, std::string_view wanted) {
    return {
        ErrorCode::InvalidInput, tr("строка %1: ожидается \"%2\", а в ней \"%3\"", number, wanted,
                                    printable(line.substr(0, kQuotedMax)))};
}

}  // namespace

Result<std::vector<Span>> parse_request(std::string_view text) {
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    std::vector<Span> spans;
    bool headed = false;
    for (int number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty()) continue;
        if (!headed && line != kHead) return wrong_line(number, line, kHead);
        if (!headed) {
            headed = true;
            continue;
        }
        const auto span = parse_span(line);
        if (!span) return wrong_line(number, line, tr("ДД.ММ.ГГГГ-ДД.ММ.ГГГГ").russian());
        spans.push_back(*span);
    }
    if (spans.empty()) {
        return Error{
            ErrorCode::InvalidInput, tr("нет строки с датами: после строки ### ожидается "
                                        "ДД.ММ.ГГГГ-ДД.ММ.ГГГГ")};
    }
    return spans;
}

}  // namespace linuxcash::sales
