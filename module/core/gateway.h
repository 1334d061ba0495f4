// SPDX-License-Identifier: Apache-2.0
// The port that every payment system implements: domain to wire bytes and back, without I/O, clock
// or state of its own. All functions are pure and const; the loop thread calls them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/money.h"
#include "core/ports.h"
#include "core/receipt.h"
#include "core/records.h"
#include "core/slip.h"

namespace linuxcash::core {

// A request with what the channel and the machines must know of it.
struct Call {
    Request request;
    std::string step;  // its name in logs: "demandPayment", "payments"
    bool bears_secret =
        false;  // carries the token: one at a time, its reply may carry the next one
    bool moves_money = false;  // may move money: the intent is durable before it goes
    std::string pace_key;  // calls of one key keep pace_ms between them; empty: no pacing
    int pace_ms = 0;
};

// All that a gateway needs to know of one payment, or of one refund (`kind`).
struct Payment {
    OperationKind kind = OperationKind::Pay;  // Pay or Refund
    // Number of its payment type: others of the receipt with this valutcode went the same way. 0:
    // not known.
    int type = 0;
    OperationId id;
    Money sum;
    Receipt receipt;  // as it stood at begin; empty after a restart
    std::string order_number;  // made by Gateway::order_number, one for ever
    std::string shift_label;  // made by Gateway::shift_label
    std::string payment_id;  // the gateway's number, once known
    std::string cashier;
    // What the preparing steps learned (session, scanned code): lives in memory only, never in the
    // journal or a log.
    std::map<std::string, std::string> session;
};

// What the cashier and the buyer see while a step waits.
struct Screen {
    Text text;
    std::string qr;  // unchanged text of a QR code; empty: none
    bool for_customer = false;
    bool masked = false;  // holds a code for this buyer: kept out of logs
    int limit_ms = 0;  // this screen's step gives up after that; 0: no limit of its own
};

// A question to the cashier before the charge (mode 0: scan the buyer's code).
struct Question {
    std::string key;  // where the value goes in Payment::session
    Text title;
    Text text;
    int max_length = 0;
};

// There is nothing left to prepare: charge, or take the card.
struct Ready {};

struct Refusal {
    Reason reason = Reason::GatewayRefused;
    Text text;
};

using Preparation = std::variant<Call, Question, Ready, Refusal>;

// A loyalty card that the buyer's application showed.
struct LoyaltyCard {
    std::string number;  // digits and letters, for the register; masked in logs
    std::string name;  // may be empty
    friend bool operator==(const LoyaltyCard&, const LoyaltyCard&) = default;
};

// What a preparing step brought: facts for the payment, and how to go on.
struct Progress {
    std::map<std::string, std::string> learned;  // merged into Payment::session
    std::vector<LoyaltyCard> cards;  // added to what was seen before
    std::optional<Screen> screen;  // replaces what is shown
    int again_after_ms = 0;  // the same preparation is asked again no sooner
};

// A fault worth another try of the same step (5xx, pacing refused), as long as the screen's limit
// lasts.
struct TryAgain {
    Text text;
    int after_ms = 0;
};

using Prepared = std::variant<Progress, TryAgain, Refusal>;

// What a reply proves of a payment, an undo or a refund.
enum class Verdict {
    Pending,  // not final yet
    Paid,  // proven: the money moved as asked (for undo and refund: it is back)
    Declined,  // proven: it did not move and never will (for undo: the same as Paid)
    Gone,  // the gateway knows no such payment now
    Technical,  // proves nothing: fault, 5xx, garbage
    Conflict,  // proves that something else happened: other sum, other payment, duplicate key
};

// `reason` Unsupported with Technical: the gateway will not answer this kind of question at all (a
// refused list, O4).
struct Reading {
    Verdict verdict = Verdict::Technical;
    Reason reason = Reason::None;
    Text text;  // for the cashier if it is final, for the log otherwise
    std::string payment_id;  // the gateway's number, if the reply named it
};

// A payment or refund as the gateway's list of a shift has it.
struct Booking {
    OperationKind kind = OperationKind::Pay;  // Pay or Refund
    std::string payment_id;
    std::string order_number;
    Money sum;
    Verdict verdict = Verdict::Technical;  // Paid, Pending, Declined; Technical: not understood
    Text status;  // in words
};
using Bookings = std::vector<Booking>;

// What a reply says of our credentials.
enum class Access {
    Fine,
    Renew,  // this token is refused: ask for a new one, then send again
    Missing,  // there is no token for this register: nothing goes out until the administrator acted
              // and restarted
    Exists,  // asked for a token, and one exists already: the cabinet must reset it
};

struct AccessReading {
    Access access = Access::Fine;
    std::optional<Secret> token;  // a new token to save before anything else
    Text text;  // for Missing and Exists
};

struct Rules {
    std::vector<Currency> currencies;
    bool blocks_while_owing = false;
    int query_every_ms = 5'000;  // pace of asking for the outcome
    int confirm_wait_ms = 180'000;  // for the buyer to confirm, after the charge was accepted
    int doubt_wait_ms = 30'000;  // for learning a lost outcome before an undo is owed
    int charge_timeout_ms = 10'000;
    int gone_grace_ms =
        60'000;  // after the charge's deadline: until then "no such payment" proves nothing (O1)
    std::vector<int> retry_ms = {5'000, 10'000, 30'000, 60'000};  // pauses of the queue
    // How long after a card was read a payment of the same receipt may use its session.
    int session_keep_ms = 300'000;
};

// Texts that sources prescribe, or that name the payment system.
struct Wording {
    Text title;  // "О!плати"
    Text server_error;  // a request could not be sent
    Text unavailable;  // blocked: link down or an undo owed
    Text undo_queued;  // the undo could not be sent and waits in the queue
};

class Gateway {
public:
    virtual ~Gateway() = default;

    [[nodiscard]] virtual const Rules& rules() const = 0;
    [[nodiscard]] virtual const Wording& wording() const = 0;

    // Our key for a new payment, and the label of its shift. `desk` is the register's number.
    [[nodiscard]] virtual std::string order_number(
        const OperationId& id, const Receipt& receipt) const = 0;
    [[nodiscard]] virtual std::string shift_label(const Receipt& receipt) const = 0;

    // Our key for the refund that takes this payment back: the same for every call.
    [[nodiscard]] virtual std::string refund_number(const Payment& payment) const = 0;

    // What has to happen next before the charge; asked again after each step.
    [[nodiscard]] virtual Preparation prepare(const Payment& payment) const = 0;
    // The same before the buyer's loyalty cards are known. What it learns serves a payment, too.
    [[nodiscard]] virtual Preparation prepare_card(const Payment&) const {
        return Refusal{Reason::Unsupported, tr("%1 не передаёт карты лояльности", wording().title)};
    }
    [[nodiscard]] virtual Prepared prepared(
        const Payment& payment, const std::string& step, const Reply& reply) const = 0;

    [[nodiscard]] virtual Call charge(const Payment& payment) const = 0;
    // Needs payment_id.
    [[nodiscard]] virtual Call query(const Payment& payment) const = 0;
    // The gateway's list of a shift: finds payments and refunds by order_number.
    [[nodiscard]] virtual Call list(const std::string& shift_label) const = 0;
    // Takes a payment, or a refund, back.
    [[nodiscard]] virtual Call undo(const Payment& payment) const = 0;
    // Gives `back` out of `sale`, whose payment_id is known, under the order_number of `back`.
    [[nodiscard]] virtual Call refund(const Payment& sale, const Payment& back) const = 0;
    // A request that changes nothing and needs no secret: is the link up?
    [[nodiscard]] virtual Call probe() const = 0;

    [[nodiscard]] virtual Reading read_charge(const Payment& payment, const Reply& reply) const = 0;
    [[nodiscard]] virtual Reading read_query(const Payment& payment, const Reply& reply) const = 0;
    // Looks for the order_number; Gone when the list is good and has it not.
    [[nodiscard]] virtual Reading read_list(const Payment& payment, const Reply& reply) const = 0;
    // The whole list; a Reading says why there is none.
    [[nodiscard]] virtual std::variant<Bookings, Reading> read_bookings(
        const Reply& reply) const = 0;
    [[nodiscard]] virtual Reading read_undo(const Payment& payment, const Reply& reply) const = 0;
    [[nodiscard]] virtual Reading read_refund(const Payment& back, const Reply& reply) const = 0;

    // Credentials. nullopt: no token is needed (password mode).
    [[nodiscard]] virtual std::optional<Call> obtain_token() const = 0;
    // Adds the secret to a secret-bearing request.
    virtual void sign(Request& request, const std::optional<Secret>& token) const = 0;
    [[nodiscard]] virtual AccessReading read_access(const Call& call, const Reply& reply) const = 0;

    // For the log: what a reply of 400 and above says of itself (codes, the developers' message),
    // without secrets.
    [[nodiscard]] virtual Text error_detail(const Reply& reply) const {
        return tr("HTTP %1", reply.status);
    }

    // What to print for an approved payment or refund.
    [[nodiscard]] virtual slip::Slip payment_slip(const Payment& payment) const = 0;
};

}  // namespace linuxcash::core
