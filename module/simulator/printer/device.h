// SPDX-License-Identifier: Apache-2.0
// The virtual printer without its cable: what it receives, what it says, and what ails it. One
// thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/json.h"
#include "simulator/printer/decoder.h"
#include "simulator/printer/status.h"

namespace linuxcash::simulator {

struct PrinterFaults {
    PrinterState state;
    bool silent = false;  // it answers nothing
    // Counted from the moment in which they are set.
    std::optional<std::uint64_t> paper_out_after_bytes;
    // Counted in each connection.
    std::optional<std::uint64_t> stall_after_bytes;  // it reads no more
    std::optional<std::uint64_t> close_after_bytes;  // the connection is reset
    std::optional<std::uint64_t> bytes_per_second;
};

// The document changes those faults that it names; null takes a number back. InvalidInput names the
// key that is unknown or wrong.
[[nodiscard]] Result<PrinterFaults> changed_faults(
    PrinterFaults faults, const json::Value& document);
[[nodiscard]] json::Value to_json(const PrinterFaults& faults);

class PrinterDevice {
public:
    // What it takes while it cannot print.
    static constexpr std::size_t kBufferBytes = 4096;

    explicit PrinterDevice(PrinterProfile profile);

    // Bytes that come over the cable; the answers are in take_answers().
    void receive(std::string_view bytes);
    void set_faults(const PrinterFaults& faults);
    [[nodiscard]] const PrinterFaults& faults() const { return faults_; }
    // Bytes that it would still take now.
    [[nodiscard]] std::size_t room() const;
    [[nodiscard]] std::string take_answers();
    // What has been cut off since the last call.
    [[nodiscard]] std::vector<PrintedSlip> take_slips();
    // The host has gone: what is printed is torn off. An unfinished line or command stays, as in
    // real printers, and so does what waits for paper.
    void hang_up();

    [[nodiscard]] const Decoder& decoder() const { return decoder_; }
    [[nodiscard]] int drawer_pulses() const { return pulses_ + decoder_.drawer_pulses(); }

private:
    void work();
    void answer(std::string_view bytes);
    void report_change();

    Decoder decoder_;
    RealTimeCommands real_time_;
    int pulses_ = 0;  // at once
    PrinterFaults faults_;
    PrinterState reported_;
    std::string waiting_;
    std::string answers_;
};

}  // namespace linuxcash::simulator
