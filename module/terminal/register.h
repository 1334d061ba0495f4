// SPDX-License-Identifier: Apache-2.0
// The register's memory: cashier, shift, the receipt at hand, and the words owed to modules. What
// has happened to money is true in memory at once and stored at the first chance; everything else
// happens only when it is stored. One thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/operation_id.h"
#include "base/result.h"
#include "core/ports.h"
#include "terminal/announcer.h"
#include "terminal/payment_systems.h"
#include "terminal/settings.h"
#include "till/till.h"

namespace linuxcash::terminal {

using NewId = std::function<Result<OperationId>()>;

// Our word on an operation of a module.
struct ModuleWord {
    std::string system;  // name of the module
    till::Word word;
};

class Register {
public:
    // All must outlive the register.
    struct Parts {
        till::Till& till;
        PaymentSystems& systems;
        Announcer& announcer;
        core::Clock& clock;
        const Settings& settings;
        NewId new_id;
    };
    using Edit = std::function<Result<>(till::Receipt&)>;

    explicit Register(Parts parts);

    // Reads the shift and the open receipt back.
    [[nodiscard]] Result<> restore();

    void login(const std::string& cashier);
    [[nodiscard]] Result<> open_shift();
    // Whether close_shift() would say no, and why.
    [[nodiscard]] Result<> may_close_shift() const;
    [[nodiscard]] Result<> close_shift();

    // The open receipt, or the closed one that was taken up. nullptr: there is none.
    [[nodiscard]] const till::Receipt* receipt() const { return receipt_ ? &*receipt_ : nullptr; }
    [[nodiscard]] const std::optional<till::Shift>& shift() const { return shift_; }
    [[nodiscard]] const std::string& cashier() const { return cashier_; }
    [[nodiscard]] Currency currency() const { return parts_.settings.currency; }

    // Changes the open receipt, or a new sale when none is open; nothing happens when it cannot be
    // stored.
    [[nodiscard]] Result<> edit(const Edit& edit);
    // The receipt that edit() would change: the one at hand, or the next sale with its name and
    // number, which is stored by the first edit.
    [[nodiscard]] Result<till::Receipt> receipt_or_next_sale();
    // Whether a receipt may be opened: there is a cashier, a shift, and none is open.
    [[nodiscard]] Result<> may_open_receipt() const;
    // Opens a refund receipt, if one may be.
    [[nodiscard]] Result<> open_refund(const Edit& fill);

    // Takes a closed receipt up: its payments can be taken back as those of an open one; an open
    // receipt waits aside.
    void take_up(till::Receipt closed);
    void put_down();

    // Money has moved: `edit` is true from now on. The receipt and our word are stored in one
    // commit, and then the module hears the word. When storing fails it is said, and tried again
    // with the next change.
    void record(const std::function<void(till::Receipt&)>& edit, const ModuleWord& word);
    // The same without a receipt: stores our word, then says it.
    void record_word(const ModuleWord& word);
    // Something that the till must keep is not stored yet: nothing may be begun on top of it.
    [[nodiscard]] Result<> store_rest();

    // Ends the receipt at hand. Nothing happens when it cannot be stored.
    [[nodiscard]] Result<> end(till::ReceiptState state);

    // Tells the open receipt, or the last one of this shift.
    void emit_receipt();
    void emit_shift();
    // While quiet, changes are not told.
    void set_quiet(bool quiet) { quiet_ = quiet; }

private:
    [[nodiscard]] Result<> may_sell() const;
    [[nodiscard]] Result<till::Receipt> new_receipt(core::ReceiptType type);
    // Stores the receipt with all words that wait, and says them. A refund that has ended is stored
    // with its sale, whose payments know from then on that they were given back.
    [[nodiscard]] Result<> store(const till::Receipt& receipt);
    // The sale of a refund as it stands once `refund` is stored; nullopt when nothing changes.
    [[nodiscard]] Result<std::optional<till::Receipt>> changed_sale(const till::Receipt& refund);
    void remember(const till::Receipt& ended);
    void say(const ModuleWord& word);
    [[nodiscard]] std::string today() const;

    Parts parts_;
    std::string cashier_;
    std::optional<till::Shift> shift_;
    std::optional<till::Receipt> receipt_;
    std::optional<till::Receipt> aside_;  // the open one while a closed one is taken up
    std::optional<till::Receipt> next_sale_;  // not stored yet
    std::optional<till::Receipt> last_;  // the one that ended last
    std::vector<ModuleWord> unsaved_;  // words of changes that are not stored yet
    bool quiet_ = false;
};

}  // namespace linuxcash::terminal
