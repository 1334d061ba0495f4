// SPDX-License-Identifier: Apache-2.0
#include "cli/journal_search.h"

#include <chrono>
#include <utility>

#include "cli/module_access.h"

namespace linuxcash::cli {

namespace {

constexpr std::size_t kIdDigitsMin = 6;
constexpr std::size_t kIdDigits = 32;

}  // namespace

std::int64_t wall_clock_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

std::vector<std::string> systems_of(const Invocation& invocation) {
    if (!invocation.words.empty()) return {invocation.words.front()};
    return modules_with_journals(invocation.places);
}

Result<std::vector<Found>> search_journals(
    const Places& places, const std::vector<std::string>& systems, const journal::Filter& filter) {
    std::vector<Found> found;
    for (const std::string& system : systems) {
        const auto reader = journal::JournalReader::open(places, system);
        if (!reader) return reader.error();
        auto some = reader->list(filter);
        if (!some) return some.error();
        for (journal::Listed& listed : *some)
            found.push_back({system, std::move(listed)});
    }
    return found;
}

bool is_operation_text(const std::string& text) {
    return text.size() >= kIdDigitsMin && text.size() <= kIdDigits
           && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Text operation_text_wanted() {
    return tr("операция — от %1 до 32 шестнадцатеричных цифр её номера", kIdDigitsMin);
}

Result<Found> find_operation(
    const Places& places, const std::vector<std::string>& systems, const std::string& id) {
    journal::Filter filter;
    filter.id_begins = id;
    auto found = search_journals(places, systems, filter);
    if (!found) return found.error();
    if (found->empty()) return Error{ErrorCode::NotFound, tr("в журнале нет операции %1", id)};
    if (found->size() == 1) return std::move(found->front());
    return Error{
        ErrorCode::InvalidInput,
        tr("с %1 начинаются несколько операций: %2; укажите больше цифр", id, found->size())};
}

}  // namespace linuxcash::cli
