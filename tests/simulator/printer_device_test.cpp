// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/device.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace std::string_literals;

namespace {

constexpr const char* kAll = "\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04";

PrinterFaults faults(const char* document) {
    const auto made = changed_faults({}, *json::parse(document));
    CHECK(made.ok());
    return made.ok() ? *made : PrinterFaults{};
}

}  // namespace

TEST_GROUP(PrinterDevice) {
    PrinterDevice device{*find_printer_profile("epson-80")};

    std::string answer(const std::string& bytes) {
        device.receive(bytes);
        return device.take_answers();
    }
};

TEST(PrinterDevice, answers_real_time_questions_as_it_feels) {
    CHECK(answer(kAll) == "\x12\x12\x12\x12");
    device.set_faults(faults(R"({"paper":"near-end"})"));
    CHECK(answer(kAll) == "\x12\x12\x12\x1E");
    device.set_faults(faults(R"({"paper":"out"})"));
    CHECK(answer(kAll) == "\x1A\x32\x12\x7E");
    device.set_faults(faults(R"({"cover":"open"})"));
    CHECK(answer(kAll) == "\x1A\x16\x12\x12");
    device.set_faults(faults(R"({"drawer":"open"})"));
    CHECK(answer(kAll) == "\x16\x12\x12\x12");
}

TEST(PrinterDevice, answers_questions_in_pieces_and_inside_pictures) {
    CHECK(answer("\x10") == "");
    CHECK(answer("\x04") == "");
    CHECK(answer("\1") == "\x12");
    CHECK(answer("\x1Dv0\0\1\0\3\0\x10\x04\1"s) == "\x12");
}

TEST(PrinterDevice, opens_the_drawer_at_once_when_asked_so_and_in_turn_otherwise) {
    device.set_faults(faults(R"({"paper":"out"})"));
    device.receive("\x1Bp\0\x32\x64"s);
    LONGS_EQUAL(0, device.drawer_pulses());
    device.receive("\x10\x14");
    device.receive("\1\0\1"s);
    LONGS_EQUAL(1, device.drawer_pulses());

    device.set_faults(faults(R"({"paper":"ok"})"));

    LONGS_EQUAL(2, device.drawer_pulses());
}

TEST(PrinterDevice, keeps_queued_answers_until_it_can_print) {
    device.set_faults(faults(R"({"paper":"out"})"));
    CHECK(answer("a\n\x1Dr\1") == "");
    CHECK(answer("\x10\x04\x01") == "\x1A");

    device.set_faults(faults(R"({"paper":"ok"})"));

    CHECK(device.take_answers() == "\0"s);
    LONGS_EQUAL(1, device.decoder().roll().unfinished().lines.size());
}

TEST(PrinterDevice, runs_out_of_paper_after_so_many_bytes) {
    device.set_faults(faults(R"({"paperOutAfterBytes":2})"));

    CHECK(answer("a\nb\n\x10\x04\x04") == "\x12");  // asked before it came to that
    CHECK(answer("\x10\x04\x04") == "\x7E");
    LONGS_EQUAL(1, device.decoder().roll().unfinished().lines.size());
}

TEST(PrinterDevice, tells_of_changes_when_it_was_asked_to) {
    CHECK(
        answer("\x1D"
               "a\xFF")
        == "\x10\0\0\0"s);

    device.set_faults(faults(R"({"paper":"out"})"));
    CHECK(device.take_answers() == "\x18\0\x0F\0"s);
    device.set_faults(faults(R"({"cover":"open"})"));
    CHECK(device.take_answers() == "\x38\0\0\0"s);
}

TEST(PrinterDevice, may_be_silent) {
    device.set_faults(faults(R"({"silent":true})"));

    CHECK(answer(std::string(kAll) + "\x1Dr\1") == "");
}

TEST(PrinterDevice, takes_only_so_much_while_it_cannot_print) {
    device.set_faults(faults(R"({"cover":"open"})"));

    device.receive(std::string(PrinterDevice::kBufferBytes - 1, 'a'));

    LONGS_EQUAL(1, device.room());
}

TEST(PrinterDevice, refuses_faults_that_it_does_not_know) {
    for (const char* document :
         {R"({"paper":"wet"})", R"({"mood":"bad"})", R"({"stallAfterBytes":-1})", "[]",
          R"({"silent":1})"})
        CHECK(changed_faults({}, *json::parse(document)).error().code == ErrorCode::InvalidInput);
}

TEST(PrinterDevice, names_its_faults_as_they_were_given) {
    const PrinterFaults made = faults(R"({"paper":"near-end","closeAfterBytes":7})");

    const auto again = changed_faults({}, to_json(made));

    CHECK(again.ok());
    CHECK(again->state == made.state);
    CHECK(again->close_after_bytes == made.close_after_bytes);
}
