// SPDX-License-Identifier: Apache-2.0
#include "printing/status.h"

#include <array>
#include <utility>

#include "core/word_table.h"

namespace linuxcash::printing {

namespace {

constexpr std::size_t kAutomaticSize = 4;

constexpr std::array kStateWords{
    std::pair{PrinterState::Unknown, std::string_view("unknown")},
    std::pair{PrinterState::Ready, std::string_view("ready")},
    std::pair{PrinterState::PaperNearEnd, std::string_view("paper-near-end")},
    std::pair{PrinterState::Offline, std::string_view("offline")},
    std::pair{PrinterState::Error, std::string_view("error")},
    std::pair{PrinterState::Cutter, std::string_view("cutter")},
    std::pair{PrinterState::CoverOpen, std::string_view("cover-open")},
    std::pair{PrinterState::PaperOut, std::string_view("paper-out")},
};

// Bits that are the same in all answers of a kind: 0xx1xx10, 0xx1xx00, 0xx0xxxx.
bool is_realtime(std::uint8_t byte) {
    return (byte & 0x93U) == 0x12U;
}

bool begins_automatic(std::uint8_t byte) {
    return (byte & 0x93U) == 0x10U;
}

bool is_plain(std::uint8_t byte) {
    return (byte & 0x90U) == 0;
}

bool has(std::uint8_t byte, unsigned bits) {
    return (byte & bits) == bits;
}

std::uint8_t octet(char byte) {
    return static_cast<std::uint8_t>(byte);
}

AnswerKind kind_of(std::uint8_t byte) {
    if (is_realtime(byte)) return AnswerKind::Realtime;
    if (is_plain(byte)) return AnswerKind::Queued;
    return AnswerKind::Noise;
}

}  // namespace

PrinterState PrinterStatus::state() const {
    if (!heard) return PrinterState::Unknown;
    if (paper_out) return PrinterState::PaperOut;
    if (cover_open) return PrinterState::CoverOpen;
    if (cutter) return PrinterState::Cutter;
    if (error) return PrinterState::Error;
    if (offline) return PrinterState::Offline;
    return near_end ? PrinterState::PaperNearEnd : PrinterState::Ready;
}

Text state_text(PrinterState state) {
    switch (state) {
        case PrinterState::Unknown:
            return tr("принтер не сообщает о своём состоянии");
        case PrinterState::Ready:
            return tr("принтер готов");
        case PrinterState::PaperNearEnd:
            return tr("бумага скоро закончится: приготовьте новый рулон");
        case PrinterState::Offline:
            return tr("принтер не готов: проверьте, что он включён и никто не держит его кнопку");
        case PrinterState::Error:
            return tr("принтер сообщает об ошибке: выключите его и включите снова");
        case PrinterState::Cutter:
            return tr(
                "застрял нож принтера: выключите принтер, уберите застрявшую бумагу и включите "
                "снова");
        case PrinterState::CoverOpen:
            return tr("открыта крышка принтера: закройте её");
        case PrinterState::PaperOut:
            return tr("закончилась бумага: вставьте новый рулон");
    }
    return {};
}

std::string_view state_word(PrinterState state) {
    return core::word_of(kStateWords, state);
}

std::string realtime_question(Question question) {
    return {'\x10', '\x04', static_cast<char>(question)};
}

std::string_view marker() {
    return "\x1D\x72\x01";
}

std::vector<StatusAnswer> StatusReader::feed(std::string_view bytes) {
    std::vector<StatusAnswer> answers;
    for (const char byte : bytes) {
        if (!unfinished_.empty() && is_plain(octet(byte))) {
            unfinished_ += byte;
            if (unfinished_.size() < kAutomaticSize) continue;
            answers.push_back({AnswerKind::Automatic, std::exchange(unfinished_, {})});
            continue;
        }
        if (!unfinished_.empty())
            answers.push_back({AnswerKind::Noise, std::exchange(unfinished_, {})});
        if (begins_automatic(octet(byte))) {
            unfinished_ = byte;
        } else {
            answers.push_back({kind_of(octet(byte)), std::string(1, byte)});
        }
    }
    return answers;
}

void StatusReader::forget() {
    unfinished_.clear();
}

void apply_realtime(PrinterStatus& status, Question question, std::uint8_t answer) {
    if (!is_realtime(answer)) return;
    status.heard = true;
    switch (question) {
        case Question::Printer:
            status.drawer_high = has(answer, 0x04U);
            status.offline = has(answer, 0x08U);
            return;
        case Question::OfflineCause:
            status.cover_open = has(answer, 0x04U);
            status.paper_out = has(answer, 0x20U);
            status.error = has(answer, 0x40U);
            return;
        case Question::ErrorCause:
            status.cutter = has(answer, 0x08U);
            // What recovers by itself (a hot head) is not for people: the printer is offline.
            status.error = (answer & 0x24U) != 0;
            return;
        case Question::Paper:
            status.near_end = has(answer, 0x0CU);
            status.paper_out = status.paper_out || has(answer, 0x60U);
            return;
    }
}

void apply_automatic(PrinterStatus& status, std::string_view four_bytes) {
    if (four_bytes.size() != kAutomaticSize || !begins_automatic(octet(four_bytes[0]))) return;
    for (const char byte : four_bytes.substr(1)) {
        if (!is_plain(octet(byte))) return;
    }
    status = PrinterStatus();
    status.heard = true;
    status.drawer_high = has(octet(four_bytes[0]), 0x04U);
    status.offline = has(octet(four_bytes[0]), 0x08U);
    status.cover_open = has(octet(four_bytes[0]), 0x20U);
    status.cutter = has(octet(four_bytes[1]), 0x08U);
    status.error = (octet(four_bytes[1]) & 0x24U) != 0;
    status.near_end = has(octet(four_bytes[2]), 0x03U);
    status.paper_out = has(octet(four_bytes[2]), 0x0CU);
}

void apply_queued(PrinterStatus& status, std::uint8_t answer) {
    if (!is_plain(answer)) return;
    status.heard = true;
    status.near_end = has(answer, 0x03U);
    status.paper_out = has(answer, 0x0CU);
}

void apply_port_status(PrinterStatus& status, std::uint8_t port_status) {
    constexpr unsigned kPaperEmpty = 0x20U;
    constexpr unsigned kNoError = 0x08U;
    if (!has(port_status, kPaperEmpty) || has(port_status, kNoError)) return;
    status.heard = true;
    status.paper_out = true;
}

}  // namespace linuxcash::printing
