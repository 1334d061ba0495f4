// SPDX-License-Identifier: Apache-2.0
// The exported symbol and its tables. Here, and only here, exceptions end: what was thrown becomes
// a status.
#include <linuxcash/paysystem.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "app/module.h"
#include "base/printable.h"
#include "entry/border.h"
#include "entry/documents.h"
#include "entry/handles.h"
#include "i18n/translate.h"

namespace {

using namespace linuxcash;
using entry::guarded;
using entry::known_part;
using entry::to_id;
using entry::with;

constexpr const char* kCatalogue = "linuxcash";

lc_status status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::NotFound:
            return LC_NOT_CONFIGURED;
        case ErrorCode::InvalidInput:
            return LC_NOT_CONFIGURED;
        case ErrorCode::Busy:
            return LC_BUSY;
        case ErrorCode::Unsupported:
        case ErrorCode::Denied:
        case ErrorCode::Io:
        case ErrorCode::NoSpace:
        case ErrorCode::TooLarge:
        case ErrorCode::Damaged:
        case ErrorCode::Timeout:
        case ErrorCode::Internal:
            break;
    }
    return LC_FAILED;
}

// ---- the conversation ----

lc_status next(lc_operation* operation, int32_t timeout_ms, const lc_event** event) LC_NOEXCEPT {
    if (operation == nullptr || event == nullptr) return LC_INVALID;
    return with(operation->instance, [&](runtime::Instance&) -> lc_status {
        *event = nullptr;
        if (operation->conversation->over()) return LC_END;
        std::optional<runtime::NumberedEvent> pulled =
            operation->conversation->next(std::chrono::milliseconds(std::max(timeout_ms, 0)));
        if (!pulled) return LC_TIMEOUT;
        *event = operation->box.put(*pulled);
        return LC_OK;
    });
}

std::optional<core::Response> response_of(const lc_answer& answer) {
    switch (answer.kind) {
        case LC_ANSWER_VALUE:
            return core::Value{text_of(answer.text)};
        case LC_ANSWER_CHOICE:
            return core::Chosen{answer.index};
        case LC_ANSWER_APPLIED:
            return core::Applied{};
        case LC_ANSWER_REFUSED:
            return core::NotApplied{text_of(answer.text)};
        case LC_ANSWER_CANCEL:
            return core::Dismissed{};
        case LC_ANSWER_UNSUPPORTED:
            return core::NotSupported{};
        default:
            return std::nullopt;
    }
}

lc_status answer(lc_operation* operation, const lc_answer* theirs) LC_NOEXCEPT {
    if (operation == nullptr || theirs == nullptr) return LC_INVALID;
    return with(operation->instance, [&](runtime::Instance& runtime) -> lc_status {
        const lc_answer reaction = known_part(*theirs, theirs->size);
        std::optional<core::Response> response = response_of(reaction);
        switch (operation->conversation->react(reaction.event, response)) {
            case runtime::Conversation::Reaction::Stale:
                return LC_STALE;
            case runtime::Conversation::Reaction::Wrong:
                return LC_INVALID;
            case runtime::Conversation::Reaction::Taken:
                break;
        }
        runtime.answer(operation->conversation->id(), *std::move(response));
        return LC_OK;
    });
}

lc_status cancel(lc_operation* operation) LC_NOEXCEPT {
    if (operation == nullptr) return LC_INVALID;
    return with(operation->instance, [&](runtime::Instance& runtime) -> lc_status {
        runtime.cancel(operation->conversation->id());
        return LC_OK;
    });
}

void release(lc_operation* operation) LC_NOEXCEPT {
    if (operation == nullptr) return;
    // In a forked child the mutexes inside may be held for ever: leave everything alone.
    if (operation->instance->owner != getpid()) return;
    const std::unique_ptr<lc_operation> owned(operation);
    guarded([&]() -> lc_status {
        if (!owned->conversation->over()) cancel(operation);
        owned->conversation->abandon();
        return LC_OK;
    });
}

constexpr lc_conversation kConversation{sizeof(lc_conversation), next, answer, cancel, release};

// ---- the module ----

const char* describe(void) LC_NOEXCEPT {
    try {
        // Good for ever, as the contract says; the one lazily made object of this library.
        static const std::string document = entry::describe_document(app::definition());
        return document.c_str();
    } catch (...) {
        return "{}";
    }
}

// What is wrong with what the host says of itself; nullopt when nothing is.
std::optional<Text> wrong_host(const app::HostFacts& facts) {
    constexpr std::size_t kDeskMax = 8;
    const auto plain = [](char each) {
        return (each >= '0' && each <= '9') || (each >= 'A' && each <= 'Z')
               || (each >= 'a' && each <= 'z');
    };
    if (!facts.root.starts_with('/')) {
        return tr("корневой каталог «%1» не подходит: нужен полный путь", printable(facts.root));
    }
    if (facts.desk.empty() || facts.desk.size() > kDeskMax
        || !std::all_of(facts.desk.begin(), facts.desk.end(), plain)) {
        return tr(
            "номер кассы «%1» не подходит: нужно от 1 до %2 латинских букв и цифр",
            printable(facts.desk), kDeskMax);
    }
    if (!Currency::parse(facts.currency)) {
        return tr(
            "валюта «%1» не подходит: нужен код из трёх букв, например BYN",
            printable(facts.currency));
    }
    return std::nullopt;
}

lc_status create(const lc_host* theirs, lc_instance** out, char* error, std::size_t error_size)
    LC_NOEXCEPT {
    if (out == nullptr) return LC_INVALID;
    *out = nullptr;
    if (theirs == nullptr) return LC_INVALID;
    return guarded([&]() -> lc_status {
        const lc_host host = known_part(*theirs, theirs->size);
        app::HostFacts facts{text_of(host.root), text_of(host.desk), text_of(host.currency)};
        Translate translate = i18n::translator(kCatalogue);
        // The sentences are Russian already: no catalogue is needed, whatever the locale is.
        if (text_of(host.language) == "ru") {
            translate = [](const std::string& words) { return words; };
        }
        if (std::optional<Text> wrong = wrong_host(facts)) {
            copy_text(wrong->translated(translate), error, error_size);
            return LC_INVALID;
        }
        Result<std::unique_ptr<app::Module>> module = app::Module::create(app::definition(), facts);
        if (!module) {
            copy_text(module.error().text.translated(translate), error, error_size);
            return status_of(module.error().code);
        }
        auto instance = std::make_unique<lc_instance>();
        instance->module = std::move(module).value();
        instance->translate = std::move(translate);
        instance->owner = getpid();
        *out = instance.release();
        return LC_OK;
    });
}

lc_status start(lc_instance* instance, char* error, std::size_t error_size) LC_NOEXCEPT {
    if (instance == nullptr) return LC_INVALID;
    return guarded([&]() -> lc_status {
        if (instance->owner != getpid()) return LC_WRONG_PROCESS;
        if (instance->started) return LC_OK;
        Result<> started = instance->module->start();
        if (!started) {
            copy_text(started.error().text.translated(instance->translate), error, error_size);
            return LC_FAILED;
        }
        instance->started = true;
        return LC_OK;
    });
}

void destroy(lc_instance* instance) LC_NOEXCEPT {
    if (instance == nullptr || instance->owner != getpid()) return;
    const std::unique_ptr<lc_instance> owned(instance);
    guarded([&]() -> lc_status {
        owned->module.reset();
        return LC_OK;
    });
}

const void* ability(lc_instance*, const char* id) LC_NOEXCEPT {
    return id == nullptr ? nullptr : entry::table_of(id);
}

lc_status unclaimed(lc_instance* instance, const char** document) LC_NOEXCEPT {
    return with(instance, [&](runtime::Instance& runtime) -> lc_status {
        if (document == nullptr) return LC_INVALID;
        instance->unclaimed = entry::unclaimed_document(runtime.unclaimed());
        *document = instance->unclaimed.c_str();
        return LC_OK;
    });
}

lc_status settle(lc_instance* instance, const lc_id* id, int32_t settled) LC_NOEXCEPT {
    return with(instance, [&](runtime::Instance& runtime) -> lc_status {
        if (id == nullptr || (settled != LC_SETTLED_KEPT && settled != LC_SETTLED_UNDONE)) {
            return LC_INVALID;
        }
        const auto word = settled == LC_SETTLED_KEPT ? core::Settled::Kept : core::Settled::Undone;
        switch (runtime.settle(to_id(*id), word)) {
            case runtime::SettleResult::Done:
                return LC_OK;
            case runtime::SettleResult::Conflict:
                return LC_CONFLICT;
            case runtime::SettleResult::Failed:
                return LC_FAILED;
        }
        return LC_FAILED;
    });
}

lc_status notice(lc_instance* instance, const lc_notice** out) LC_NOEXCEPT {
    return with(instance, [&](runtime::Instance& runtime) -> lc_status {
        if (out == nullptr) return LC_INVALID;
        *out = nullptr;
        std::optional<runtime::Notice> next_notice = runtime.outbox().next_notice();
        if (!next_notice) return LC_END;
        instance->notice_topic = next_notice->topic;
        instance->notice_text = next_notice->text.translated(instance->translate);
        instance->notice_operation = next_notice->operation ? next_notice->operation->hex() : "";
        instance->notice = {
            sizeof(lc_notice),
            entry::to_level(next_notice->level),
            instance->notice_topic.c_str(),
            instance->notice_text.c_str(),
            instance->notice_operation.c_str(),
            nullptr};
        *out = &instance->notice;
        return LC_OK;
    });
}

int wait_fd(lc_instance* instance) LC_NOEXCEPT {
    if (instance == nullptr || instance->owner != getpid() || !instance->started) return -1;
    return instance->module->instance().outbox().wait_fd();
}

constexpr lc_module kModule{
    sizeof(lc_module), LC_ABI_MAJOR,   LC_ABI_MINOR, describe, create, start,  destroy,
    ability,           &kConversation, unclaimed,    settle,   notice, wait_fd};

}  // namespace

const lc_module* linuxcash_paysystem(void) LC_NOEXCEPT {
    return &kModule;
}
