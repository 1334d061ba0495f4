// SPDX-License-Identifier: Apache-2.0
// Payments of the open receipt: made, taken back, all of them, and the receipt's end. Each flow
// ends in exactly one call of its `then`, at once or after a conversation. One flow at a time; one
// thread.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "terminal/dialogue.h"
#include "terminal/fiscal.h"
#include "terminal/payment_systems.h"
#include "terminal/register.h"
#include "terminal/slip_desk.h"
#include "till/till.h"

namespace linuxcash::terminal {

// How a flow ended. `text` is what the cashier has read or must read.
struct FlowEnd {
    host::Outcome outcome = host::Outcome::Done;
    bool owed = false;
    std::string text = {};
    std::string reason = {};
    std::optional<int> valutcode = {};
    std::optional<Money> sum = {};
    std::optional<OperationId> operation = {};
};

// What an approved payment brings, told by its conversation or, after a restart, by the list of the
// unclaimed.
struct Approval {
    Money sum;
    std::string gateway_id = {};
    json::Value slip = {};
    json::Value report_info = {};
    std::optional<std::string> note = {};
};

class Payments {
public:
    using Then = std::function<void(const FlowEnd&)>;

    // All must outlive this.
    struct Parts {
        till::Till& till;
        PaymentSystems& systems;
        Announcer& announcer;
        Register& desk;
        Dialogue& dialogue;
        SlipDesk& slips;
        FiscalDevice& fiscal;
        NewId new_id;
    };

    explicit Payments(Parts parts);

    // Pays `sum` with that type; a receipt that is paid then is closed.
    void pay(const till::PaymentType& type, const Money& sum, Then then);
    // Takes a payment back.
    void undo(int payment, bool silent, Then then);
    // Takes all payments back, the last first, until one cannot be.
    void undo_all(Then then);
    // Registers the paid receipt and closes it; when that fails every payment is taken back.
    void close(Then then);

    // ---- What recovery needs too ----

    // The request for an operation, with its receipt as it stands.
    [[nodiscard]] host::Request request_of(const till::Operation& operation, bool silent) const;
    // The payment stands in the receipt from now on.
    void record_approved(const till::Operation& operation, const Approval& approval);
    // Begins an undo under a stored operation and tells its end; nothing is recorded here.
    void run_undo(const till::Operation& undo, bool silent, Dialogue::Then then);
    // What an undo's end means for the payment it was about: it stands in the receipt no longer.
    [[nodiscard]] static bool took_back(const Result<host::Finished>& end);
    // Records the end of an undo of a payment of the open receipt.
    void record_undo(const till::Operation& undo, const Result<host::Finished>& end);

private:
    void pay_directly(const till::PaymentType& type, const Money& sum, const Then& then);
    void pay_by_module(const till::PaymentType& type, const Money& sum, Then then);
    void paid(
        const till::Operation& operation, const Result<host::Finished>& end, const Then& then);
    void undo_directly(const till::Payment& payment, const Then& then);
    void take_back_approved(const till::Operation& operation, FlowEnd end, Then then);
    void close_if_paid(FlowEnd end, Then then);
    void closing_failed(const Text& why, Then then);
    void refuse(const Text& text, FlowEnd end, const Then& then);
    [[nodiscard]] Result<till::Operation> store_operation(till::Operation operation);

    Parts parts_;
};

}  // namespace linuxcash::terminal
