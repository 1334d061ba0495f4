// SPDX-License-Identifier: Apache-2.0
// The driver as a register loads it: the shared object that was built, on paper that is a file.
#include <linuxcash/printer.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "host/printer.h"
#include "host/shared_object.h"
#include "json/json.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;

namespace {

const std::string kShipped = TEST_DATA "/../../conf/";
constexpr int kPatienceMs = 5000;
constexpr const char* kSlip = R"({"elements":[{"text":"Hello"}]})";

}  // namespace

TEST_GROUP(PrinterDriver) {
    std::filesystem::path root;
    const lc_printer_driver* driver = nullptr;
    lc_printer* printer = nullptr;
    std::array<char, 512> error{};

    void setup() override {
        char name[] = "/tmp/linuxcash-driver-XXXXXX";
        root = ::mkdtemp(name);
        std::filesystem::create_directories(root / "cash/conf/ncash.ini.d");
        std::filesystem::create_directories(root / "cash/data");
        std::filesystem::create_directories(root / "logs/current");
        std::filesystem::copy_file(kShipped + "printers.ini", root / "cash/conf/printers.ini");
        configure("[printer]\ndevice = file:slips.bin\n");
        const auto symbol =
            host::load_symbol({TEST_DRIVERS, "receipt_printer", LC_PRINTER_ENTRY_NAME}, ::getuid());
        CHECK_TRUE(symbol.ok());
        driver = reinterpret_cast<const lc_printer_driver* (*)()>(*symbol)();
    }
    void teardown() override {
        driver->destroy(printer);
        std::filesystem::remove_all(root);
    }

    void configure(const std::string& ini) {
        std::ofstream(root / "cash/conf/ncash.ini.d/hw_printer.ini") << ini;
    }

    lc_status create() {
        const lc_printer_host host{sizeof host, root.c_str(), "ru"};
        return driver->create(&host, &printer, error.data(), error.size());
    }
    void open() {
        LONGS_EQUAL(LC_OK, create());
        LONGS_EQUAL(LC_OK, driver->start(printer, error.data(), error.size()));
    }
    lc_status print(std::uint64_t number, const char* slip = kSlip) {
        const lc_print_job job{sizeof job, number, "receipt", slip};
        return driver->print(printer, &job);
    }
};

TEST(PrinterDriver, describes_itself_without_an_instance) {
    const auto document = json::parse(driver->describe());

    CHECK_TRUE(document.ok());
    STRCMP_EQUAL("receipt_printer", document->string("name")->c_str());
    CHECK_FALSE(document->string("version")->empty());
}

TEST(PrinterDriver, prints_and_says_so) {
    open();
    LONGS_EQUAL(LC_OK, print(7));

    const lc_printer_event* event = nullptr;
    LONGS_EQUAL(LC_OK, driver->next(printer, kPatienceMs, &event));
    while (event->kind != LC_PRINTER_EVENT_JOB)
        LONGS_EQUAL(LC_OK, driver->next(printer, kPatienceMs, &event));

    LONGS_EQUAL(7, event->job);
    LONGS_EQUAL(LC_JOB_PRINTED, event->result);
    std::ifstream file(root / "cash/data/slips.bin", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    CHECK(bytes.find("Hello") != std::string::npos);
}

TEST(PrinterDriver, its_descriptor_is_readable_while_an_event_waits) {
    LONGS_EQUAL(LC_OK, create());
    LONGS_EQUAL(-1, driver->wait_fd(printer));
    LONGS_EQUAL(LC_OK, driver->start(printer, error.data(), error.size()));
    CHECK(driver->wait_fd(printer) >= 0);
    const lc_printer_event* event = nullptr;
    LONGS_EQUAL(LC_TIMEOUT, driver->next(printer, 0, &event));
    POINTERS_EQUAL(nullptr, event);
}

TEST(PrinterDriver, without_a_device_it_is_not_configured) {
    configure("");

    LONGS_EQUAL(LC_NOT_CONFIGURED, create());

    POINTERS_EQUAL(nullptr, printer);
    CHECK(std::string(error.data()).find("hw_printer.ini") != std::string::npos);
}

TEST(PrinterDriver, refuses_what_the_contract_does_not_allow) {
    LONGS_EQUAL(LC_INVALID, driver->create(nullptr, &printer, error.data(), error.size()));
    LONGS_EQUAL(LC_OK, create());
    LONGS_EQUAL(LC_NOT_STARTED, print(1));
    LONGS_EQUAL(LC_NOT_STARTED, driver->check(printer));
    LONGS_EQUAL(LC_OK, driver->start(printer, nullptr, 0));
    LONGS_EQUAL(LC_INVALID, driver->start(printer, nullptr, 0));
    LONGS_EQUAL(LC_INVALID, print(0));
    LONGS_EQUAL(LC_INVALID, print(1, "no JSON"));
    LONGS_EQUAL(LC_INVALID, print(1, "{}"));
    LONGS_EQUAL(LC_INVALID, driver->print(printer, nullptr));
    LONGS_EQUAL(LC_INVALID, driver->next(printer, 0, nullptr));
    LONGS_EQUAL(0, driver->columns(nullptr, "receipt"));
}

TEST(PrinterDriver, knows_the_width_of_its_paper) {
    open();
    LONGS_EQUAL(48, driver->columns(printer, "receipt"));
    LONGS_EQUAL(48, driver->columns(printer, nullptr));
}

TEST(PrinterDriver, a_host_that_is_older_is_read_as_far_as_it_goes) {
    const lc_printer_host host{offsetof(lc_printer_host, language), root.c_str(), "ru"};
    LONGS_EQUAL(LC_OK, driver->create(&host, &printer, error.data(), error.size()));
}

TEST(PrinterDriver, the_register_wraps_it) {
    const host::Printer::Place place{TEST_DRIVERS, "receipt_printer", root, "ru"};
    auto wrapped = host::Printer::open(place, ::getuid());
    CHECK_TRUE(wrapped.ok());
    LONGS_EQUAL(48, wrapped->columns("receipt"));
    CHECK_TRUE(wrapped->print(3, "receipt", kSlip).ok());
    CHECK_FALSE(wrapped->print(4, "receipt", "no JSON").ok());
    CHECK(wrapped->wait_fd() >= 0);
}

TEST(PrinterDriver, a_driver_of_another_contract_is_not_taken) {
    lc_printer_driver other = *driver;
    other.abi_major = LC_PRINTER_ABI_MAJOR + 1;
    const host::Printer::Place place{TEST_DRIVERS, "other", root, "ru"};
    CHECK(host::Printer::adopt(&other, place).error().code == ErrorCode::Unsupported);
    other = *driver;
    other.size = offsetof(lc_printer_driver, next);
    CHECK(host::Printer::adopt(&other, place).error().code == ErrorCode::Unsupported);
    CHECK(host::Printer::adopt(nullptr, place).error().code == ErrorCode::Unsupported);
}

TEST(PrinterDriver, wrong_settings_are_told_in_its_own_words) {
    configure("[printer]\ndevice = ubs:\n");
    const host::Printer::Place place{TEST_DRIVERS, "receipt_printer", root, "ru"};

    const auto opened = host::Printer::adopt(driver, place);

    CHECK(opened.error().code == ErrorCode::InvalidInput);
    CHECK(opened.error().text.russian().find("hw_printer.ini:2:") != std::string::npos);
}
