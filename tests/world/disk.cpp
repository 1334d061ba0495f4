// SPDX-License-Identifier: Apache-2.0
#include "world/disk.h"

#include <algorithm>
#include <set>

namespace linuxcash::world {
namespace {

constexpr core::Millis kFullAtLeastMs = 1'000;
constexpr core::Millis kFullAtMostMs = 240'000;

Error failed(ErrorCode code) {
    return {code, Text::literal("диск подводит")};
}

}  // namespace

Result<> Disk::append(const core::Commit& commit) {
    stage_.mortality.may_die(Fault::KilledBeforeCommit);
    const auto describe_all = [&] {
        std::string line =
            commit.durability == core::Durability::Synced ? "commit" : "commit (relaxed)";
        for (const auto& [id, fact] : commit.facts)
            line += " | " + id.brief() + ' ' + describe(fact);
        for (const OperationId& id : commit.closed)
            line += " | closes " + id.brief();
        return line;
    };
    if (full()) {
        stage_.chronicle.say([&] { return "disk full: " + describe_all(); });
        return failed(ErrorCode::NoSpace);
    }
    if (stage_.faults.happens(Fault::DiskFull, per_mille_ / 2)) {
        full_until_ =
            stage_.clock.now + stage_.faults.random().between(kFullAtLeastMs, kFullAtMostMs);
        stage_.chronicle.say([&] { return "disk becomes full: " + describe_all(); });
        return failed(ErrorCode::NoSpace);
    }
    if (stage_.faults.happens(Fault::AppendFails, per_mille_)) {
        stage_.chronicle.say([&] { return "append fails: " + describe_all(); });
        return failed(ErrorCode::Io);
    }
    stage_.chronicle.say(describe_all);
    keep(commit);
    stage_.mortality.may_die(Fault::KilledAfterCommit);
    return Done{};
}

void Disk::keep(const core::Commit& commit) {
    commits_.push_back(commit);
    const std::string wrong = seen_.apply(commit);
    if (damage_.empty()) damage_ = wrong;
    if (commit.durability == core::Durability::Relaxed) return;
    for (; synced_ < commits_.size(); ++synced_)
        static_cast<void>(safe_.apply(commits_[synced_]));
}

void Disk::cut_power() {
    const auto loose = static_cast<std::int64_t>(commits_.size() - synced_);
    if (loose == 0) return;
    const auto kept = static_cast<std::size_t>(stage_.faults.random().between(0, loose));
    const std::size_t lost = commits_.size() - synced_ - kept;
    if (lost > 0 && !stage_.faults.allow(Fault::RelaxedLost)) return;
    stage_.chronicle.say([&] { return "lost commits: " + std::to_string(lost); });
    commits_.resize(commits_.size() - lost);
    for (; synced_ < commits_.size(); ++synced_)
        static_cast<void>(safe_.apply(commits_[synced_]));
    seen_ = safe_;
}

bool Disk::read_fails() {
    return stage_.faults.happens(Fault::ReadFails, per_mille_ / 2);
}

template <typename Wanted>
Result<std::vector<core::Record>> Disk::read(Wanted wanted) {
    std::vector<core::Record> found;
    for (const core::Commit& commit : commits_) {
        for (const auto& [id, fact] : commit.facts) {
            if (wanted(id)) found.push_back({id, fact, 0});
        }
    }
    return found;
}

Result<std::vector<core::Record>> Disk::open_records() {
    if (stage_.faults.happens(Fault::OpeningFails, per_mille_)) return failed(ErrorCode::Io);
    return read([&](const OperationId& id) { return !seen_.find(id)->closed; });
}

Result<std::vector<core::Record>> Disk::records_of(const OperationId& id) {
    if (seen_.find(id) == nullptr) return std::vector<core::Record>{};
    if (read_fails()) return failed(ErrorCode::Io);
    return read([&](const OperationId& each) { return each == id; });
}

Result<std::vector<core::Record>> Disk::records_about(const OperationId& target) {
    if (read_fails()) return failed(ErrorCode::Io);
    return read(
        [&](const OperationId& each) { return seen_.find(each)->intent->target == target; });
}

Result<std::vector<core::Record>> Disk::records_of_shift(const std::string& label) {
    if (read_fails()) return failed(ErrorCode::Io);
    return read(
        [&](const OperationId& each) { return seen_.find(each)->intent->shift_label == label; });
}

Result<std::vector<core::Wish>> Disk::wishes_after(std::int64_t number) {
    std::vector<core::Wish> after;
    for (const core::Wish& wish : wishes_) {
        if (wish.number > number) after.push_back(wish);
    }
    return after;
}

void Disk::wish(const std::string& what) {
    stage_.chronicle.say([&] { return "administrator wishes " + what; });
    wishes_.push_back({static_cast<std::int64_t>(wishes_.size()) + 1, what});
}

Result<std::optional<Secret>> TokenFile::load() {
    if (stage_.faults.happens(Fault::SecretUnreadable, per_mille_)) return failed(ErrorCode::Io);
    return stored_;
}

Result<> TokenFile::save(const Secret& secret) {
    stage_.mortality.may_die(Fault::KilledAroundSecret);
    if (stage_.faults.happens(Fault::SecretNotSaved, per_mille_)) {
        stage_.chronicle.say([] { return std::string("token not saved"); });
        return failed(ErrorCode::NoSpace);
    }
    stored_ = secret;
    stage_.mortality.may_die(Fault::KilledAroundSecret);
    return Done{};
}

}  // namespace linuxcash::world
