// SPDX-License-Identifier: Apache-2.0
// A payment module without a gateway that plays what a test planned, and whose journal outlives its
// instances, so that kills and restarts can be played in one process. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/operation_id.h"
#include "linuxcash/paysystem.h"

namespace linuxcash::fakes {

// How an operation ends.
struct Ending {
    std::int32_t outcome = LC_OUTCOME_APPROVED;
    bool owed = false;
    std::int32_t level = LC_LEVEL_INFO;
    std::string text = {};
    std::string reason = {};
    std::string gateway_id = "500123";
    std::string slip = R"({"elements":[]})";  // document; empty: none
    std::string report_info = {};  // document; empty: none
    std::string note = {};  // empty: none
    std::string details = {};  // document; empty: none
    std::int64_t sum_off_by = 0;  // a broken module moves another sum than asked
};

enum class StepKind { Show, Tell, Ask, Choose, Print, Edit, Strange, Hold };

struct Step {
    StepKind kind = StepKind::Show;
    std::string title = {};
    std::string text = {};
    std::string qr = {};
    int seconds_left = -1;
    std::int32_t level = LC_LEVEL_INFO;
    std::int32_t accepts = LC_ACCEPT_TEXT;
    bool masked = false;
    int max_length = 0;
    std::optional<std::string> min = {};
    std::optional<std::string> max = {};
    std::string options = "[]";
    std::string slip = R"({"elements":[]})";
    bool required = false;
    std::string edits = "[]";
    int revision_off_by = 0;  // edits made for another revision than the request's receipt has
};

struct Plan {
    std::vector<Step> steps = {};  // Hold waits for World::release_hold or Cancel
    Ending ending = {};
};

struct JournalEntry {
    std::string kind = {};  // "pay", "undo", "refund", "refund_undo", "totals", "card"
    std::optional<OperationId> target = {};
    std::int32_t type = 0;
    std::string receipt_uid = {};
    std::int64_t minor = 0;
    std::string currency = {};
    std::optional<Ending> ending = {};  // nullopt: it still runs, or the process died
    std::optional<std::int32_t> settled = {};
};

// What an answer to an event was.
struct Heard {
    std::int32_t kind = 0;
    std::int32_t index = 0;
    std::int32_t entered_by = 0;
    std::string text = {};
    std::string document = {};
};

struct PlannedNotice {
    std::int32_t level = LC_LEVEL_INFO;
    std::string topic = "warning";
    std::string text = {};
    std::string operation = {};
    std::string slip = {};
};

// All that a test sees and decides of the module.
struct World {
    std::string description =
        R"({"name":"fake","title":"Проверка","version":"1",)"
        R"("types":[{"key":"","title":"Проверка"}],)"
        R"("currencies":["BYN"],"abilities":["payment/1","queue/1","reconcile/1","loyalty/1"],)"
        R"("operations":["pay","undo","refund","refund_undo","totals","card"]})";
    lc_status create_status = LC_OK;
    lc_status start_status = LC_OK;
    lc_status begin_status = LC_OK;  // of new operations
    std::string error_text = {};
    std::deque<Plan> pay_plans;  // an empty list: approved at once
    std::deque<Plan> undo_plans;  // an empty list: approved at once
    std::deque<Plan> refund_plans;  // of refund and refund_free; an empty list: approved at once
    std::deque<Plan> refund_undo_plans;  // an empty list: approved at once
    std::deque<Plan> totals_plans;  // an empty list: done at once
    std::deque<Plan> card_plans;  // an empty list: done at once
    Ending cancel_ending{
        .outcome = LC_OUTCOME_CANCELLED,
        .text = "Оплата отменена",
        .reason = "cancelled_by_cashier"};
    Ending pending_ending = {};  // of what is attached to after a restart
    bool release_hold = false;
    std::map<OperationId, JournalEntry> journal;
    std::vector<OperationId> order = {};  // of the journal
    std::vector<Heard> answers = {};
    std::vector<std::string> calls = {};  // "create", "pay 24.50", "undo", "settle kept", …
    std::deque<PlannedNotice> notices;
    std::string obligations = "[]";
    std::string last_receipt = {};  // document of the last request
    std::string last_note = {};
    std::string last_gateway_id = {};  // of the last refund
    std::string last_totals = {};  // document of the last reconciliation
    std::string last_shift = {};  // "3 2026-11-22" of the last reconciliation
    std::string last_number = {};  // of the last card
    std::uint32_t last_flags = 0;

    [[nodiscard]] int count(const std::string& call) const;
    // The entry of the last operation of that kind.
    [[nodiscard]] JournalEntry& last(const std::string& kind);
};

// Makes the tables below play in `world` until another one, or null, is given.
void play_in(World* world);

// The module's table.
[[nodiscard]] const lc_module* fake_paysystem();

}  // namespace linuxcash::fakes
