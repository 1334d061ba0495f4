// SPDX-License-Identifier: Apache-2.0
// The engine's ports in memory: a clock that a test moves, a wire on which a test is the gateway, a
// journal that may fail, and a power cut that keeps what was committed. Single-threaded.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/ports.h"

namespace linuxcash::fakes {

class SimClock : public core::Clock {
public:
    core::Millis now = 1'000'000;
    std::int64_t wall = 1'790'000'000'000;

    core::Millis monotonic() const override { return now; }
    std::int64_t wall_ms() const override { return wall; }
};

// Requests wait here until the test answers them.
class SimExchange : public core::Exchange {
public:
    struct Waiting {
        core::ExchangeId id = 0;
        core::Request request;
    };
    std::deque<Waiting> wire;
    std::vector<std::string> sent;  // what went out, by url: "session", "charge", …
    int aborted = 0;

    void start(core::ExchangeId id, core::Request request) override {
        sent.push_back(request.url);
        wire.push_back({id, std::move(request)});
    }
    void abort(core::ExchangeId id) override {
        ++aborted;
        complete(id, core::Failure{core::FailureKind::Aborted, core::Sent::Maybe, {}});
    }
    std::vector<core::Completed> wait(int) override { return std::exchange(completed_, {}); }
    void wake() noexcept override {}

    // Answers the oldest request with that url; false if there is none.
    bool answer(const std::string& url, core::Answer answer) {
        for (const Waiting& each : wire) {
            if (each.request.url != url) continue;
            complete(each.id, std::move(answer));
            return true;
        }
        return false;
    }

private:
    void complete(core::ExchangeId id, core::Answer answer) {
        std::erase_if(wire, [&](const Waiting& each) { return each.id == id; });
        completed_.push_back({id, std::move(answer), 1});
    }

    std::vector<core::Completed> completed_;
};

class SimStore : public core::Store {
public:
    std::vector<core::Record> records;
    std::set<OperationId> closed;
    std::vector<core::Wish> wishes;
    int synced_commits = 0;
    int tidied = 0;
    bool fails = false;

    Result<> append(const core::Commit& commit) override {
        if (fails) return Error{ErrorCode::Io, Text::literal("диск полон")};
        if (commit.durability == core::Durability::Synced) ++synced_commits;
        for (const auto& [id, fact] : commit.facts) {
            records.push_back({id, fact, 0});
            closed.erase(id);
        }
        closed.insert(commit.closed.begin(), commit.closed.end());
        return Done{};
    }
    Result<std::vector<core::Record>> open_records() override {
        std::vector<core::Record> open;
        for (const core::Record& record : records) {
            if (!closed.contains(record.operation)) open.push_back(record);
        }
        return open;
    }
    Result<std::vector<core::Record>> records_of(const OperationId& id) override {
        std::vector<core::Record> found;
        for (const core::Record& record : records) {
            if (record.operation == id) found.push_back(record);
        }
        return found;
    }
    Result<std::vector<core::Record>> records_about(const OperationId& target) override {
        return records_where([&](const core::Intent& intent) { return intent.target == target; });
    }
    Result<std::vector<core::Record>> records_of_shift(const std::string& label) override {
        return records_where(
            [&](const core::Intent& intent) { return intent.shift_label == label; });
    }
    Result<std::vector<core::Wish>> wishes_after(std::int64_t number) override {
        std::vector<core::Wish> after;
        for (const core::Wish& wish : wishes) {
            if (wish.number > number) after.push_back(wish);
        }
        return after;
    }
    void tidy() override { ++tidied; }

private:
    // Records of the operations with such an intent, which is the first record of each.
    template <typename Condition>
    std::vector<core::Record> records_where(Condition condition) const {
        std::set<OperationId> wanted;
        std::vector<core::Record> found;
        for (const core::Record& record : records) {
            const auto* intent = std::get_if<core::Intent>(&record.fact);
            if (intent != nullptr && condition(*intent)) wanted.insert(record.operation);
            if (wanted.contains(record.operation)) found.push_back(record);
        }
        return found;
    }
};

class SimSecrets : public core::Secrets {
public:
    std::optional<Secret> stored;
    bool fails = false;

    Result<std::optional<Secret>> load() override { return stored; }
    Result<> save(const Secret& secret) override {
        if (fails) return Error{ErrorCode::Io, Text::literal("диск полон")};
        stored = secret;
        return Done{};
    }
};

class SimLog : public core::Log {
public:
    std::string text;

    void write(core::LogLevel, const Text& line) noexcept override {
        text += line.russian() + "\n";
    }
};

}  // namespace linuxcash::fakes
