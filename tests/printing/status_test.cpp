// SPDX-License-Identifier: Apache-2.0
#include "printing/status.h"

#include <array>
#include <cstdint>
#include <random>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::printing;

namespace {

PrinterStatus answered(const std::array<std::uint8_t, 4>& bytes) {
    PrinterStatus status;
    apply_realtime(status, Question::Printer, bytes[0]);
    apply_realtime(status, Question::OfflineCause, bytes[1]);
    apply_realtime(status, Question::ErrorCause, bytes[2]);
    apply_realtime(status, Question::Paper, bytes[3]);
    return status;
}

std::string_view word(const std::array<std::uint8_t, 4>& bytes) {
    return state_word(answered(bytes).state());
}

std::string_view automatic(const std::string& bytes) {
    PrinterStatus status;
    apply_automatic(status, bytes);
    return state_word(status.state());
}

std::string all(const std::vector<StatusAnswer>& answers) {
    std::string bytes;
    for (const StatusAnswer& answer : answers)
        bytes += answer.bytes;
    return bytes;
}

void check_word(std::string_view wanted, std::string_view got) {
    STRCMP_EQUAL(std::string(wanted).c_str(), std::string(got).c_str());
}

}  // namespace

TEST_GROUP(PrinterStatus){};

TEST(PrinterStatus, is_read_from_four_answers) {
    check_word("ready", word({0x12, 0x12, 0x12, 0x12}));
    check_word("ready", word({0x16, 0x12, 0x12, 0x12}));
    check_word("paper-near-end", word({0x12, 0x12, 0x12, 0x1E}));
    check_word("paper-out", word({0x1A, 0x32, 0x12, 0x7E}));
    check_word("paper-out", word({0x1A, 0x12, 0x12, 0x72}));
    check_word("cover-open", word({0x1A, 0x16, 0x12, 0x12}));
    check_word("cutter", word({0x1A, 0x52, 0x1A, 0x12}));
    check_word("error", word({0x1A, 0x52, 0x32, 0x12}));
    check_word("offline", word({0x1A, 0x12, 0x12, 0x12}));
    check_word("offline", word({0x1A, 0x52, 0x52, 0x12}));
}

TEST(PrinterStatus, stopped_by_the_end_of_paper_stays_so_when_the_roll_sensor_sees_paper) {
    check_word("paper-out", word({0x1A, 0x32, 0x12, 0x1E}));
}

TEST(PrinterStatus, without_an_answer_is_unknown) {
    check_word("unknown", state_word(PrinterStatus().state()));
}

TEST(PrinterStatus, takes_nothing_from_a_byte_that_is_no_answer) {
    for (int byte = 0; byte < 256; ++byte) {
        const bool answer = (byte & 0x93) == 0x12;
        PrinterStatus status;
        for (int question = 1; question <= 4; ++question) {
            apply_realtime(
                status, static_cast<Question>(question), static_cast<std::uint8_t>(byte));
        }
        CHECK(status.heard == answer);
        CHECK(answer || status == PrinterStatus());
    }
}

TEST(PrinterStatus, is_read_from_the_automatic_one) {
    using namespace std::string_literals;
    check_word("ready", automatic("\x10\0\0\0"s));
    check_word("ready", automatic("\x14\0\0\0"s));
    check_word("paper-out", automatic("\x18\0\x0F\0"s));
    check_word("paper-near-end", automatic("\x10\0\x03\0"s));
    check_word("cover-open", automatic("\x38\0\0\0"s));
    check_word("cutter", automatic("\x18\x08\0\0"s));
    check_word("error", automatic("\x18\x20\0\0"s));
    check_word("offline", automatic("\x58\0\0\0"s));
    check_word("unknown", automatic("\x10\0\0"s));
    check_word("unknown", automatic("\x12\0\0\0"s));
    check_word("unknown", automatic("\x10\x10\0\0"s));
}

TEST(PrinterStatus, is_read_from_the_queued_one) {
    const auto queued = [](int byte) {
        PrinterStatus status;
        apply_queued(status, static_cast<std::uint8_t>(byte));
        return state_word(status.state());
    };

    check_word("ready", queued(0));
    check_word("paper-near-end", queued(0x03));
    check_word("paper-out", queued(0x0F));
    check_word("unknown", queued(0x12));
}

TEST(PrinterStatus, of_the_usb_port_only_hints_at_missing_paper) {
    for (int byte = 0; byte < 256; ++byte) {
        PrinterStatus status;
        apply_port_status(status, static_cast<std::uint8_t>(byte));
        const bool out = (byte & 0x28) == 0x20;
        check_word(out ? "paper-out" : "unknown", state_word(status.state()));
    }
}

TEST(PrinterStatus, has_words_and_a_text_for_every_state) {
    for (int state = 0; state <= static_cast<int>(PrinterState::PaperOut); ++state) {
        CHECK(!state_word(static_cast<PrinterState>(state)).empty());
        CHECK(!state_text(static_cast<PrinterState>(state)).empty());
    }
}

TEST_GROUP(StatusReader){};

TEST(StatusReader, tells_the_kinds_of_answers_apart) {
    using namespace std::string_literals;
    StatusReader reader;

    const auto answers = reader.feed("\x12\x14\0\x0F\0\x03\x11\x93"s);

    LONGS_EQUAL(5, answers.size());
    CHECK(answers[0] == (StatusAnswer{AnswerKind::Realtime, "\x12"}));
    CHECK(answers[1] == (StatusAnswer{AnswerKind::Automatic, "\x14\0\x0F\0"s}));
    CHECK(answers[2] == (StatusAnswer{AnswerKind::Queued, "\x03"}));
    CHECK(answers[3].kind == AnswerKind::Noise);
    CHECK(answers[4].kind == AnswerKind::Noise);
}

TEST(StatusReader, joins_an_automatic_status_that_comes_byte_by_byte) {
    using namespace std::string_literals;
    StatusReader reader;

    CHECK(reader.feed("\x18"s).empty());
    CHECK(reader.feed("\0"s).empty());
    CHECK(reader.feed("\x0F"s).empty());
    const auto answers = reader.feed("\0"s);

    LONGS_EQUAL(1, answers.size());
    CHECK(answers[0] == (StatusAnswer{AnswerKind::Automatic, "\x18\0\x0F\0"s}));
}

TEST(StatusReader, gives_up_an_automatic_status_that_is_torn_by_an_answer) {
    using namespace std::string_literals;
    StatusReader reader;

    const auto answers = reader.feed("\x18\0\x12\x03"s);

    LONGS_EQUAL(3, answers.size());
    CHECK(answers[0].kind == AnswerKind::Noise);
    CHECK(answers[1].kind == AnswerKind::Realtime);
    CHECK(answers[2].kind == AnswerKind::Queued);
}

TEST(StatusReader, forgets_the_beginning_of_a_status) {
    StatusReader reader;
    (void)reader.feed("\x18");

    reader.forget();

    CHECK(reader.feed("\x03").at(0).kind == AnswerKind::Queued);
}

TEST(StatusReader, loses_and_invents_no_byte_however_the_stream_is_cut) {
    std::mt19937 random(20261122);
    for (int round = 0; round < 2'000; ++round) {
        std::string stream(random() % 40, '\0');
        for (char& byte : stream)
            byte = static_cast<char>(random() % 4 == 0 ? random() : random() & 0x1FU);
        StatusReader whole;
        StatusReader cut;
        std::string pieces;
        std::vector<StatusAnswer> answers;
        for (std::size_t at = 0; at < stream.size();) {
            const std::size_t size = 1 + random() % 5;
            for (StatusAnswer& answer : cut.feed(std::string_view(stream).substr(at, size)))
                answers.push_back(std::move(answer));
            at += size;
        }

        const auto together = whole.feed(stream);

        CHECK(answers == together);
        CHECK(stream.starts_with(all(answers)));
        CHECK(stream.size() - all(answers).size() < 4);
        PrinterStatus status;
        for (const StatusAnswer& answer : answers)
            apply_automatic(status, answer.bytes);
    }
}
