// SPDX-License-Identifier: Apache-2.0
// The register's disk: a journal that may fail, fill up, or lose at a power cut what was not
// synced, and the file of the token. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/ports.h"
#include "fakes/sim_ports.h"
#include "world/chronicle.h"
#include "world/faults.h"
#include "world/journal_view.h"
#include "world/mortality.h"

namespace linuxcash::world {

// What the parts of a world share.
struct Stage {
    fakes::SimClock& clock;
    Faults& faults;
    Mortality& mortality;
    Chronicle& chronicle;
};

class Disk : public core::Store {
public:
    Disk(Stage stage, int per_mille) : stage_(stage), per_mille_(per_mille) {}

    Result<> append(const core::Commit& commit) override;
    Result<std::vector<core::Record>> open_records() override;
    Result<std::vector<core::Record>> records_of(const OperationId& id) override;
    Result<std::vector<core::Record>> records_about(const OperationId& target) override;
    Result<std::vector<core::Record>> records_of_shift(const std::string& label) override;
    Result<std::vector<core::Wish>> wishes_after(std::int64_t number) override;
    void tidy() override {}

    void wish(const std::string& what);
    // What was not synced is gone, but for a beginning of it.
    void cut_power();

    // What a process that reads the journal now would see, and what one would see after a power
    // cut.
    [[nodiscard]] const JournalView& seen() const { return seen_; }
    [[nodiscard]] const JournalView& safe() const { return safe_; }
    // What is wrong with what was written; empty while all is well.
    [[nodiscard]] const std::string& damage() const { return damage_; }
    [[nodiscard]] bool full() const {
        return !stage_.faults.healed() && full_until_ > stage_.clock.now;
    }

protected:
    // Planted bugs write less than they were asked to.
    void keep(const core::Commit& commit);

    Stage stage_;

private:
    template <typename Wanted>
    [[nodiscard]] Result<std::vector<core::Record>> read(Wanted wanted);
    [[nodiscard]] bool read_fails();

    int per_mille_;
    core::Millis full_until_ = 0;
    std::vector<core::Commit> commits_;
    std::vector<core::Wish> wishes_;
    std::size_t synced_ = 0;  // so many commits are on the disk
    JournalView seen_;
    JournalView safe_;
    std::string damage_;
};

class TokenFile : public core::Secrets {
public:
    TokenFile(Stage stage, int per_mille) : stage_(stage), per_mille_(per_mille) {}

    Result<std::optional<Secret>> load() override;
    Result<> save(const Secret& secret) override;

    [[nodiscard]] const std::optional<Secret>& stored() const { return stored_; }

private:
    Stage stage_;
    int per_mille_;
    std::optional<Secret> stored_;
};

}  // namespace linuxcash::world
