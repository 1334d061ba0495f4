// SPDX-License-Identifier: Apache-2.0
// What an instance has for its host: events of conversations and notices, and the descriptor that
// says so. The loop thread puts in, the host's threads take out; every member may be called from
// any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/files.h"
#include "base/operation_id.h"
#include "core/event.h"

namespace linuxcash::runtime {

// Said outside operations.
struct Notice {
    core::Level level = core::Level::Info;
    std::string topic;
    Text text;
    std::optional<OperationId> operation;
};

struct NumberedEvent {
    std::uint64_t number = 0;
    core::Event event;
};

class Outbox;

// The event queue of one operation. Kept alive by the host's handle and by the engine.
class Conversation {
public:
    Conversation(std::shared_ptr<Outbox> outbox, OperationId id);

    [[nodiscard]] const OperationId& id() const { return id_; }

    // The engine's side. Nothing is taken after `finished`. A show replaces an unpulled show before
    // it.
    void emit(core::Event event);

    // The host's side: the next event, waiting at most that long.
    [[nodiscard]] std::optional<NumberedEvent> next(std::chrono::milliseconds timeout);
    // Whether `finished` has been pulled.
    [[nodiscard]] bool over() const;
    // Takes an answer to the open question, which is closed by it; nullopt is an answer that nobody
    // understands.
    enum class Reaction { Taken, Stale, Wrong };
    [[nodiscard]] Reaction react(
        std::uint64_t number, const std::optional<core::Response>& response);
    // The host gave the handle back: what was not pulled no longer counts as waiting.
    void abandon();

private:
    friend class Outbox;

    const std::shared_ptr<Outbox> outbox_;
    const OperationId id_;
    // Guarded by the outbox's mutex.
    std::deque<NumberedEvent> events_;
    std::uint64_t last_number_ = 0;
    std::optional<NumberedEvent> question_;
    bool finished_ = false;
    bool pulled_finished_ = false;
    bool abandoned_ = false;
};

class Outbox {
public:
    Outbox();

    void notify(Notice notice);
    [[nodiscard]] std::optional<Notice> next_notice();
    // Readable while something waits to be pulled.
    [[nodiscard]] int wait_fd() const { return signal_.get(); }

private:
    friend class Conversation;

    // The mutex is held by the caller.
    void added();
    void removed(std::size_t count = 1);

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Notice> notices_;
    std::size_t waiting_ = 0;
    UniqueFd signal_;
};

}  // namespace linuxcash::runtime
