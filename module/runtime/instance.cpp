// SPDX-License-Identifier: Apache-2.0
#include "runtime/instance.h"

#include <pthread.h>
#include <signal.h>

#include <future>
#include <utility>

namespace linuxcash::runtime {
namespace {

// The loop wakes by itself this often even if nothing is due: a lost wake-up costs no more.
constexpr int kTurnMaxMs = 1'000;

// New threads inherit the signal mask: all blocked while one is made, as it was afterwards.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

}  // namespace

Instance::Instance(Ports ports)
    : ports_(ports), outbox_(std::make_shared<Outbox>()), engine_(ports, outbox_) {
}

Instance::~Instance() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    ports_.exchange.wake();
    thread_.join();
}

Result<> Instance::start() {
    Result<> ready = engine_.start();
    if (!ready) return ready;
    const SignalsBlocked blocked;
    thread_ = std::thread([this] { loop(); });
    return Done{};
}

void Instance::loop() {
    for (;;) {
        for (const std::function<void()>& job : take_jobs())
            job();
        bool stop = false;
        {
            const std::lock_guard lock(mutex_);
            stop = stopping_ && jobs_.empty();
        }
        if (stop) engine_.wind_down();
        if (stop && engine_.quiet()) return;
        engine_.turn(kTurnMaxMs);
    }
}

std::deque<std::function<void()>> Instance::take_jobs() {
    const std::lock_guard lock(mutex_);
    return std::exchange(jobs_, {});
}

void Instance::post(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    ports_.exchange.wake();
}

template <typename Job>
auto Instance::ask(Job job) {
    std::promise<decltype(job())> promise;
    auto future = promise.get_future();
    post([&] { promise.set_value(job()); });
    return future.get();
}

Begun Instance::pay(PayOrder order) {
    return ask([&] { return engine_.pay(std::move(order)); });
}

Begun Instance::undo(UndoOrder order) {
    return ask([&] { return engine_.undo(order); });
}

Begun Instance::refund(RefundOrder order) {
    return ask([&] { return engine_.refund(std::move(order)); });
}

Begun Instance::card(CardOrder order) {
    return ask([&] { return engine_.card(std::move(order)); });
}

Begun Instance::totals(TotalsOrder order) {
    return ask([&] { return engine_.totals(std::move(order)); });
}

void Instance::answer(const OperationId& id, core::Response response) {
    post([this, id, response = std::move(response)] { engine_.answer(id, response); });
}

void Instance::cancel(const OperationId& id) {
    post([this, id] { engine_.cancel(id); });
}

SettleResult Instance::settle(const OperationId& id, core::Settled settled) {
    return ask([&] { return engine_.settle(id, settled); });
}

std::vector<core::Operation> Instance::unclaimed() {
    return ask([&] { return engine_.unclaimed(); });
}

std::vector<Debt> Instance::queue() {
    return ask([&] { return engine_.queue(); });
}

void Instance::push() {
    post([this] { engine_.push(); });
}

}  // namespace linuxcash::runtime
