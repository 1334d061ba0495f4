// SPDX-License-Identifier: Apache-2.0
// USB printers through the real libusb; only under umockdev-wrapper.
#include <memory>
#include <string>

#include "scene.h"
#include "usb_bus.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::links;
using fakes::UsbBus;
using fakes::UsbPrinterShape;
using fakes::UsbPrinterState;
using printing::Delivery;
using printing::Ended;
using printing::Trouble;

namespace {

const std::string kSlip = "\x1B@slip\n";
const std::string kQuestions = "\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04";
const std::string kMarker = "\x1D\x72\x01";

}  // namespace

TEST_GROUP(UsbLink) {
    Scene scene;
    UsbBus bus;

    printing::JobResult print(const std::string& address = "usb:") {
        printing::Job job;
        job.bytes = kSlip;
        return links::print(*parse_address(address), job, scene.surroundings);
    }

    void check(const printing::JobResult& result, Delivery delivery, Trouble trouble) {
        STRCMP_EQUAL(
            std::string(delivery_word(delivery)).c_str(),
            std::string(delivery_word(result.delivery)).c_str());
        STRCMP_EQUAL(
            std::string(trouble_word(trouble)).c_str(),
            std::string(trouble_word(result.trouble)).c_str());
    }
};

TEST(UsbLink, prints_has_it_confirmed_and_gives_the_printer_back) {
    const int printer = bus.plug();

    check(print(), Delivery::Printed, Trouble::None);

    const UsbPrinterState state = bus.state(printer);
    STRCMP_EQUAL((kQuestions + kSlip + kMarker + kQuestions).c_str(), state.received.c_str());
    STRCMP_EQUAL("usblp", state.driver.c_str());
    LONGS_EQUAL(0, state.ids_asked);
}

TEST(UsbLink, finds_the_printer_by_its_codes_and_its_serial_number) {
    UsbPrinterShape other;
    other.product = 0x0202;
    UsbPrinterShape twin;
    twin.serial = "SN2";
    const int first = bus.plug();
    const int second = bus.plug(other);
    const int third = bus.plug(twin);

    check(print("usb:04b8:0202"), Delivery::Printed, Trouble::None);
    check(print("usb:04b8:0e28:SN2"), Delivery::Printed, Trouble::None);
    check(print("usb:04b8:0e28:SN9"), Delivery::NotPrinted, Trouble::NotFound);

    CHECK(bus.state(first).received.empty());
    CHECK(!bus.state(second).received.empty());
    CHECK(!bus.state(third).received.empty());
    STRCMP_EQUAL("usblp", bus.state(first).driver.c_str());
}

TEST(UsbLink, without_a_printer_is_not_found) {
    const auto result = print();

    check(result, Delivery::NotPrinted, Trouble::NotFound);
    STRCMP_CONTAINS("не найден", result.text.russian().c_str());
}

TEST(UsbLink, takes_two_ways_before_one_and_never_printing_over_ip) {
    UsbPrinterShape shape;
    shape.settings = {{7, 4, 0x01, 0x84}, {7, 1, 0x02, 0}, {7, 2, 0x03, 0x82}};
    const int printer = bus.plug(shape);

    check(print(), Delivery::Printed, Trouble::None);

    LONGS_EQUAL(2, bus.state(printer).alternate);
}

TEST(UsbLink, of_a_one_way_printer_sends_and_asks_nothing) {
    UsbPrinterShape shape;
    shape.settings = {{7, 1, 0x01, 0}};
    const int printer = bus.plug(shape);

    check(print(), Delivery::Sent, Trouble::None);

    STRCMP_EQUAL(kSlip.c_str(), bus.state(printer).received.c_str());
}

TEST(UsbLink, of_printing_over_ip_alone_is_not_found) {
    UsbPrinterShape shape;
    shape.settings = {{7, 4, 0x01, 0x81}};
    (void)bus.plug(shape);

    check(print(), Delivery::NotPrinted, Trouble::NotFound);
}

TEST(UsbLink, of_a_vendors_own_class_is_found_only_by_its_codes) {
    UsbPrinterShape shape;
    shape.settings = {{0xFF, 0, 0x01, 0x81}};
    (void)bus.plug(shape);

    check(print(), Delivery::NotPrinted, Trouble::NotFound);
    check(print("usb:04b8:0e28"), Delivery::Printed, Trouble::None);
}

TEST(UsbLink, sends_nothing_when_the_paper_is_out) {
    UsbPrinterState state;
    state.paper_out = true;
    const int printer = bus.plug({}, state);

    check(print(), Delivery::NotPrinted, Trouble::PaperOut);

    STRCMP_EQUAL(kQuestions.c_str(), bus.state(printer).received.c_str());
}

TEST(UsbLink, takes_a_silent_printers_slip_as_printed_and_its_port_as_a_hint) {
    UsbPrinterState state;
    state.answers = false;
    const int printer = bus.plug({}, state);

    check(print(), Delivery::Sent, Trouble::None);
    bus.with(printer, [](UsbPrinterState& now) { now.port_status = 0x30; });
    check(print(), Delivery::NotPrinted, Trouble::PaperOut);
}

TEST(UsbLink, survives_a_printer_without_an_identification) {
    UsbPrinterState state;
    state.id_stalls = true;
    const int printer = bus.plug({}, state);
    {
        const auto link = scene.open("usb:");

        STRCMP_EQUAL("", (*link)->device_id(scene.in(1'000)).c_str());
        LONGS_EQUAL(0x18, *(*link)->port_status(scene.in(1'000)));
        CHECK((*link)->write("x", scene.in(1'000)).ended == Ended::Complete);
    }
    LONGS_EQUAL(1, bus.state(printer).ids_asked);
}

TEST(UsbLink, tells_the_identification_when_it_is_asked) {
    (void)bus.plug();
    const auto link = scene.open("usb:");

    STRCMP_CONTAINS("MFG:IDMAKER;", (*link)->device_id(scene.in(1'000)).c_str());
}

TEST(UsbLink, says_how_much_a_full_printer_took_and_goes_on_from_there) {
    UsbPrinterState state;
    state.room = 1'700;
    const int printer = bus.plug({}, state);
    std::string big;
    for (int i = 0; i < 1'000; ++i)
        big += std::to_string(i) + ",";
    const auto link = scene.open("usb:");

    const auto written = (*link)->write(big, scene.in(100));
    CHECK(written.ended == Ended::Deadline);
    LONGS_EQUAL(1'700, written.count);

    bus.with(printer, [](UsbPrinterState& now) { now.room = UsbPrinterState::kEndless; });
    const std::string_view rest = std::string_view(big).substr(written.count);
    CHECK((*link)->write(rest, scene.in(5'000)).ended == Ended::Complete);
    CHECK(bus.state(printer).received == big);
}

TEST(UsbLink, unplugged_amid_the_job_is_in_doubt_and_prints_after_it_is_plugged_in_again) {
    UsbPrinterState state;
    state.unplugs_at = kQuestions.size() + 4;
    const int printer = bus.plug({}, state);

    check(print(), Delivery::InDoubt, Trouble::Unplugged);
    bus.unplug(printer);
    check(print(), Delivery::NotPrinted, Trouble::NotFound);
    const int again = bus.plug();
    check(print(), Delivery::Printed, Trouble::None);

    CHECK(again != printer);
    STRCMP_EQUAL("usblp", bus.state(again).driver.c_str());
}

TEST(UsbLink, unplugged_at_any_byte_has_no_half_known_state) {
    const std::size_t all = kQuestions.size() + kSlip.size() + kMarker.size();
    for (std::size_t cut = 1; cut <= all; ++cut) {
        UsbPrinterState state;
        state.unplugs_at = cut;
        const int printer = bus.plug({}, state);

        const auto result = print();

        // The system does not tell how much went of the transfer that was under way.
        const bool begun = cut > kQuestions.size();
        check(result, begun ? Delivery::InDoubt : Delivery::NotPrinted, Trouble::Unplugged);
        bus.unplug(printer);
    }
}

TEST(UsbLink, unplugged_while_it_waits_is_gone_and_opened_again_works) {
    const int printer = bus.plug();
    auto link = scene.open("usb:");
    printing::Arrived arrived;
    std::thread reader([&] { arrived = (*link)->read(scene.in(9'000)); });

    bus.unplug(printer);

    reader.join();
    CHECK(arrived.ended == Ended::Gone);
    CHECK((*link)->write("x", scene.in(100)).ended == Ended::Gone);
    (void)bus.plug();
    link = scene.open("usb:");
    CHECK((*link)->write("x", scene.in(1'000)).ended == Ended::Complete);
}

TEST(UsbLink, waits_a_little_for_a_printer_that_somebody_else_has) {
    UsbPrinterState state;
    state.busy_claims = 2;
    const int printer = bus.plug({}, state);

    check(print(), Delivery::Printed, Trouble::None);
    bus.with(printer, [](UsbPrinterState& now) { now.busy_claims = 1'000; });
    scene.surroundings.open_ms = 300;
    const auto result = print();
    check(result, Delivery::NotPrinted, Trouble::Busy);
    STRCMP_CONTAINS("занят другой программой", result.text.russian().c_str());
    CHECK(bus.state(printer).busy_claims > 990);
}

TEST(UsbLink, ends_every_wait_at_once_when_it_is_stopped) {
    UsbPrinterState state;
    state.room = 10;
    (void)bus.plug({}, state);
    const auto link = scene.open("usb:");
    printing::Written written;
    Ended ended = Ended::Complete;

    CHECK(kAtOnceMs > scene.stopped_after([&] { ended = (*link)->read(scene.in(9'000)).ended; }));
    CHECK(ended == Ended::Stopped);
    scene.stop.clear();
    (void)(*link)->write("0123456789", scene.in(1'000));
    CHECK(kAtOnceMs > scene.stopped_after([&] { written = (*link)->write("x", scene.in(9'000)); }));
    CHECK(written.ended == Ended::Stopped);
    LONGS_EQUAL(0, written.count);
}

TEST(UsbLink, is_not_misled_by_old_answers) {
    UsbPrinterState state;
    state.to_read = "\x72\x7E\x0F\x18";
    (void)bus.plug({}, state);

    check(print(), Delivery::Printed, Trouble::None);
}

TEST(UsbLink, clears_a_halt_once_and_then_gives_up) {
    UsbPrinterState state;
    state.halted_writes = 1;
    const int printer = bus.plug({}, state);
    const auto link = scene.open("usb:");

    CHECK((*link)->write("x", scene.in(1'000)).ended == Ended::Complete);
    LONGS_EQUAL(1, bus.state(printer).halts_cleared);
    bus.with(printer, [](UsbPrinterState& now) { now.halted_writes = 5; });
    CHECK((*link)->write("y", scene.in(1'000)).ended == Ended::Failed);
    LONGS_EQUAL(2, bus.state(printer).halts_cleared);
}

TEST_GROUP(UsbDiscovery) {
    Scene scene;
    UsbBus bus;
    DiscoverOptions options{scene.folder.path(), true};
};

TEST(UsbDiscovery, names_each_printer_and_gives_it_back) {
    UsbPrinterShape nameless;
    nameless.product = 0x0202;
    nameless.maker = "";
    nameless.model = "";
    nameless.serial = "";
    const int first = bus.plug();
    const int second = bus.plug(nameless);

    const auto found = discover(scene.surroundings, options);

    LONGS_EQUAL(2, found.size());
    STRCMP_EQUAL("usb:04b8:0e28:SN1", found[0].address.c_str());
    STRCMP_EQUAL("SIM", found[0].maker.c_str());
    STRCMP_EQUAL("TM-SIM", found[0].model.c_str());
    STRCMP_EQUAL("SN1", found[0].serial.c_str());
    CHECK(found[0].usable && found[1].usable);
    STRCMP_EQUAL("usb:04b8:0202", found[1].address.c_str());
    STRCMP_EQUAL("IDMAKER", found[1].maker.c_str());
    STRCMP_EQUAL("IDMODEL", found[1].model.c_str());
    for (const int printer : {first, second}) {
        STRCMP_EQUAL("usblp", bus.state(printer).driver.c_str());
        STRCMP_EQUAL("", bus.state(printer).received.c_str());
    }
}

TEST(UsbDiscovery, asks_no_identification_where_it_must_not) {
    const int printer = bus.plug();
    options.ask_device_ids = false;

    LONGS_EQUAL(1, discover(scene.surroundings, options).size());

    LONGS_EQUAL(0, bus.state(printer).ids_asked);
}

TEST(UsbDiscovery, says_why_a_printer_is_not_usable) {
    UsbPrinterState state;
    state.busy_claims = 1'000;
    (void)bus.plug({}, state);

    const auto found = discover(scene.surroundings, options);

    CHECK_FALSE(found.at(0).usable);
    STRCMP_CONTAINS("занят другой программой", found[0].reason.russian().c_str());
}
