// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/device.h"

#include <algorithm>
#include <array>
#include <utility>

#include "simulator/control.h"

namespace linuxcash::simulator {

namespace {

struct Flag {
    std::string_view key;
    std::string_view off;
    std::string_view on;
    bool PrinterState::*member;
};

constexpr std::array<Flag, 3> kFlags{{
    {"cover", "closed", "open", &PrinterState::cover_open},
    {"cutter", "ok", "stuck", &PrinterState::cutter_stuck},
    {"drawer", "closed", "open", &PrinterState::drawer_open},
}};

struct Number {
    std::string_view key;
    std::optional<std::uint64_t> PrinterFaults::*member;
};

constexpr std::array<Number, 4> kNumbers{{
    {"paperOutAfterBytes", &PrinterFaults::paper_out_after_bytes},
    {"stallAfterBytes", &PrinterFaults::stall_after_bytes},
    {"closeAfterBytes", &PrinterFaults::close_after_bytes},
    {"bytesPerSecond", &PrinterFaults::bytes_per_second},
}};

std::string_view paper_word(const PrinterState& state) {
    if (state.paper_out) return "out";
    return state.paper_near_end ? "near-end" : "ok";
}

bool set_paper(PrinterState& state, const std::optional<std::string>& word) {
    if (word != "ok" && word != "near-end" && word != "out") return false;
    state.paper_out = word == "out";
    state.paper_near_end = word == "near-end";
    return true;
}

bool set_number(std::optional<std::uint64_t>& number, const json::Value& value) {
    number.reset();
    if (value.kind() == json::Kind::Null) return true;
    const auto given = value.integer();
    if (!given || *given < 0) return false;
    number = static_cast<std::uint64_t>(*given);
    return true;
}

bool set_silent(PrinterFaults& faults, const json::Value& value) {
    const auto flag = value.boolean();
    faults.silent = flag.value_or(false);
    return flag.has_value();
}

// False: the key is unknown or the value wrong.
bool set_fault(PrinterFaults& faults, std::string_view key, const json::Value& value) {
    if (key == "paper") return set_paper(faults.state, value.string());
    if (key == "silent") return set_silent(faults, value);
    for (const Flag& flag : kFlags) {
        if (key != flag.key) continue;
        const auto word = value.string();
        faults.state.*flag.member = word == flag.on;
        return word == flag.on || word == flag.off;
    }
    for (const Number& number : kNumbers) {
        if (key == number.key) return set_number(faults.*number.member, value);
    }
    return false;
}

}  // namespace

Result<PrinterFaults> changed_faults(PrinterFaults faults, const json::Value& document) {
    if (document.object() == nullptr) return control_wrong("faults");
    for (const auto& [key, value] : *document.object()) {
        if (!set_fault(faults, key, value)) return control_wrong(key);
    }
    return faults;
}

json::Value to_json(const PrinterFaults& faults) {
    json::Value document =
        json::object({{"paper", std::string(paper_word(faults.state))}, {"silent", faults.silent}});
    for (const Flag& flag : kFlags)
        document.set(
            std::string(flag.key), std::string(faults.state.*flag.member ? flag.on : flag.off));
    for (const Number& number : kNumbers) {
        const auto& value = faults.*number.member;
        document.set(std::string(number.key), value ? json::Value(*value) : json::Value());
    }
    return document;
}

PrinterDevice::PrinterDevice(PrinterProfile profile) : decoder_(std::move(profile)) {
}

void PrinterDevice::answer(std::string_view bytes) {
    if (!faults_.silent) answers_ += bytes;
}

void PrinterDevice::receive(std::string_view bytes) {
    const RealTime at_once = real_time_.take(bytes);
    pulses_ += at_once.pulses;
    for (const char number : at_once.questions) {
        const auto status = real_time_status(faults_.state, number);
        if (status) answer(std::string_view(&*status, 1));
    }
    waiting_ += bytes;
    work();
}

// As much as it can print now.
void PrinterDevice::work() {
    while (!faults_.state.blocked() && !waiting_.empty()) {
        std::size_t count = waiting_.size();
        auto& limit = faults_.paper_out_after_bytes;
        if (limit) count = static_cast<std::size_t>(std::min<std::uint64_t>(count, *limit));
        decoder_.set_state(faults_.state);
        decoder_.feed(std::string_view(waiting_).substr(0, count));
        waiting_.erase(0, count);
        answer(decoder_.take_answers());
        if (!limit) continue;
        *limit -= count;
        if (*limit > 0) continue;
        limit.reset();
        faults_.state.paper_out = true;
        report_change();
    }
}

void PrinterDevice::report_change() {
    if (faults_.state == reported_) return;
    reported_ = faults_.state;
    if (decoder_.automatic_status() != 0) answer(automatic_status(faults_.state));
}

void PrinterDevice::set_faults(const PrinterFaults& faults) {
    faults_ = faults;
    report_change();
    work();
}

std::size_t PrinterDevice::room() const {
    return kBufferBytes - std::min(kBufferBytes, waiting_.size());
}

std::string PrinterDevice::take_answers() {
    return std::exchange(answers_, {});
}

std::vector<PrintedSlip> PrinterDevice::take_slips() {
    return decoder_.roll().take_finished();
}

void PrinterDevice::hang_up() {
    answers_.clear();
    if (!decoder_.roll().unfinished().empty()) decoder_.roll().tear_off();
}

}  // namespace linuxcash::simulator
