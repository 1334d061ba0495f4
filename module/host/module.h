// SPDX-License-Identifier: Apache-2.0
// A running module and its conversations, as the contract has them but with values that own their
// strings. One thread at a time per Instance and its Conversations; Conversation::cancel from any
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "host/module_library.h"
#include "host/values.h"

namespace linuxcash::host {

// What a host says of itself.
struct HostIdentity {
    std::string root;  // the folder that stands for /linuxcash; absolute
    std::string desk;  // the register's number
    std::string currency;  // ISO code
    std::string language;  // "ru", "en"
};

class InstanceHandle;  // keeps a module's instance until the last user of it has gone

// One operation. Destroying it before `finished` was pulled means cancel.
class Conversation {
public:
    Conversation(Conversation&& other) noexcept;
    Conversation& operator=(Conversation&& other) noexcept;
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;
    ~Conversation();

    // The next event, waiting for it at most timeout_ms; nullopt when there is none yet. Internal:
    // the module broke the contract (an event without a size, the end without `finished`).
    [[nodiscard]] Result<std::optional<Event>> next(int timeout_ms);
    // An answer to an event that has passed is no error: nothing happened.
    [[nodiscard]] Result<> answer(std::uint64_t event, const Answer& answer);
    // Returns at once; `finished` follows.
    void cancel() noexcept;

private:
    friend class Instance;
    Conversation(std::shared_ptr<InstanceHandle> instance, lc_operation* operation);
    void release() noexcept;

    std::shared_ptr<InstanceHandle> instance_;
    lc_operation* operation_ = nullptr;
};

class Instance {
public:
    // Reads the module's settings and opens its journal; nothing runs yet. NotFound: it is not
    // configured, the text says what is missing; Busy: another process owns its data; Io otherwise.
    [[nodiscard]] static Result<Instance> create(
        const ModuleLibrary& library, const HostIdentity& identity);

    // Starts its threads. Once.
    [[nodiscard]] Result<> start();

    // Begins, or attaches to the operation of that id, or replays its end. Busy: another money
    // operation runs. Damaged: the id is known with another sum, receipt or kind. Unsupported: the
    // module has no such operation. NotFound: not configured. InvalidInput, Io, Internal. An error
    // means that this call moved nothing.
    [[nodiscard]] Result<Conversation> pay(const PayRequest& request);
    [[nodiscard]] Result<Conversation> undo(const UndoRequest& request);
    [[nodiscard]] Result<Conversation> refund(const RefundRequest& request);
    [[nodiscard]] Result<Conversation> refund_undo(const UndoRequest& request);
    [[nodiscard]] Result<Conversation> refund_free(const RefundFreeRequest& request);
    // These move no money, so they may run beside what moves some.
    [[nodiscard]] Result<Conversation> totals(const TotalsRequest& request);
    [[nodiscard]] Result<Conversation> card(const CardRequest& request);

    // What nobody settled; empty when the module has no such list.
    [[nodiscard]] Result<std::vector<Unclaimed>> unclaimed();
    // Our durable word. NotFound: the module does not know the operation. Damaged: it heard another
    // word before.
    [[nodiscard]] Result<> settle(const OperationId& id, Settled settled);

    // What it owes; empty when it owes nothing by nature.
    [[nodiscard]] Result<std::vector<Obligation>> obligations();
    // Tries all of it now; returns at once. Unsupported when it has no queue.
    [[nodiscard]] Result<> push();

    // The oldest notice.
    [[nodiscard]] std::optional<Notice> next_notice();
    // For poll(): readable while an event or a notice waits; -1 when there is none.
    [[nodiscard]] int wait_fd() const;

private:
    explicit Instance(std::shared_ptr<InstanceHandle> handle);
    // `call` may be null: the module has no such operation.
    template <typename Foreign>
    [[nodiscard]] Result<Conversation> begin(
        lc_status (*call)(lc_instance*, const Foreign*, lc_operation**) noexcept,
        const Foreign& request);

    std::shared_ptr<InstanceHandle> handle_;
};

}  // namespace linuxcash::host
