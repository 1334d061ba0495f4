// SPDX-License-Identifier: Apache-2.0
// When the cashier has to be told that modules owe much, or for long. Pure; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/text.h"
#include "host/values.h"

namespace linuxcash::terminal {

class QueueWatch {
public:
    // Limits of 0 never warn.
    QueueWatch(int count_warning, int days_warning)
        : count_warning_(count_warning), days_warning_(days_warning) {}

    // What is to be told now; nothing is repeated until it has changed. `now_s`: Unix time.
    [[nodiscard]] std::vector<Text> look(
        const std::vector<host::Obligation>& obligations, std::int64_t now_s);

private:
    int count_warning_;
    int days_warning_;
    std::size_t told_count_ = 0;
    std::string told_date_;
};

}  // namespace linuxcash::terminal
