// SPDX-License-Identifier: Apache-2.0
// A register that keeps the contract: it writes an operation down before it begins it, writes its
// end down before it says its word, and after a restart asks what became of what it has open. What
// it does is drawn from the seed. One thread.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "runtime/engine.h"
#include "world/checker.h"
#include "world/disk.h"
#include "world/shop.h"
#include "world/temper.h"

namespace linuxcash::world {

// Operations by how they ended.
using OutcomeCounts = std::map<std::pair<core::OperationKind, core::Outcome>, std::uint64_t>;

class Host {
public:
    struct Parts {
        Stage stage;
        Shop& shop;
        Checker& checker;
        Random random;
    };
    Host(Parts parts, const Temper& temper) : parts_(parts), temper_(temper) {}

    // A process has started, or died.
    void use(runtime::Engine& engine);
    void lost();
    // Does what it can at this moment. May throw Killed.
    void act();
    // When it wants to act again although nothing happens.
    [[nodiscard]] core::Millis next_at() const;

    [[nodiscard]] bool busy() const { return talking_.has_value(); }
    [[nodiscard]] bool recovering() const { return !open_.empty(); }
    // The last receipt is closed, and every word is said and heard.
    [[nodiscard]] bool done() const;
    [[nodiscard]] std::string where() const;
    [[nodiscard]] const OutcomeCounts& outcomes() const { return outcomes_; }

private:
    struct Talk {
        OperationId id;
        std::shared_ptr<runtime::Conversation> conversation;
        std::optional<core::Millis> cancel_at;
        std::optional<core::Millis> repeat_at;
        std::optional<core::Millis> answer_at;
    };

    // What was begun before.
    void resume(const OperationId& id);
    void resume_payment(ShopOperation& operation);
    void resume_unclaimed(ShopOperation& operation, const core::Operation& found);
    // What the cashier does next.
    void step();
    void work_on(Paper& paper);
    void after_sale();
    void open_paper();
    void pay(Paper& paper);
    void take_back(const OperationId& target);
    void give_back(const PaidLine& line, bool whole);
    void close(Paper& paper);
    void rest(std::int64_t at_most_ms);

    ShopOperation& write_down(ShopOperation operation);
    void begin(const OperationId& id);
    [[nodiscard]] runtime::Begun begin_at_module(const ShopOperation& operation);
    void follow();
    void react(const core::Event& event);
    void cancel();
    void ended(const core::Finished& finished);
    void pay_ended(ShopOperation& pay, const core::Finished& finished);
    void undo_ended(ShopOperation& undo, const core::Finished& finished);
    void refund_ended(ShopOperation& refund, const core::Finished& finished);
    [[nodiscard]] bool claim(ShopOperation& operation);
    [[nodiscard]] bool claim_refund(ShopOperation& refund);
    [[nodiscard]] bool may_begin_again(const ShopOperation& operation) const;
    void remove_line(const OperationId& payment);
    void forget_refund(const ShopOperation& refund);
    void say(ShopOperation& operation, core::Settled word);
    void deliver_words();

    [[nodiscard]] Paper* open_receipt();
    [[nodiscard]] OperationId new_id();
    [[nodiscard]] core::Millis now() const { return parts_.stage.clock.now; }

    Parts parts_;
    const Temper temper_;
    runtime::Engine* engine_ = nullptr;
    std::optional<Talk> talking_;
    std::deque<OperationId> open_;  // begun before, and without an end
    core::Millis resting_until_ = 0;
    core::Millis words_due_ = 0;
    int shift_ = 1;
    int steps_left_ = 24;
    OutcomeCounts outcomes_;
};

}  // namespace linuxcash::world
