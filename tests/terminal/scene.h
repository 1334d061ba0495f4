// SPDX-License-Identifier: Apache-2.0
// A register with a till in a folder of its own and the fake module, driven by lines of the script;
// it can be killed and started again. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/places.h"
#include "core/ports.h"
#include "fakes/fake_paysystem.h"
#include "fakes/temporary_folder.h"
#include "host/module_library.h"
#include "json/json.h"
#include "terminal/announcer.h"
#include "terminal/payment_systems.h"
#include "terminal/script.h"
#include "terminal/session.h"
#include "till/till.h"

namespace linuxcash::terminal {

class ManualClock final : public core::Clock {
public:
    [[nodiscard]] core::Millis monotonic() const override { return now_ms; }
    [[nodiscard]] std::int64_t wall_ms() const override { return 1'800'000'000'000 + now_ms; }

    core::Millis now_ms = 1000;
};

class RecordingLog final : public core::Log {
public:
    void write(core::LogLevel level, const Text& text) noexcept override {
        lines.push_back((level == core::LogLevel::Error ? "E " : "  ") + text.russian());
    }

    std::vector<std::string> lines;
};

class Scene {
public:
    Scene() {
        fakes::play_in(&world);
        std::filesystem::create_directories(Places(folder.path()).data());
        adopt();
        boot();
    }
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;
    ~Scene() {
        kill();
        fakes::play_in(nullptr);
    }

    // Reads again what the module says of itself.
    void adopt() {
        const auto library = host::ModuleLibrary::adopt(fakes::fake_paysystem());
        if (library) library_ = *library;
    }

    // As after a power cut: nothing more is said to anybody.
    void kill() {
        session.reset();
        announcer.reset();
        systems.reset();
        till.reset();
    }

    void boot() {
        const Places places(folder.path());
        auto opened = till::Till::open(places, till::Access::Owner);
        if (!opened) return;
        till.emplace(std::move(*opened));
        static_cast<void>(
            till->put_payment_type({20, "fake", "Проверка", 0, core::PaymentKind::Other, true}));
        static_cast<void>(till->put_payment_type(
            {21, "absent", "Нет модуля", 0, core::PaymentKind::Other, true}));
        static_cast<void>(
            till->put_payment_type({30, "", "Терминал", 0, core::PaymentKind::Card, true}));
        systems.emplace();
        if (with_module) systems->add(library_, {"/root-of-test", "1", "BYN", "ru"});
        announcer.emplace(
            [this](const Event& event) {
                events.push_back(to_json(event));
                if (shows) shows(event);
            },
            [](const std::string& msgid) { return msgid; }, Announcer::Logs{business, dialogs});
        printer = make_printer();
        session.emplace(Session::World{
            *till, *systems, clock, settings, *announcer, *printer, [this] { return new_id(); }});
        script = std::make_unique<Script>(*session, *announcer, Currency());
        started = session->start().ok();
        pump();
    }

    void restart() {
        kill();
        events.clear();
        boot();
    }

    void line(const std::string& text) {
        script->line({text, false});
        pump();
    }

    void pump() {
        for (int times = 0; times < 20; ++times)
            session->pump();
    }

    // A cashier, a shift and a receipt of 35.00.
    void open_receipt() {
        line(R"({"do":"login","cashier":"Кассир 1"})");
        line(R"({"do":"shift-open"})");
        line(R"({"do":"item","code":"1001","name":"Молоко","price":"17.50","quantity":"2"})");
        events.clear();
    }

    // The last event of that name; null when there was none.
    [[nodiscard]] json::Value last(const std::string& event) const {
        json::Value found;
        for (const json::Value& each : events) {
            if (each.string("event") == event) found = each;
        }
        return found;
    }

    [[nodiscard]] std::string last(const std::string& event, const std::string& key) const {
        const json::Value found = last(event);
        const json::Value* member = found.find(key);
        if (member == nullptr) return "none";
        return member->string().value_or(member->str());
    }

    // "receipt,slip,finished": the names of all events.
    [[nodiscard]] std::string names() const {
        std::string all;
        for (const json::Value& each : events) {
            all += (all.empty() ? "" : ",") + each.string("event").value_or("?");
        }
        return all;
    }

    [[nodiscard]] int count(const std::string& event) const {
        int number = 0;
        for (const json::Value& each : events)
            number += each.string("event") == event ? 1 : 0;
        return number;
    }

    // "1 processed 24.50;2 cancelled 10.00" of the last receipt event.
    [[nodiscard]] std::string payments() const {
        const json::Value receipt = last("receipt");
        std::string all;
        if (receipt.array("payments") == nullptr) return "none";
        for (const json::Value& each : *receipt.array("payments")) {
            all += (all.empty() ? "" : ";") + std::to_string(each.integer("payment").value_or(0))
                   + " " + each.string("state").value_or("") + " "
                   + each.string("sum").value_or("");
        }
        return all;
    }

    Result<OperationId> new_id() {
        OperationId id;
        ++ids_;
        id.bytes[14] = static_cast<std::uint8_t>(ids_ / 256);
        id.bytes[15] = static_cast<std::uint8_t>(ids_ % 256);
        return id;
    }

    fakes::TemporaryFolder folder;
    // The virtual one, unless a test puts another in its place; a new one at each start.
    std::function<std::unique_ptr<ReceiptPrinter>()> make_printer = [] {
        return std::make_unique<VirtualPrinter>(48);
    };
    std::unique_ptr<ReceiptPrinter> printer;
    fakes::World world;
    ManualClock clock;
    RecordingLog business;
    RecordingLog dialogs;
    Settings settings;
    bool with_module = true;
    bool started = false;
    std::vector<json::Value> events;
    std::function<void(const Event&)> shows;  // sees events too, if there is one
    std::optional<till::Till> till;
    std::optional<PaymentSystems> systems;
    std::optional<Announcer> announcer;
    std::optional<Session> session;
    std::unique_ptr<Script> script;

private:
    host::ModuleLibrary library_;
    int ids_ = 0;
};

}  // namespace linuxcash::terminal
