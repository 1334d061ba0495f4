// SPDX-License-Identifier: Apache-2.0
// A printer behind a link, without any device and without real time: it answers, stalls, runs out
// of paper and goes away when a test says so. One thread.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "core/ports.h"
#include "printing/link.h"

namespace linuxcash::fakes {

class ManualClock : public core::Clock {
public:
    [[nodiscard]] core::Millis monotonic() const override { return now; }
    [[nodiscard]] std::int64_t wall_ms() const override { return now; }

    core::Millis now = 1'000;
};

class ScriptedPrinter : public printing::Link {
public:
    static constexpr std::size_t kEndless = std::numeric_limits<std::size_t>::max();

    explicit ScriptedPrinter(ManualClock& clock) : clock_(clock) {}

    // ---- What a test sets ----

    printing::LinkTraits kind;
    bool knows_questions = true;  // DLE EOT
    bool knows_markers = true;  // GS r
    std::array<unsigned char, 4> says{0x12, 0x12, 0x12, 0x12};
    unsigned char marker_answer = 0;
    std::size_t room = kEndless;  // bytes it still takes
    std::size_t bite = kEndless;  // bytes of one write
    core::Millis slowness = 0;  // of one write
    core::Millis answer_delay = 0;
    std::string to_read;  // what it says first, unasked
    std::size_t goes_at = kEndless;  // bytes after which the link ends
    printing::Ended goes_how = printing::Ended::Gone;
    bool loses_count = false;  // then nobody knows whether more had gone
    std::optional<std::uint8_t> port;

    void at(core::Millis moment, std::function<void()> what) {
        events_.emplace(moment, std::move(what));
    }
    void paper_out() { says = {0x1A, 0x32, 0x12, 0x7E}; }
    void cover_open() { says = {0x1A, 0x16, 0x12, 0x12}; }
    void ready() {
        says = {0x12, 0x12, 0x12, 0x12};
        answer_markers();
    }

    // ---- What a test sees ----

    [[nodiscard]] const std::string& received() const { return received_; }
    // Without questions and markers.
    [[nodiscard]] std::string paper() const {
        std::string bytes = received_;
        for (const std::string& question :
             {std::string("\x10\x04\x01"), std::string("\x10\x04\x02"), std::string("\x10\x04\x03"),
              std::string("\x10\x04\x04"), std::string("\x1D\x72\x01")}) {
            for (std::size_t at = bytes.find(question); at != std::string::npos;
                 at = bytes.find(question))
                bytes.erase(at, question.size());
        }
        return bytes;
    }

    // ---- The port ----

    [[nodiscard]] printing::LinkTraits traits() const override { return kind; }

    [[nodiscard]] printing::Written write(std::string_view bytes, core::Millis deadline) override {
        printing::Written written;
        while (written.count < bytes.size()) {
            if (received_.size() >= goes_at)
                return {written.count, goes_how, Text::literal("gone"), loses_count};
            if (room == 0) {
                if (!wait_until(deadline, [this] { return room > 0; }))
                    return {written.count, printing::Ended::Deadline, {}};
                continue;
            }
            advance(slowness);
            const std::size_t count =
                std::min({bytes.size() - written.count, bite, room, goes_at - received_.size()});
            for (const char byte : bytes.substr(written.count, count))
                take(byte);
            if (room != kEndless) room -= count;
            written.count += count;
            if (clock_.now >= deadline && written.count < bytes.size())
                return {written.count, printing::Ended::Deadline, {}};
        }
        return written;
    }

    [[nodiscard]] printing::Arrived read(core::Millis deadline) override {
        if (received_.size() >= goes_at) return {{}, goes_how, Text::literal("gone")};
        if (!wait_until(deadline, [this] { return !to_read.empty(); }))
            return {{}, printing::Ended::Deadline, {}};
        return {std::exchange(to_read, {}), printing::Ended::Complete, {}};
    }

    [[nodiscard]] printing::Written flush(core::Millis /*deadline*/) override {
        if (received_.size() >= goes_at) return {0, goes_how, Text::literal("gone")};
        return {};
    }

    [[nodiscard]] std::optional<std::uint8_t> port_status(core::Millis /*deadline*/) override {
        return port;
    }

private:
    void take(char byte) {
        received_ += byte;
        const std::string_view all = received_;
        if (all.size() < 3) return;
        const std::string_view last = all.substr(all.size() - 3);
        if (last.starts_with("\x10\x04") && last[2] >= 1 && last[2] <= 4 && knows_questions)
            answer(static_cast<char>(says[static_cast<std::size_t>(last[2] - 1)]));
        if (last != "\x1D\x72\x01") return;
        ++markers_;
        answer_markers();
    }

    // In its turn: not while printing stands still.
    void answer_markers() {
        if (!knows_markers || (says[0] & 0x08) != 0) return;
        for (; markers_ > 0; --markers_)
            answer(static_cast<char>(marker_answer));
    }

    void answer(char byte) {
        if (answer_delay == 0) {
            to_read += byte;
        } else {
            at(clock_.now + answer_delay, [this, byte] { to_read += byte; });
        }
    }

    void advance(core::Millis ms) {
        (void)wait_until(clock_.now + ms, [] { return false; });
    }

    [[nodiscard]] bool wait_until(core::Millis deadline, const std::function<bool()>& done) {
        while (!done()) {
            const auto next = events_.begin();
            if (next == events_.end() || next->first > deadline) {
                clock_.now = std::max(clock_.now, deadline);
                return false;
            }
            clock_.now = std::max(clock_.now, next->first);
            const auto what = std::move(next->second);
            events_.erase(next);
            what();
        }
        return true;
    }

    ManualClock& clock_;
    std::multimap<core::Millis, std::function<void()>> events_;
    std::string received_;
    int markers_ = 0;
};

}  // namespace linuxcash::fakes
