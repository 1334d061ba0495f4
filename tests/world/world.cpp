// SPDX-License-Identifier: Apache-2.0
#include "world/world.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "simulator/oplati/bank.h"

namespace linuxcash::world {
namespace {

using core::Millis;
using simulator::oplati::Bank;

constexpr Millis kFaultsAtMostMs = 3'600'000;
// Until all is over once nothing goes wrong any more: the provider's expiry, the grace of a "not
// found", the longest pause of the queue, and what the host still has to ask.
constexpr Millis kDrainAtMostMs = 1'200'000;
constexpr Millis kAdministratorMs = 120'000;
// After that nothing can come from the bank any more.
constexpr Millis kAftermathMs = 120'000;
constexpr int kTurnMs = 1'000;

simulator::OplatiOptions options_of(const Temper& temper, std::uint64_t seed) {
    simulator::OplatiOptions options;
    options.seed = seed;
    options.sums_decide = false;
    options.late_commit_ms = temper.late_commit_ms;
    options.instant_limit = kopecks(temper.instant_limit);
    options.reports_in_token_mode = temper.reports_in_token_mode;
    if (temper.password) options.passwords[kDesk] = kPassword;
    return options;
}

simulator::Ledger in_memory() {
    Result<simulator::Ledger> ledger = simulator::Ledger::open(std::nullopt);
    return std::move(ledger).value();
}

class World {
public:
    explicit World(const Order& order)
        : order_(order),
          random_(order.seed),
          temper_(draw_temper(random_)),
          chronicle_(clock_, order.chronicle),
          faults_(random_.split(), order.fault_limit),
          mortality_(faults_, chronicle_, temper_.deaths),
          stage_{clock_, faults_, mortality_, chronicle_},
          bank_(options_of(temper_, random_.next()), in_memory()),
          disk_(make_disk(stage_, temper_.disk_per_mille, order.bug)),
          token_(stage_, temper_.disk_per_mille),
          gateway_(make_gateway(settings_of(temper_), order.bug)),
          checker_({*disk_, bank_, shop_, clock_, chronicle_}),
          wire_(make_wire({stage_, bank_, checker_}, temper_, order.bug)),
          host_({stage_, shop_, checker_, random_.split()}, temper_) {}

    Story run() {
        static_cast<void>(bank_.read_back());
        const Millis until = clock_.now + kFaultsAtMostMs;
        while (!failed() && !host_.done() && clock_.now < until)
            live();
        faults_.heal();
        chronicle_.say([] { return std::string("=== nothing goes wrong any more ==="); });
        drain();
        Story story;
        story.violation = checker_.violation();
        story.faults = faults_.counts();
        story.happened = faults_.happened();
        story.outcomes = host_.outcomes();
        story.starts = starts_;
        story.turns = turns_;
        story.chronicle = chronicle_.lines();
        return story;
    }

private:
    [[nodiscard]] bool failed() const { return checker_.violation().has_value(); }

    // One turn of the loop; whatever may die, dies here.
    void live() {
        try {
            if (!engine_ && !start()) return;
            host_.act();
            mortality_.set_recovering(host_.recovering());
            const Millis wanted = std::min<Millis>(host_.next_at() - clock_.now, kTurnMs);
            engine_->turn(static_cast<int>(std::max<Millis>(wanted, 0)));
            ++turns_;
        } catch (const Killed& killed) {
            die(killed);
        }
        if (disk_->full()) checker_.disk_failed();
        if (!disk_->damage().empty()) checker_.broken("I7", "journal: " + disk_->damage());
        if (faults_.happens(Fault::ClockJump, temper_.disk_per_mille / 10)) {
            clock_.wall = faults_.random().between(0, 4'000'000'000'000);
        }
    }

    bool start() {
        ++starts_;
        mortality_.born();
        mortality_.set_recovering(starts_ > 1);
        outbox_ = std::make_shared<runtime::Outbox>();
        engine_ = std::make_unique<runtime::Engine>(
            runtime::Ports{*gateway_, *wire_, *disk_, token_, clock_, chronicle_}, outbox_);
        const Result<> started = engine_->start();
        chronicle_.say([&] { return std::string(started ? "=== start ===" : "=== no start ==="); });
        if (started) {
            host_.use(*engine_);
            return true;
        }
        if (started.error().code == ErrorCode::Damaged) checker_.broken("I7", "it does not start");
        engine_.reset();
        wire_->pass(clock_.now + kTurnMs);
        return false;
    }

    void die(const Killed& killed) {
        constexpr std::int64_t kShortMs = 3'000;
        constexpr std::int64_t kLongMs = 300'000;
        host_.lost();
        engine_.reset();
        wire_->cut_off();
        checker_.restarted();
        if (killed.power) disk_->cut_power();
        Random& random = faults_.random();
        wire_->pass(clock_.now + random.between(0, random.percent(70) ? kShortMs : kLongMs));
    }

    void drain() {
        const Millis begun = clock_.now;
        Millis administrator = begun;
        while (!failed() && clock_.now < begun + kDrainAtMostMs) {
            if (engine_ && over()) break;
            if (clock_.now >= administrator) {
                administrator += kAdministratorMs;
                if (mistrusted(clock_.now > begun)) mend_token();
            }
            live();
        }
        if (failed()) return;
        if (!engine_ || !(over() || listed())) return checker_.stuck(where());
        wire_->pass(clock_.now + kAftermathMs);
        checker_.quiet(*engine_, !over());
    }

    [[nodiscard]] bool over() const {
        return host_.done() && engine_->queue().empty() && engine_->unclaimed().empty()
               && all_ended();
    }

    [[nodiscard]] bool all_ended() const {
        const auto& entries = disk_->seen().entries();
        return std::all_of(entries.begin(), entries.end(), [](const auto& each) {
            return each.second.closed || !each.second.moves_money();
        });
    }

    // A gateway that tells lies of a payment for ever, or shows no list, may leave its undo in the
    // queue, where it is seen; the money is right all the same.
    [[nodiscard]] bool listed() const {
        constexpr auto kLie = static_cast<std::size_t>(Fault::LastingLie);
        const bool excused = faults_.counts()[kLie] > 0 || !temper_.reports_in_token_mode;
        return excused && host_.done() && engine_->unclaimed().empty();
    }

    [[nodiscard]] std::string where() const {
        if (!engine_) return "it does not start";
        if (!host_.done()) return host_.where();
        for (const runtime::Debt& debt : engine_->queue())
            return "owed: " + debt.operation.id.brief() + ' ' + debt.last_error.russian();
        return engine_->unclaimed().empty() ? "an operation that is not closed" : "unclaimed money";
    }

    // The register's token is not the bank's, or nothing moves although it is.
    [[nodiscard]] bool mistrusted(bool stuck) const {
        if (temper_.password) return false;
        const simulator::oplati::DeskToken* theirs = bank_.book().token(kDesk);
        const std::string there = theirs == nullptr ? std::string{} : theirs->value;
        const std::string here = token_.stored() ? token_.stored()->reveal() : std::string{};
        return stuck || here != there;
    }

    // What the texts tell the administrator to do: reset it in the cabinet, and here.
    void mend_token() {
        chronicle_.say([] { return std::string("administrator resets the token"); });
        static_cast<void>(bank_.reset_token(kDesk, wire_->bank_time()));
        disk_->wish("token-reset");
    }

    const Order order_;
    Random random_;
    const Temper temper_;
    fakes::SimClock clock_;
    Chronicle chronicle_;
    Faults faults_;
    Mortality mortality_;
    Stage stage_;
    Bank bank_;
    std::unique_ptr<Disk> disk_;
    TokenFile token_;
    Shop shop_;
    std::unique_ptr<core::Gateway> gateway_;
    Checker checker_;
    std::unique_ptr<Wire> wire_;
    Host host_;
    std::shared_ptr<runtime::Outbox> outbox_;
    std::unique_ptr<runtime::Engine> engine_;
    int starts_ = 0;
    std::uint64_t turns_ = 0;
};

}  // namespace

Story run_world(const Order& order) {
    return World(order).run();
}

int fewest_faults(Order order, int happened) {
    for (int limit = 0; limit < happened; ++limit) {
        order.fault_limit = limit;
        if (run_world(order).violation) return limit;
    }
    return happened;
}

}  // namespace linuxcash::world
