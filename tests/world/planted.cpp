// SPDX-License-Identifier: Apache-2.0
#include "world/planted.h"

#include <algorithm>
#include <utility>

namespace linuxcash::world {
namespace {

using core::Verdict;

constexpr std::array<std::string_view, kBugs> kNames{
    "none",
    "forgets-intents",
    "syncs-nothing",
    "forgets-debts",
    "forgets-open-payments",
    "silence-means-unsent",
    "server-error-means-declined",
    "pending-means-paid",
    "gone-is-proof",
    "undo-trusts-its-reply",
    "key-repeats",
    "charges-another-sum",
    "charges-while-owing",
    "refund-error-means-declined",
    "says-written-when-full"};

// A journal that says "written" and is not.
class CarelessDisk : public Disk {
public:
    CarelessDisk(Stage stage, int per_mille, Bug bug) : Disk(stage, per_mille), bug_(bug) {}

    Result<> append(const core::Commit& commit) override {
        core::Commit kept = commit;
        if (bug_ == Bug::SyncsNothing) kept.durability = core::Durability::Relaxed;
        std::erase_if(kept.facts, [&](const auto& each) {
            return (bug_ == Bug::ForgetsIntents
                    && std::holds_alternative<core::Intent>(each.second))
                   || (bug_ == Bug::ForgetsDebts
                       && std::holds_alternative<core::Owed>(each.second));
        });
        if (kept.facts.empty()) return Done{};
        Result<> written = Disk::append(kept);
        if (bug_ == Bug::SaysWrittenWhenFull) return Done{};
        return written;
    }
    Result<std::vector<core::Record>> open_records() override {
        Result<std::vector<core::Record>> records = Disk::open_records();
        if (records && bug_ == Bug::ForgetsOpenPayments) {
            std::erase_if(*records, [&](const core::Record& record) {
                return !seen().find(record.operation)->ended;
            });
        }
        return records;
    }

private:
    Bug bug_;
};

// A client that takes silence for "it never arrived".
class HopefulWire : public Wire {
public:
    using Wire::Wire;

    std::vector<core::Completed> wait(int timeout_ms) override {
        std::vector<core::Completed> completed = Wire::wait(timeout_ms);
        for (core::Completed& each : completed) {
            auto* failure = std::get_if<core::Failure>(&each.answer);
            if (failure != nullptr) failure->sent = core::Sent::None;
        }
        return completed;
    }
};

core::Rules without_block(core::Rules rules) {
    rules.blocks_while_owing = false;
    return rules;
}

class WrongGateway : public oplati::Oplati {
public:
    WrongGateway(const oplati::Settings& settings, Bug bug)
        : oplati::Oplati(settings), bug_(bug), rules_(without_block(oplati::Oplati::rules())) {}

    const core::Rules& rules() const override {
        return bug_ == Bug::ChargesWhileOwing ? rules_ : oplati::Oplati::rules();
    }
    std::string order_number(const OperationId& id, const core::Receipt& receipt) const override {
        return bug_ == Bug::KeyRepeats ? "1-1-" + std::to_string(receipt.number)
                                       : oplati::Oplati::order_number(id, receipt);
    }
    core::Call charge(const core::Payment& payment) const override {
        if (bug_ != Bug::ChargesAnotherSum) return oplati::Oplati::charge(payment);
        core::Payment other = payment;
        other.sum = other.sum - Money(1, Currency{});
        return oplati::Oplati::charge(other.sum.is_positive() ? other : payment);
    }
    core::Reading read_charge(
        const core::Payment& payment, const core::Reply& reply) const override {
        constexpr int kFirstServerError = 500;
        core::Reading reading = oplati::Oplati::read_charge(payment, reply);
        if (bug_ == Bug::ServerErrorMeansDeclined && reply.status >= kFirstServerError) {
            reading.verdict = Verdict::Declined;
        }
        if (bug_ == Bug::PendingMeansPaid && reading.verdict == Verdict::Pending) {
            reading.verdict = Verdict::Paid;
        }
        return reading;
    }
    core::Reading read_refund(const core::Payment& back, const core::Reply& reply) const override {
        constexpr int kFirstServerError = 500;
        core::Reading reading = oplati::Oplati::read_refund(back, reply);
        if (bug_ == Bug::RefundErrorMeansDeclined && reply.status >= kFirstServerError) {
            reading.verdict = Verdict::Declined;
        }
        return reading;
    }
    core::Reading read_undo(const core::Payment& payment, const core::Reply& reply) const override {
        core::Reading reading = oplati::Oplati::read_undo(payment, reply);
        const bool gone = bug_ == Bug::GoneIsProof && reading.verdict == Verdict::Gone;
        const bool taken = bug_ == Bug::UndoTrustsItsReply && reading.verdict == Verdict::Paid;
        if (gone || taken) reading.verdict = Verdict::Declined;
        return reading;
    }

private:
    Bug bug_;
    core::Rules rules_;
};

}  // namespace

std::string_view name(Bug bug) {
    return kNames[static_cast<std::size_t>(bug)];
}

std::unique_ptr<Disk> make_disk(Stage stage, int per_mille, Bug bug) {
    if (bug == Bug::None) return std::make_unique<Disk>(stage, per_mille);
    return std::make_unique<CarelessDisk>(stage, per_mille, bug);
}

std::unique_ptr<Wire> make_wire(Wire::Parts parts, const Temper& temper, Bug bug) {
    if (bug == Bug::SilenceMeansUnsent) return std::make_unique<HopefulWire>(parts, temper);
    return std::make_unique<Wire>(parts, temper);
}

std::unique_ptr<core::Gateway> make_gateway(oplati::Settings settings, Bug bug) {
    if (bug == Bug::None) return std::make_unique<oplati::Oplati>(std::move(settings));
    return std::make_unique<WrongGateway>(settings, bug);
}

}  // namespace linuxcash::world
