// SPDX-License-Identifier: Apache-2.0
#include "terminal/queue_watch.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace linuxcash::terminal {

namespace {

constexpr std::int64_t kDaySeconds = 24 * 60 * 60;

std::string date_of(std::int64_t unix_s) {
    const std::time_t moment = unix_s;
    std::tm local{};
    std::array<char, 16> text{};
    ::localtime_r(&moment, &local);
    std::strftime(text.data(), text.size(), "%d.%m.%Y", &local);
    return text.data();
}

}  // namespace

std::vector<Text> QueueWatch::look(
    const std::vector<host::Obligation>& obligations, std::int64_t now_s) {
    std::vector<Text> texts;
    const std::size_t count = obligations.size();
    const bool many = count_warning_ > 0 && count >= static_cast<std::size_t>(count_warning_);
    if (many && count != told_count_) {
        texts.push_back(tr("Большое количество сообщений в очереди (%1)", count));
    }
    told_count_ = many ? count : 0;
    std::int64_t oldest_s = 0;
    for (const host::Obligation& each : obligations)
        oldest_s = std::max(oldest_s, each.age_s);
    const bool old = days_warning_ > 0 && oldest_s >= days_warning_ * kDaySeconds;
    const std::string date = old ? date_of(now_s - oldest_s) : std::string();
    if (old && date != told_date_) {
        texts.push_back(tr("В очереди есть старые сообщения (%1)", date));
    }
    told_date_ = date;
    return texts;
}

}  // namespace linuxcash::terminal
