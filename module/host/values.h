// SPDX-License-Identifier: Apache-2.0
// What crosses the contract, as values of C++ that own their strings: events, answers, requests,
// notices, lists. Plain values, no threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/money.h"
#include "base/operation_id.h"
#include "json/json.h"

namespace linuxcash::host {

enum class Outcome { Approved, Declined, Cancelled, Refused, Unknown, Done };
enum class Level { Info, Warning, Error };
enum class Settled { Kept, Undone };

// The words of documents.md and of scripts.
[[nodiscard]] std::string_view name(Outcome outcome);
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view word);
[[nodiscard]] std::string_view name(Level level);

// Ways in which a value may be entered; several in a set.
enum class Input : std::uint8_t { Text, Number, Decimal, Phone, Scan, Card };

class Inputs {
public:
    Inputs() = default;
    // LC_ACCEPT_… bits; unknown ones are dropped.
    explicit Inputs(std::int32_t bits) : bits_(bits) {}

    [[nodiscard]] bool has(Input input) const;
    [[nodiscard]] bool empty() const;
    [[nodiscard]] std::vector<Input> list() const;

private:
    std::int32_t bits_ = 0;
};

[[nodiscard]] std::string_view name(Input input);
[[nodiscard]] std::optional<Input> parse_input(std::string_view word);

// ---- Events ----

struct Show {
    std::uint64_t number = 0;
    std::string text;
    std::string qr;  // empty: none
    bool for_customer = false;
    int seconds_left = -1;  // -1: no limit
    bool masked = false;  // the text holds a code for one buyer: keep it out of logs
};

struct Tell {
    std::uint64_t number = 0;
    Level level = Level::Info;
    std::string title;
    std::string text;
    json::Value blocks;  // null when there are none
};

struct Ask {
    std::uint64_t number = 0;
    Inputs accepts;
    bool masked = false;
    int max_length = 0;  // in characters; 0: no limit
    std::string title;
    std::string text;
    std::string initial;
    std::optional<std::string> min;
    std::optional<std::string> max;
};

struct Choose {
    std::uint64_t number = 0;
    bool as_buttons = false;
    int initial = 0;
    std::string title;
    std::string text;
    std::vector<std::string> options;
};

struct Print {
    std::uint64_t number = 0;
    bool required = false;
    std::string target;
    json::Value slip;
};

struct Edit {
    std::uint64_t number = 0;
    std::int64_t revision = 0;
    json::Value edits;
};

// A kind of event that this host does not know: answer Unsupported.
struct Unknown {
    std::uint64_t number = 0;
    std::int32_t kind = 0;
};

struct Finished {
    std::uint64_t number = 0;
    Outcome outcome = Outcome::Unknown;
    bool owed = false;
    Level level = Level::Info;
    std::string text;
    std::string reason;
    std::optional<Money> sum;  // nullopt: none, or of a currency that this product does not know
    std::string gateway_id;
    json::Value slip;  // null when there is none
    json::Value report_info;  // null when there is none
    std::optional<std::string> note;
    json::Value details;  // what the operation found out; null when there is nothing
};

using Event = std::variant<Show, Tell, Ask, Choose, Print, Edit, Unknown, Finished>;

// ---- Answers ----

struct Shown {};
struct Value {
    std::string text;
    Input entered_by = Input::Text;
};
struct Choice {
    int index = 0;
};
struct Cancelled {};
struct Printed {};
struct NotPrinted {
    std::string why;
};
struct PrintOwed {};
struct Applied {
    std::string receipt;  // document
};
struct EditRefused {
    std::string why;
};
struct Unsupported {};

using Answer = std::variant<
    Shown, Value, Choice, Cancelled, Printed, NotPrinted, PrintOwed, Applied, EditRefused,
    Unsupported>;

// ---- Requests ----

struct Request {
    OperationId id;
    int type = 0;  // number of the payment type
    std::string cashier;
    std::string receipt;  // document
    std::optional<std::string> note;
    std::optional<std::string> custom_data;
    bool silent = false;
    bool training = false;
};

struct PayRequest : Request {
    Money sum;
};

// Takes back the payment or the refund `target`.
struct UndoRequest : Request {
    OperationId target;
};

// Gives back money of the payment `target`.
struct RefundRequest : UndoRequest {
    Money sum;
    std::string gateway_id;  // of that payment; empty: unknown
};

// Gives money without a sale.
struct RefundFreeRequest : Request {
    Money sum;
};

struct TotalsRequest : Request {
    std::int64_t shift = 0;
    std::string shift_date;  // YYYY-MM-DD: the day on which it was opened
    std::string totals;  // document
};

struct CardRequest : Request {
    std::string number;  // empty: the module asks
    Input entered_by = Input::Text;
};

// ---- Outside operations ----

struct Notice {
    Level level = Level::Info;
    std::string topic;
    std::string text;
    std::string operation;  // 32 hexadecimal digits, or empty
    json::Value slip;  // null when there is none
};

struct Unclaimed {
    OperationId operation;
    std::string kind;  // "pay", "undo", …
    int type = 0;
    std::string receipt_uid;
    std::int64_t receipt_number = 0;
    std::optional<Money> sum;
    std::optional<Outcome> outcome;  // nullopt: recovery still asks the gateway
    bool owed = false;
    std::string gateway_id;
    std::string text;
    json::Value slip;
    json::Value report_info;
};

struct Obligation {
    OperationId operation;
    std::string kind;  // "undo", "refund", "confirm"
    std::string system;  // name of the module
    int type = 0;
    std::string receipt_uid;
    std::int64_t receipt_number = 0;
    std::string sum;  // in the currency of the receipts
    std::int64_t age_s = 0;
    std::int64_t tries = 0;
    std::string last_error;
    bool waits_for_link = false;  // that error goes away with the link
    bool blocks = false;
};

// ---- What a module says of itself ----

struct SystemType {
    std::string key;  // "SBP"; empty when the module has one system
    std::string title;
};

struct SettingChoice {
    std::string value;
    std::string doc;
};

enum class SettingType { String, Url, Integer, Boolean, Choice };

struct Setting {
    std::string section;
    std::string key;
    SettingType type = SettingType::String;
    std::string default_value;
    std::optional<std::int64_t> min;
    std::optional<std::int64_t> max;
    std::string unit;
    bool secret = false;
    std::string file = "settings";  // "settings" or "secrets"
    std::string doc;
    std::vector<SettingChoice> choices;
};

struct Description {
    std::string name;
    std::string title;
    std::string version;
    std::vector<SystemType> types;
    std::vector<std::string> currencies;
    std::vector<std::string> abilities;
    std::vector<std::string> operations;
    std::vector<Setting> settings;

    [[nodiscard]] bool has_operation(std::string_view operation) const;
};

}  // namespace linuxcash::host
