// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/status.h"

namespace linuxcash::simulator {

namespace {

constexpr unsigned kFixed = 0x12;  // the bits that every real-time answer has

unsigned printer_bits(const PrinterState& state) {
    return (state.drawer_open ? 0x04U : 0U) | (state.blocked() ? 0x08U : 0U);
}

unsigned cause_bits(const PrinterState& state) {
    return (state.cover_open ? 0x04U : 0U) | (state.paper_out ? 0x20U : 0U)
           | (state.cutter_stuck ? 0x40U : 0U);
}

unsigned roll_bits(const PrinterState& state) {
    if (state.paper_out) return 0x6CU;
    return state.paper_near_end ? 0x0CU : 0U;
}

}  // namespace

std::optional<char> real_time_status(const PrinterState& state, int number) {
    const auto answer = [](unsigned bits) { return static_cast<char>(kFixed | bits); };
    if (number == 1) return answer(printer_bits(state));
    if (number == 2) return answer(cause_bits(state));
    if (number == 3) return answer(state.cutter_stuck ? 0x08U : 0U);
    if (number == 4) return answer(roll_bits(state));
    return std::nullopt;
}

std::optional<char> queued_status(const PrinterState& state, int number) {
    if (number == 1 || number == '1') {
        if (state.paper_out) return '\x0F';
        return state.paper_near_end ? '\x03' : '\0';
    }
    if (number == 2 || number == '2') return state.drawer_open ? '\1' : '\0';
    return std::nullopt;
}

std::string automatic_status(const PrinterState& state) {
    const unsigned first = 0x10U | (state.drawer_open ? 0x04U : 0U) | (state.blocked() ? 0x08U : 0U)
                           | (state.cover_open ? 0x20U : 0U);
    const unsigned second = state.cutter_stuck ? 0x08U : 0U;
    unsigned third = state.paper_near_end ? 0x03U : 0U;
    if (state.paper_out) third = 0x0FU;
    return {static_cast<char>(first), static_cast<char>(second), static_cast<char>(third), '\0'};
}

RealTime RealTimeCommands::take(std::string_view bytes) {
    constexpr std::string_view kQuestion = "\x10\x04";
    constexpr std::string_view kPulse = "\x10\x14\x01";
    constexpr std::size_t kPulseBytes = 5;
    const auto begins = [this](std::string_view command) {
        return std::string_view(matched_).starts_with(command.substr(0, matched_.size()));
    };
    RealTime found;
    for (const char byte : bytes) {
        matched_ += byte;
        if (matched_.size() > kQuestion.size() && matched_.starts_with(kQuestion)) {
            found.questions += byte;
            matched_.clear();
        } else if (matched_.size() == kPulseBytes) {
            ++found.pulses;
            matched_.clear();
        } else if (!begins(kQuestion) && !begins(kPulse)) {
            matched_.assign(byte == kQuestion.front() ? 1 : 0, byte);
        }
    }
    return found;
}

}  // namespace linuxcash::simulator
