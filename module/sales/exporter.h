// SPDX-License-Identifier: Apache-2.0
// Tells the back office every receipt and every shift that has ended: files that are written once,
// whole and synced, at the first chance, and again when it asks. One thread; a call may wait for
// the disk, never for anything else, and never fails: what cannot be written now is written later.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "core/ports.h"
#include "json/json.h"
#include "sales/request.h"
#include "till/till.h"

namespace linuxcash::sales {

class Exporter {
public:
    // The references must outlive the exporter.
    struct Parts {
        till::Till& till;
        core::Clock& clock;
        std::filesystem::path folder;  // of this register; made when it is missing
        std::string desk;  // number of the register
        Currency currency;
        // A line for the log, and what the cashier should know.
        std::function<void(const Text&)> log;
        std::function<void(core::LogLevel, const Text&)> notice;
    };

    explicit Exporter(Parts parts);

    // Writes what waits; call often. The till remembers what was told, so a call that never came,
    // or a program that was killed, loses nothing.
    void work();

private:
    // A shift's file, or the own file of one receipt, that was asked for.
    struct ShiftWish {
        std::int64_t number = 0;
    };
    struct ReceiptWish {
        std::int64_t number = 0;
    };
    using Wish = std::variant<ShiftWish, ReceiptWish>;
    struct Request {
        std::string bytes;  // of the file
        std::deque<Wish> wishes;
        int written = 0;
    };

    [[nodiscard]] Result<> step();
    [[nodiscard]] Result<> tell_receipts();
    [[nodiscard]] Result<> tell_shifts();
    [[nodiscard]] Result<> write_receipt(std::int64_t number);
    // With `others`: receipts of earlier shifts, by number.
    [[nodiscard]] Result<> write_shift(
        const till::Shift& shift, const std::vector<std::int64_t>& others);
    [[nodiscard]] Result<json::Value> shift_info(
        std::int64_t number, const std::vector<till::Receipt>& receipts);
    [[nodiscard]] Result<> write(
        const std::filesystem::path& folder, const std::string& name, const std::string& text);

    [[nodiscard]] Result<> look_for_request();
    [[nodiscard]] Result<> plan(std::string bytes, const std::vector<Span>& spans);
    [[nodiscard]] Result<> wish_open_shift(Request& request, std::int64_t shift, const Span& span);
    [[nodiscard]] Result<> serve(Request& request);
    [[nodiscard]] Result<> grant(const Wish& wish);
    [[nodiscard]] Result<> end_request(const Request& request);
    void refuse(const std::string& bytes, const Text& why);
    [[nodiscard]] std::filesystem::path request_file() const { return parts_.folder / "sale.req"; }

    void postpone(const Error& error);

    Parts parts_;
    std::optional<Request> request_;
    std::optional<std::string> doubtful_;  // bytes of a request that was not understood once
    std::string refused_;  // bytes of the last request that was put aside
    std::optional<core::Millis> looked_at_;  // for a request
    std::optional<Error> trouble_;  // why nothing is written now
    core::Millis retry_at_ = 0;
};

}  // namespace linuxcash::sales
