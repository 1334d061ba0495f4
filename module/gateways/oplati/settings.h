// SPDX-License-Identifier: Apache-2.0
// The settings of O!плати: the values, and the one table that describes every key. Plain values, no
// threads.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "base/setting.h"

namespace linuxcash::oplati {

// How the buyer and the register find each other; the numbers are those of the key `mode`.
enum class Mode { BuyersCode = 0, StaticCode = 1, DynamicCode = 2 };

// What the path of a technical cancel names. Public material only suggests the order number.
enum class UndoKey { OrderNumber, PaymentId };

struct Settings {
    std::string url = "http://localhost";  // without a slash at the end
    int timeout_s = 10;  // of one exchange
    std::string reg_num;
    Mode mode = Mode::BuyersCode;
    Secret password;  // empty: token mode
    int session_wait_s = 120;
    int confirm_wait_s = 180;
    int doubt_wait_s = 30;
    int gone_grace_s = 60;
    int session_keep_s = 300;  // 0: a payment never uses the session of a card
    int ready_pace_ms = 3'000;
    int status_pace_ms = 5'000;
    UndoKey undo_key = UndoKey::OrderNumber;
    std::string footer;  // last line of the buyer's electronic receipt
    bool allow_http = false;
    std::string ca_file;

    // Without a registration number no request is made.
    [[nodiscard]] bool configured() const { return !reg_num.empty(); }
};

// Every key, in the order of the shipped file.
[[nodiscard]] std::vector<Setting> setting_table();

// The values by key; an absent or empty one has its default. InvalidInput names the key, what is
// wrong and what is right. Keys that the table does not have are ignored here: the reader of files
// warns of them.
[[nodiscard]] Result<Settings> make_settings(const std::map<std::string, std::string>& values);

}  // namespace linuxcash::oplati
