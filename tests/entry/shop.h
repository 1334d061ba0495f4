// SPDX-License-Identifier: Apache-2.0
// A shop around the real module file: a root of its own, a simulated gateway in this process, and
// the register's side of the contract. One thread at a time, but for Talk::cancel.
#pragma once

#include <linuxcash/draft/loyalty.h>
#include <linuxcash/paysystem.h>
#include <linuxcash/reconcile.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fakes/temporary_folder.h"
#include "json/json.h"
#include "simulator/oplati/simulator.h"

namespace linuxcash::entry::test {

// Longer than anything may take, on a slow machine and under a sanitizer.
inline constexpr int kPatienceMs = 60'000;

// The table of the module file that was built; loaded before the first test.
[[nodiscard]] const lc_module& module();
[[nodiscard]] const lc_payment_1& payment();
[[nodiscard]] const lc_queue_1& queue();
[[nodiscard]] const lc_reconcile_1& reconciliation();
[[nodiscard]] const lc_loyalty_1& loyalty();

[[nodiscard]] lc_id id_of(std::uint8_t seed);
[[nodiscard]] std::string hex(const lc_id& id);

// All that a payment request points to.
struct Sale {
    explicit Sale(std::uint8_t seed, std::int64_t minor = 2400);

    lc_id id;
    std::int64_t minor;
    std::string currency = "BYN";
    std::string receipt;
    std::string cashier = "Кассир 1";
    std::uint32_t flags = 0;

    // Points into this.
    [[nodiscard]] lc_pay_request request() const;
};

[[nodiscard]] lc_undo_request undo_request(std::uint8_t seed, const lc_id& target);

// A `finished` with strings of its own, and what was shown before it.
struct Ending {
    std::int32_t outcome = 0;
    bool owed = false;
    std::int32_t level = 0;
    std::string text;
    std::string reason;
    lc_money sum{};
    std::string gateway_id;
    std::string slip;
    std::string report_info;
    std::string details;
    std::vector<std::string> shown;
    std::string qr;
};

// An operation's handle, given back at the end.
class Talk {
public:
    explicit Talk(lc_operation* operation) : operation_(operation) {}
    Talk(Talk&& other) noexcept : operation_(std::exchange(other.operation_, nullptr)) {}
    Talk(const Talk&) = delete;
    Talk& operator=(const Talk&) = delete;
    ~Talk() { release(); }

    // The next event, of any kind; throws when none comes in time.
    [[nodiscard]] const lc_event* event();
    // Pulls everything; answers what is asked with that scanned code.
    [[nodiscard]] Ending finish(const char* scanned = nullptr);
    void cancel() const;
    void release();
    [[nodiscard]] lc_operation* handle() const { return operation_; }

private:
    lc_operation* operation_;
};

class Shop {
public:
    Shop();
    Shop(const Shop&) = delete;
    Shop& operator=(const Shop&) = delete;
    ~Shop();

    // The gateway, before open(): buyers answer at once and sums mean nothing.
    simulator::OplatiOptions bank;
    // Lines of oplati.conf beside url and regNum.
    std::string settings = "mode = 2\nready_pace_ms = 10\nstatus_pace_ms = 10\n";
    std::string root;

    // The gateway runs, the settings are written, the module is created and started.
    void open();
    void open_bank();
    // Connections under way break.
    void close_bank() { gateway_.reset(); }
    // Once the gateway runs.
    void write_settings() const;
    // The text of the error when the answer is not LC_OK.
    [[nodiscard]] lc_status create(std::string* error = nullptr);
    void start();
    // Destroys the instance: what a register does when it ends.
    void close();

    [[nodiscard]] lc_instance* instance() const { return instance_; }
    [[nodiscard]] Talk pay(const Sale& sale) const;
    [[nodiscard]] Talk undo(std::uint8_t seed, const lc_id& target) const;
    [[nodiscard]] lc_status settle(const lc_id& id, std::int32_t word) const;
    [[nodiscard]] json::Value unclaimed() const;
    [[nodiscard]] json::Value obligations() const;
    // Waits until a notice of that topic comes; its text.
    [[nodiscard]] std::string notice(const std::string& topic) const;
    // Waits until the intent of a payment is durable, and so its charge is on its way.
    void wait_until_charging() const;
    // Waits until the list of obligations is empty.
    void wait_until_nothing_is_owed() const;

    // What the simulated gateway kept of all payments, "24.00".
    [[nodiscard]] std::string kept();
    [[nodiscard]] std::int64_t requests_of(const std::string& call);
    // Opens the gateway if need be.
    void rule(const std::string& document);

    [[nodiscard]] std::filesystem::path path(const std::string& below) const;
    [[nodiscard]] std::string log() const;

private:
    fakes::TemporaryFolder folder_;
    std::unique_ptr<simulator::OplatiSimulator> gateway_;
    lc_instance* instance_ = nullptr;
};

}  // namespace linuxcash::entry::test
