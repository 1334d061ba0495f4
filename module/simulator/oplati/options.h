// SPDX-License-Identifier: Apache-2.0
// How the O!plati simulator is set up. A plain value.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "json/json.h"
#include "simulator/clock.h"
#include "simulator/sockets.h"
#include "simulator/tls.h"

namespace linuxcash::simulator {

// What the buyer does by himself.
struct Buyer {
    static constexpr int kIgnores = 0;
    static constexpr int kPays = 1;

    bool joins = true;  // scans the QR of a session
    int answers = kPays;  // the status his answer leads to (1 … 4); kIgnores: he never answers
    std::int64_t delay_ms = 1000;  // from QR to ready, and from charge to his answer
    json::Value loyalty_cards;  // array of {"number","name"}; null: he has none
};

struct OplatiOptions {
    Address listen;
    // A second, plain listener that serves only /control/…
    std::optional<Address> control;
    std::optional<std::filesystem::path> tls_folder;
    TlsFault tls_fault = TlsFault::None;
    std::optional<std::filesystem::path> ledger;
    std::optional<std::uint64_t> seed;
    // Null: the real time. A ManualClock moves by itself never, and by /control/clock.
    std::shared_ptr<Clock> clock;

    // Empty: every desk whose number looks right is registered.
    std::vector<std::string> desks;
    // By desk; a desk that has one is in password mode, the others are in token mode.
    std::map<std::string, std::string> passwords;

    Buyer buyer;
    std::int64_t late_commit_ms = 5000;
    std::int64_t session_life_ms = 300000;
    std::int64_t consumer_pace_ms = 3000;
    std::int64_t payment_pace_ms = 5000;
    // A sale up to this is paid in the reply itself; zero: none is.
    Money instant_limit;
    // False: the kopecks of a sum mean nothing.
    bool sums_decide = true;
    // False: a desk in token mode is refused the shift list.
    bool reports_in_token_mode = true;
    // False: when the simulator itself loses a reply the token of that reply is not put into force.
    bool rotate_on_lost_reply = true;
    // True: the technical cancel names the payment by paymentId.
    bool cancel_by_payment_id = false;
    // True: the arithmetic of `details` is checked.
    bool strict_details = false;
    // {"rules":[…],"buyer":{…}} or the array of rules alone; null: none.
    json::Value script;
};

}  // namespace linuxcash::simulator
