// SPDX-License-Identifier: Apache-2.0
// What stands behind the opaque handles of the C contract, and how an event of the core becomes one
// of its structs. A handle is used by one host thread at a time, but for cancel.
#pragma once

#include <linuxcash/paysystem.h>
#include <sys/types.h>

#include <memory>
#include <string>
#include <variant>

#include "app/module.h"
#include "base/text.h"
#include "runtime/outbox.h"

// An event and the strings it points to, good until it is replaced.
class EventBox {
public:
    explicit EventBox(linuxcash::Translate translate) : translate_(std::move(translate)) {}

    [[nodiscard]] const lc_event* put(const linuxcash::runtime::NumberedEvent& event);

private:
    [[nodiscard]] const lc_event* put(std::uint64_t number, const linuxcash::core::Show& show);
    [[nodiscard]] const lc_event* put(std::uint64_t number, const linuxcash::core::Ask& ask);
    [[nodiscard]] const lc_event* put(std::uint64_t number, const linuxcash::core::Choose& choose);
    [[nodiscard]] const lc_event* put(std::uint64_t number, const linuxcash::core::SetCard& card);
    [[nodiscard]] const lc_event* put(
        std::uint64_t number, const linuxcash::core::Finished& finished);

    linuxcash::Translate translate_;
    std::string text_;
    std::string title_;
    std::string qr_;
    std::string gateway_id_;
    std::string slip_;
    std::string report_info_;
    std::string reason_;
    std::string document_;  // options, edits, details
    std::variant<
        std::monostate, lc_event_show, lc_event_ask, lc_event_choose, lc_event_edit,
        lc_event_finished>
        event_;
};

struct lc_instance {
    std::unique_ptr<linuxcash::app::Module> module;
    linuxcash::Translate translate;
    pid_t owner = 0;
    bool started = false;
    // Good until the next call of the same function.
    std::string unclaimed;
    std::string queue;
    std::string notice_topic;
    std::string notice_text;
    std::string notice_operation;
    lc_notice notice{};
};

struct lc_operation {
    lc_operation(lc_instance* of, std::shared_ptr<linuxcash::runtime::Conversation> with)
        : instance(of), conversation(std::move(with)), box(of->translate) {}

    lc_instance* instance;
    std::shared_ptr<linuxcash::runtime::Conversation> conversation;
    EventBox box;
};

namespace linuxcash::entry {

[[nodiscard]] OperationId to_id(const lc_id& id);
[[nodiscard]] std::int32_t to_level(core::Level level);

}  // namespace linuxcash::entry
