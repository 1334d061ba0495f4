// SPDX-License-Identifier: Apache-2.0
// The register at work: takes commands and answers, gives events. Script and screen stand on it
// alike. One thread; no call waits for anything but the disk.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/ports.h"
#include "terminal/announcer.h"
#include "terminal/annulments.h"
#include "terminal/cards.h"
#include "terminal/closing.h"
#include "terminal/command.h"
#include "terminal/dialogue.h"
#include "terminal/fiscal.h"
#include "terminal/flow.h"
#include "terminal/give_backs.h"
#include "terminal/module_watch.h"
#include "terminal/offers.h"
#include "terminal/operations.h"
#include "terminal/papers.h"
#include "terminal/payment_systems.h"
#include "terminal/payments.h"
#include "terminal/reconciliation.h"
#include "terminal/recovery.h"
#include "terminal/refunds.h"
#include "terminal/register.h"
#include "terminal/report_desk.h"
#include "terminal/settings.h"
#include "terminal/slip_desk.h"
#include "terminal/undos.h"
#include "till/till.h"

namespace linuxcash::terminal {

class Session {
public:
    // All must outlive the session.
    struct World {
        till::Till& till;
        PaymentSystems& systems;
        core::Clock& clock;
        const Settings& settings;
        Announcer& announcer;
        ReceiptPrinter& printer;
        NewId new_id;
    };

    explicit Session(World world);

    // Recovers, then tells the restored receipt and shift. Commands wait until that is done. An
    // error: the till cannot be read, and nothing was begun.
    [[nodiscard]] Result<> start();

    // Answers and Cancel go to the running operation at once; commands wait for its end, in order.
    void take(Input input);
    // No more commands will come. Takes its turn behind those that wait: what runs then is
    // cancelled.
    void end_of_input();
    // Gives up what runs, now; harmless when nothing does.
    void interrupt();
    // The program has to go: commands that wait are forgotten, what runs is given up.
    void stop();

    // Takes in what modules say, and goes on with what waits. Call when a descriptor is readable,
    // or wait_ms() is over.
    void pump();
    // How long nothing has to be done if no descriptor becomes readable; -1: for ever.
    [[nodiscard]] int wait_ms() const;
    [[nodiscard]] std::vector<int> wait_fds() const;

    // Whether a command or recovery is under way.
    [[nodiscard]] bool busy() const;
    // The input has ended and all of it is done. A printer that is still at it is waited for, but
    // not for long, and not after stop() or interrupt().
    [[nodiscard]] bool done() const;

private:
    void run(const Input& input);
    void perform(const Login& login);
    void perform(const ShiftOpen& shift);
    void perform(const ShiftClose& shift);
    void perform(const Item& item);
    void perform(const Storno& storno);
    void perform(const PaymentTypes& types);
    void perform(const Pay& pay);
    void perform(const Close& close);
    void perform(const PaymentCancel& cancel);
    void perform(const Annul& annul);
    void perform(const Refund& refund);
    void perform(const RefundCancel& cancel);
    void perform(const RefundLook& look);
    void perform(const ReturnOpen& open);
    void perform(const Reconcile& reconcile);
    void perform(const Report& report);
    void perform(const RunAction& action);
    void perform(const Key& key);
    void perform(const CardRemove& remove);
    void perform(const Queue& queue);
    void perform(const QueuePush& push);
    void perform(const State& state);
    void perform(const Wait& wait);
    void perform(const Fiscal& fiscal);
    void perform(const Printer& printer);
    void perform(const Reprint& reprint);
    void perform(const Unavailable& unavailable);

    void run_waiting();
    void tell_state();
    void leave();
    [[nodiscard]] Result<std::int64_t> slip_to_reprint(const Reprint& reprint);
    void recovered();
    void close_shift(const FlowEnd& compared);
    void print_undo(const FlowEnd& end);
    // Paper of a shift that is closed already: whatever becomes of it, the shift stays closed.
    void print_closed_shift();
    // Begins the flow of the command under way; its end is told.
    [[nodiscard]] FlowThen begin_flow();
    void end_flow(const FlowEnd& end);
    void reject(const Text& text);
    void finish(const FlowEnd& end);

    World world_;
    SlipDesk slips_;
    Dialogue dialogue_;
    Register desk_;
    Papers papers_;
    VirtualFiscalDevice fiscal_;
    Operations operations_;
    Undos undos_;
    Closing closing_;
    GiveBacks give_backs_;
    Payments payments_;
    Refunds refunds_;
    Annulments annulments_;
    Offers offers_;
    Reconciliation reconciliation_;
    Cards cards_;
    ModuleWatch watch_;
    ReportDesk reports_;
    Recovery recovery_;

    std::deque<Input> waiting_;
    std::string word_;  // of the command under way
    bool recovering_ = false;
    bool flowing_ = false;  // a command's flow has not ended
    bool input_over_ = false;
    bool ended_ = false;  // the end of the input has had its turn
    bool stopped_ = false;
    std::optional<core::Millis> waits_until_;
    std::optional<core::Millis> leaves_at_;  // whatever the printer does
    std::optional<core::Millis> state_until_;  // `state` waits for the printer at most so long
};

}  // namespace linuxcash::terminal
