// SPDX-License-Identifier: Apache-2.0
#include "terminal/module_watch.h"

#include <algorithm>
#include <utility>

#include "slips/document.h"

namespace linuxcash::terminal {

namespace {

// The age of what is owed grows without any event.
constexpr int kQueueLookMs = 60'000;

}  // namespace

ModuleWatch::ModuleWatch(Parts parts, const Settings& settings)
    : parts_(parts), queue_watch_(settings.queue_count_warning, settings.queue_days_warning) {
}

void ModuleWatch::tell_troubles() {
    for (const PaymentSystems::System* system : parts_.systems.all()) {
        if (system->trouble.empty()) continue;
        parts_.announcer.notice(host::Level::Warning, system->trouble, system->name);
    }
}

void ModuleWatch::tell_queue() {
    const std::vector<host::Obligation> owed = obligations();
    if (owed.empty()) return;
    const auto oldest = std::max_element(
        owed.begin(), owed.end(), [](const host::Obligation& left, const host::Obligation& right) {
            return left.age_s < right.age_s;
        });
    parts_.announcer.notice(
        host::Level::Warning,
        tr("Ждут отправки отмены и возвраты: %1, дольше всех %2 с", owed.size(), oldest->age_s),
        "queue");
}

std::vector<host::Obligation> ModuleWatch::obligations() {
    std::vector<host::Obligation> all;
    for (PaymentSystems::System* system : parts_.systems.all()) {
        if (!system->instance) continue;
        Result<std::vector<host::Obligation>> list = system->instance->obligations();
        if (!list) {
            parts_.announcer.notice(host::Level::Error, list.error().text, system->name);
            continue;
        }
        for (host::Obligation& each : *list) {
            if (each.system.empty()) each.system = system->name;
            all.push_back(std::move(each));
        }
    }
    return all;
}

void ModuleWatch::push() {
    for (PaymentSystems::System* system : parts_.systems.all()) {
        if (!system->instance) continue;
        const Result<> pushed = system->instance->push();
        if (!pushed && pushed.error().code != ErrorCode::Unsupported) {
            parts_.announcer.notice(host::Level::Warning, pushed.error().text, system->name);
        }
    }
}

void ModuleWatch::on(const PaymentSystems::System& system, const host::Notice& notice) {
    NoticeEvent event;
    event.level = notice.level;
    event.text = notice.text;
    event.source = system.name;
    event.topic = notice.topic;
    event.operation = notice.operation;
    parts_.announcer.notice(std::move(event));
    if (notice.slip.kind() == json::Kind::Null) return;
    const Result<core::slip::Slip> slip = slips::read_document(notice.slip);
    if (slip) parts_.slips.print({*slip, "", "receipt", false});
}

bool ModuleWatch::pull_notices() {
    constexpr int kNoticesPerPump = 64;
    bool any = false;
    for (PaymentSystems::System* system : parts_.systems.all()) {
        if (!system->instance) continue;
        for (int pulled = 0; pulled < kNoticesPerPump; ++pulled) {
            const std::optional<host::Notice> notice = system->instance->next_notice();
            if (!notice) break;
            on(*system, *notice);
            any = true;
        }
    }
    return any;
}

void ModuleWatch::pump() {
    const json::Value id = parts_.announcer.id();
    parts_.announcer.set_id({});
    const bool any = pull_notices();
    const core::Millis now = parts_.clock.monotonic();
    if (any || !looked_at_ || now - *looked_at_ >= kQueueLookMs) {
        looked_at_ = now;
        for (const Text& text : queue_watch_.look(obligations(), parts_.clock.wall_ms() / 1000)) {
            parts_.announcer.notice(host::Level::Warning, text, "queue");
        }
    }
    parts_.announcer.set_id(id);
}

}  // namespace linuxcash::terminal
