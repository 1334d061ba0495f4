// SPDX-License-Identifier: Apache-2.0
// What the register tells: events for the script and for the screen, and their one-line JSON form.
// Plain values, no threads; texts are in the reader's language already.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "host/values.h"
#include "json/json.h"
#include "terminal/refund_plan.h"
#include "till/receipt.h"
#include "till/till.h"

namespace linuxcash::terminal {

enum class DialogKind { Ask, Choose, Tell };

struct DialogEvent {
    int dialog = 0;
    DialogKind kind = DialogKind::Tell;
    std::vector<host::Input> accept = {};
    host::Level level = host::Level::Info;
    std::string title = {};
    std::string text = {};
    std::vector<std::string> options = {};
    std::optional<std::string> min = {};
    std::optional<std::string> max = {};
    std::string initial = {};
    json::Value blocks = {};
    bool masked = false;  // the answer is not shown on the screen
};

struct ShowEvent {
    int dialog = 0;
    std::string text = {};
    std::string qr = {};
    bool for_customer = false;
    int seconds_left = -1;
    bool masked = false;  // the text holds a code for one buyer
};

struct ClosedEvent {
    int dialog = 0;
};

struct SlipEvent {
    till::Slip slip;
    json::Value elements = {};
};

struct FinishedEvent {
    std::string command = {};
    host::Outcome outcome = host::Outcome::Done;
    bool owed = false;
    std::string text = {};
    std::string reason = {};
    std::optional<int> valutcode = {};
    std::optional<Money> sum = {};
    std::optional<OperationId> operation = {};
};

struct ReceiptEvent {
    till::Receipt receipt;
};

struct ShiftEvent {
    std::int64_t number = 0;
    bool open = false;
};

struct QueueEvent {
    std::vector<host::Obligation> obligations = {};
};

// A payment type as the cashier is offered it now.
struct OfferedType {
    till::PaymentType type;
    bool available = true;
    std::string trouble = {};  // why it is not
};

struct PaymentTypesEvent {
    std::vector<OfferedType> types = {};
};

struct NoticeEvent {
    host::Level level = host::Level::Info;
    std::string text = {};
    std::string source = {};
    std::string topic = {};
    std::string operation = {};
};

struct ErrorEvent {
    std::string text = {};
};

// What a sale still holds, for a refund that the cashier chooses at the screen.
struct SaleRestEvent {
    till::Receipt sale;
    SaleRest rest;
};

using EventBody = std::variant<
    DialogEvent, ShowEvent, ClosedEvent, SlipEvent, FinishedEvent, ReceiptEvent, ShiftEvent,
    QueueEvent, PaymentTypesEvent, NoticeEvent, ErrorEvent, SaleRestEvent>;

struct Event {
    json::Value id;  // of the command that caused it; null: none
    EventBody body;
};

// One object; `id` stands last and only when there is one.
[[nodiscard]] json::Value to_json(const Event& event);

}  // namespace linuxcash::terminal
