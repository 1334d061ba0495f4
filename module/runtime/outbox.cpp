// SPDX-License-Identifier: Apache-2.0
#include "runtime/outbox.h"

#include <sys/eventfd.h>

#include <utility>

namespace linuxcash::runtime {
namespace {

// A host that never pulls notices must not make the register run out of memory: the oldest go
// first.
constexpr std::size_t kNoticesMax = 256;

}  // namespace

Conversation::Conversation(std::shared_ptr<Outbox> outbox, OperationId id)
    : outbox_(std::move(outbox)), id_(id) {
}

void Conversation::emit(core::Event event) {
    const std::lock_guard lock(outbox_->mutex_);
    if (finished_ || abandoned_) return;
    const bool show = std::holds_alternative<core::Show>(event);
    const bool replaces =
        show && !events_.empty() && std::holds_alternative<core::Show>(events_.back().event);
    ++last_number_;
    if (core::is_question(event)) question_ = {last_number_, event};
    if (std::holds_alternative<core::Finished>(event)) finished_ = true;
    if (replaces) {
        events_.back() = {last_number_, std::move(event)};
        return;
    }
    events_.push_back({last_number_, std::move(event)});
    outbox_->added();
}

std::optional<NumberedEvent> Conversation::next(std::chrono::milliseconds timeout) {
    std::unique_lock lock(outbox_->mutex_);
    // Even a wait of no length would let the system put this thread to sleep.
    if (timeout > std::chrono::milliseconds::zero()) {
        outbox_->changed_.wait_for(
            lock, timeout, [&] { return !events_.empty() || pulled_finished_; });
    }
    if (events_.empty()) return std::nullopt;
    NumberedEvent event = std::move(events_.front());
    events_.pop_front();
    outbox_->removed();
    if (std::holds_alternative<core::Finished>(event.event)) pulled_finished_ = true;
    return event;
}

bool Conversation::over() const {
    const std::lock_guard lock(outbox_->mutex_);
    return pulled_finished_;
}

Conversation::Reaction Conversation::react(
    std::uint64_t number, const std::optional<core::Response>& response) {
    const std::lock_guard lock(outbox_->mutex_);
    if (finished_ || !question_ || question_->number != number) return Reaction::Stale;
    if (!response || !core::answers(*response, question_->event)) return Reaction::Wrong;
    question_.reset();
    return Reaction::Taken;
}

void Conversation::abandon() {
    const std::lock_guard lock(outbox_->mutex_);
    outbox_->removed(events_.size());
    events_.clear();
    abandoned_ = true;
}

Outbox::Outbox() : signal_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
}

void Outbox::notify(Notice notice) {
    const std::lock_guard lock(mutex_);
    if (notices_.size() >= kNoticesMax) {
        notices_.pop_front();
        removed();
    }
    notices_.push_back(std::move(notice));
    added();
}

std::optional<Notice> Outbox::next_notice() {
    const std::lock_guard lock(mutex_);
    if (notices_.empty()) return std::nullopt;
    Notice notice = std::move(notices_.front());
    notices_.pop_front();
    removed();
    return notice;
}

void Outbox::added() {
    ++waiting_;
    // A full counter is as readable as a written one: nothing is lost by a failure here.
    if (waiting_ == 1) (void)eventfd_write(signal_.get(), 1);
    changed_.notify_all();
}

void Outbox::removed(std::size_t count) {
    if (count == 0) return;
    waiting_ -= count;
    if (waiting_ > 0) return;
    eventfd_t value = 0;
    (void)eventfd_read(signal_.get(), &value);
}

}  // namespace linuxcash::runtime
