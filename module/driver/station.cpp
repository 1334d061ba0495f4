// SPDX-License-Identifier: Apache-2.0
#include "driver/station.h"

#include <pthread.h>
#include <signal.h>

#include <chrono>
#include <exception>
#include <system_error>
#include <utility>
#include <vector>

namespace linuxcash::driver {

namespace {

constexpr std::size_t kWaitingMax = 200;

JobEnd end_of(printing::Delivery delivery) {
    switch (delivery) {
        case printing::Delivery::Printed:
            return JobEnd::Printed;
        case printing::Delivery::Sent:
            return JobEnd::Sent;
        case printing::Delivery::NotPrinted:
            return JobEnd::NotPrinted;
        case printing::Delivery::InDoubt:
            return JobEnd::InDoubt;
    }
    return JobEnd::InDoubt;
}

State state_of(printing::PrinterState state) {
    switch (state) {
        case printing::PrinterState::Unknown:
            return State::Unknown;
        case printing::PrinterState::Ready:
            return State::Ready;
        case printing::PrinterState::PaperNearEnd:
            return State::PaperNearEnd;
        case printing::PrinterState::Offline:
            return State::Offline;
        case printing::PrinterState::Error:
            return State::Fault;
        case printing::PrinterState::Cutter:
            return State::Cutter;
        case printing::PrinterState::CoverOpen:
            return State::CoverOpen;
        case printing::PrinterState::PaperOut:
            return State::PaperOut;
    }
    return State::Unknown;
}

// What the trouble of the way to the printer says of it; what the printer said itself comes first.
State state_of(const printing::PrinterStatus& status, printing::Trouble trouble) {
    const State told = state_of(status.state());
    if (!prints(told)) return told;
    switch (trouble) {
        case printing::Trouble::None:
        case printing::Trouble::Stopped:
            return told;
        case printing::Trouble::PaperOut:
            return State::PaperOut;
        case printing::Trouble::CoverOpen:
            return State::CoverOpen;
        case printing::Trouble::Cutter:
            return State::Cutter;
        case printing::Trouble::Offline:
        case printing::Trouble::TimedOut:
            return State::Offline;
        case printing::Trouble::PrinterError:
            return State::Fault;
        case printing::Trouble::NotFound:
        case printing::Trouble::Busy:
        case printing::Trouble::Denied:
        case printing::Trouble::Unplugged:
        case printing::Trouble::Broken:
            return State::Unreachable;
    }
    return State::Unknown;
}

// What a cashier reads of a state; `detail`: what the link says of a printer out of reach.
Text words_of(State state, const Text& detail) {
    switch (state) {
        case State::Unknown:
        case State::Ready:
            return {};
        case State::PaperNearEnd:
            return printing::state_text(printing::PrinterState::PaperNearEnd);
        case State::PaperOut:
            return printing::state_text(printing::PrinterState::PaperOut);
        case State::CoverOpen:
            return printing::state_text(printing::PrinterState::CoverOpen);
        case State::Offline:
            return printing::state_text(printing::PrinterState::Offline);
        case State::Cutter:
            return printing::state_text(printing::PrinterState::Cutter);
        case State::Fault:
            return printing::state_text(printing::PrinterState::Error);
        case State::Unreachable:
            return detail.empty() ? tr("нет связи: проверьте кабель и питание") : detail;
    }
    return {};
}

// The host's signals are not for this thread.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;
    ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

}  // namespace

Station::Station(Parts parts) : parts_(std::move(parts)) {
}

Station::~Station() {
    {
        const std::lock_guard lock(mutex_);
        quit_ = true;
    }
    parts_.device->stop();
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

Result<> Station::start() {
    const SignalsBlocked blocked;
    try {
        thread_ = std::thread([this] { run(); });
    } catch (const std::system_error&) {
        return Error{ErrorCode::Io, tr("драйвер принтера не запущен: система не дает потоков")};
    }
    return Done{};
}

bool Station::put(Work work) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= kWaitingMax) return false;
    // The cashier waits for the drawer, and not for paper.
    if (std::holds_alternative<printing::DrawerPulse>(work.what)) {
        waiting_.push_front(std::move(work));
    } else {
        waiting_.push_back(std::move(work));
    }
    changed_.notify_one();
    return true;
}

void Station::check() {
    const std::lock_guard lock(mutex_);
    check_ = true;
    changed_.notify_one();
}

void Station::run() noexcept {
    while (true) {
        const Turn turn = next_turn();
        if (turn.quit) return;
        try {
            if (turn.look) {
                look(turn.always_tell);
            } else {
                work_off(turn.work);
            }
        } catch (const std::exception&) {  // memory, or a bug: the register goes on without it
            if (!turn.look) lose(turn.work);
        }
    }
}

Station::Turn Station::next_turn() {
    std::unique_lock lock(mutex_);
    const auto something = [this] { return quit_ || check_ || !waiting_.empty(); };
    if (prints(state_)) {
        changed_.wait(lock, something);
    } else {
        changed_.wait_for(lock, std::chrono::milliseconds(parts_.recheck_ms), something);
    }
    Turn turn;
    turn.quit = quit_;
    turn.look = check_ || waiting_.empty();
    turn.always_tell = std::exchange(check_, false);
    if (turn.quit || turn.look) return turn;
    turn.work = std::move(waiting_.front());
    waiting_.pop_front();
    return turn;
}

void Station::look(bool always_tell) {
    const printing::Condition condition = parts_.device->ask();
    if (condition.trouble == printing::Trouble::Stopped) return;
    set_state({state_of(condition.status, condition.trouble), condition.text, always_tell});
}

void Station::lose(const Work& work) {
    Event event;
    event.kind = EventKind::Job;
    event.job = work.job;
    event.target = parts_.target;
    event.end = JobEnd::InDoubt;
    event.state = state_;
    event.text = tr("сбой драйвера принтера");
    parts_.tell(event);
}

printing::JobResult Station::carry_out(const Work& work) {
    if (const auto* pulse = std::get_if<printing::DrawerPulse>(&work.what)) {
        return parts_.device->open_drawer(*pulse);
    }
    return parts_.device->print(
        std::get<std::string>(work.what), [this](printing::PrinterState state) {
            set_state({state_of(state), {}, false});
        });
}

void Station::work_off(const Work& work) {
    const printing::JobResult result = carry_out(work);
    Event event;
    event.kind = EventKind::Job;
    event.job = work.job;
    event.target = parts_.target;
    event.end = end_of(result.delivery);
    event.state = state_of(result.status, result.trouble);
    event.text = result.text;
    parts_.log.write(
        core::LogLevel::Info,
        tr("Задание %1 принтера %2: %3, байт: %4 %5", static_cast<long long>(work.job),
           parts_.target, Text::literal(std::string(printing::delivery_word(result.delivery))),
           result.taken, result.text));
    set_state({event.state, {}, false});
    parts_.tell(event);
    if (event.end == JobEnd::NotPrinted && !prints(event.state)) forget_rest(event);
}

// What waits would only wait for the same trouble: the host hears of it now. A drawer opens all the
// same.
void Station::forget_rest(const Event& why) {
    std::vector<std::uint64_t> slips;
    {
        const std::lock_guard lock(mutex_);
        std::deque<Work> drawers;
        for (Work& work : waiting_) {
            if (std::holds_alternative<std::string>(work.what)) {
                slips.push_back(work.job);
            } else {
                drawers.push_back(std::move(work));
            }
        }
        waiting_ = std::move(drawers);
    }
    for (const std::uint64_t job : slips) {
        Event event = why;
        event.job = job;
        parts_.tell(event);
    }
}

void Station::set_state(const Seen& seen) {
    if (seen.state == state_ && !seen.always_tell) return;
    const Text text = words_of(seen.state, seen.detail);
    if (seen.state != state_) {
        const bool well = prints(seen.state);
        parts_.log.write(
            well ? core::LogLevel::Info : core::LogLevel::Warning,
            tr("Принтер %1: %2", parts_.target, text.empty() ? tr("готов") : text));
    }
    state_ = seen.state;
    Event event;
    event.target = parts_.target;
    event.state = seen.state;
    event.text = text;
    parts_.tell(event);
}

}  // namespace linuxcash::driver
