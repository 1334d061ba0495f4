// SPDX-License-Identifier: Apache-2.0
// An engine with its one loop thread. Every member may be called from any thread; each call is
// carried out by the loop and waits for it, which takes no longer than a step of the engine (never
// the network).
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "runtime/engine.h"

namespace linuxcash::runtime {

class Instance {
public:
    explicit Instance(Ports ports);
    // Stops the loop: waits for requests that bear a secret or may move money, at most until their
    // deadlines.
    ~Instance();

    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    // Reads the journal, then starts the thread with all signals blocked. Once.
    [[nodiscard]] Result<> start();
    [[nodiscard]] bool started() const { return thread_.joinable(); }

    [[nodiscard]] Begun pay(PayOrder order);
    [[nodiscard]] Begun undo(UndoOrder order);
    [[nodiscard]] Begun refund(RefundOrder order);
    [[nodiscard]] Begun card(CardOrder order);
    [[nodiscard]] Begun totals(TotalsOrder order);
    // These two do not wait for the loop.
    void answer(const OperationId& id, core::Response response);
    void cancel(const OperationId& id);

    [[nodiscard]] SettleResult settle(const OperationId& id, core::Settled settled);
    [[nodiscard]] std::vector<core::Operation> unclaimed();
    [[nodiscard]] std::vector<Debt> queue();
    void push();

    [[nodiscard]] Outbox& outbox() { return *outbox_; }

private:
    void loop();
    void post(std::function<void()> job);
    template <typename Job>
    auto ask(Job job);
    [[nodiscard]] std::deque<std::function<void()>> take_jobs();

    Ports ports_;
    std::shared_ptr<Outbox> outbox_;
    Engine engine_;
    std::mutex mutex_;
    std::deque<std::function<void()>> jobs_;  // guarded by mutex_
    bool stopping_ = false;  // guarded by mutex_
    std::thread thread_;
};

}  // namespace linuxcash::runtime
