// SPDX-License-Identifier: Apache-2.0
// All printers of a register: a slip goes to those it names, and its end is told once. Any thread,
// except start() and the destructor.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/ports.h"
#include "core/slip.h"
#include "driver/device.h"
#include "driver/event.h"
#include "driver/outbox.h"
#include "driver/settings.h"
#include "driver/station.h"

namespace linuxcash::driver {

class Printers {
public:
    using MakeDevice = std::function<std::unique_ptr<Device>(const PrinterSettings&)>;

    // `settings.printers` is not empty; `log` must outlive this. A printer in trouble is asked
    // again each `recheck_ms`.
    Printers(
        Settings settings, const MakeDevice& make_device, core::Log& log, int recheck_ms = 2'000);
    ~Printers();

    // Io: the system gives no threads or descriptors.
    [[nodiscard]] Result<> start();

    // Queues a slip; one Job event follows. InvalidInput: a job of that number is under way.
    [[nodiscard]] Result<> print(
        std::uint64_t job, std::string_view target, const core::slip::Slip& slip);
    // Unsupported: that printer has no drawer.
    [[nodiscard]] Result<> open_drawer(std::uint64_t job, std::string_view target);
    // One State event of each printer follows.
    void check();

    [[nodiscard]] int columns(std::string_view target) const;
    [[nodiscard]] std::optional<Event> next(int timeout_ms) { return outbox_.take(timeout_ms); }
    [[nodiscard]] int wait_fd() const { return outbox_.fd(); }

private:
    // A job that is under way at some printers.
    struct Ticket {
        Event end;  // of the parts that have ended
        std::size_t parts = 0;  // that have not
        bool printed_any = false;
    };
    struct Part {
        std::size_t station = 0;
        std::string bytes;
    };

    [[nodiscard]] std::size_t index_of(std::string_view target) const;
    [[nodiscard]] Result<std::vector<Part>> encoded(
        std::string_view target, const core::slip::Slip& slip) const;
    [[nodiscard]] Result<> submit(
        std::uint64_t job, std::string_view target, std::vector<Part> parts);
    void refuse(std::uint64_t job, std::string_view target, const Text& why);
    void on_event(const Event& event);
    void on_part(const Event& event);

    Settings settings_;
    Outbox outbox_;
    std::mutex mutex_;
    std::map<std::uint64_t, Ticket> tickets_;  // guarded
    std::vector<std::unique_ptr<Station>> stations_;  // one for each of settings_.printers
};

}  // namespace linuxcash::driver
