// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/server.h"

#include <sys/socket.h>

#include <array>
#include <filesystem>
#include <optional>
#include <string>

#include "fakes/temporary_folder.h"
#include "simulator/control_client.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace std::string_literals;

namespace {

constexpr int kPatienceMs = 5000;
const std::string kDone = "\x1Dr\1";  // the answer says that what stands before it is printed

// A host with a cable to the printer.
class Host {
public:
    explicit Host(int port) : fd_(connected(port)) {}

    void send(const std::string& bytes) const { CHECK(send_all(fd_.get(), bytes)); }

    // The next bytes of the printer; less than that at the end of the connection.
    [[nodiscard]] std::string receive(std::size_t size) const {
        std::string bytes;
        while (bytes.size() < size && wait_readable(fd_.get(), kPatienceMs)) {
            char byte = 0;
            if (::recv(fd_.get(), &byte, 1, 0) != 1) break;
            bytes += byte;
        }
        return bytes;
    }

private:
    static UniqueFd connected(int port) {
        auto fd = connect_to({"127.0.0.1", port});
        CHECK(fd.ok());
        return std::move(*fd);
    }

    UniqueFd fd_;
};

}  // namespace

TEST_GROUP(PrinterServer) {
    fakes::TemporaryFolder folder;
    std::optional<PrinterSimulator> printer;

    void setup() override {
        PrinterOptions options;
        options.profile = *find_printer_profile("epson-80");
        options.control = Address{};
        options.out = folder.path() / "slips";
        printer.emplace(options);
        CHECK(printer->start().ok());
    }
    void teardown() override {
        printer.reset();
    }

    void fault(const char* document) {
        CHECK(printer->change_faults(*json::parse(document)).ok());
    }
};

TEST(PrinterServer, prints_and_answers) {
    const Host host(printer->port());

    host.send("\x1B@\x1Bt\x11\x97\xA5\xAA\n\x1DVB\0"s + kDone);

    CHECK(host.receive(1) == "\0"s);
    STRCMP_EQUAL(
        R"([{"lines":["Чек"],"codes":[],"cut":"partly","dots":[576,30]}])",
        printer->slips().str().c_str());
    CHECK(std::filesystem::exists(folder.path() / "slips" / "0001.png"));
    CHECK(std::filesystem::exists(folder.path() / "slips" / "0001.txt"));
}

TEST(PrinterServer, answers_in_real_time_while_it_cannot_print) {
    fault(R"({"paper":"out"})");
    const Host host(printer->port());

    host.send("a\n" + kDone + "\x10\x04\x04");

    CHECK(host.receive(1) == "\x7E");
    fault(R"({"paper":"ok"})");
    CHECK(host.receive(1) == "\0"s);
}

TEST(PrinterServer, serves_the_second_host_when_the_first_has_gone) {
    std::optional<Host> first(printer->port());
    first->send(kDone);
    CHECK(first->receive(1) == "\0"s);
    const Host second(printer->port());
    second.send("\x10\x04\x01");

    first.reset();

    CHECK(second.receive(1) == "\x12");
}

TEST(PrinterServer, tears_off_what_a_host_has_left) {
    {
        const Host host(printer->port());
        host.send("a\nb" + kDone);
        CHECK(host.receive(1) == "\0"s);
    }
    const Host next(printer->port());
    next.send(kDone);
    CHECK(next.receive(1) == "\0"s);

    STRCMP_EQUAL(
        R"([{"lines":["a"],"codes":[],"cut":"no","dots":[576,30]}])",
        printer->slips().str().c_str());
}

TEST(PrinterServer, closes_after_so_many_bytes) {
    fault(R"({"closeAfterBytes":4})");
    const Host host(printer->port());

    host.send("a\nbc");

    CHECK(host.receive(1).empty());
}

TEST(PrinterServer, takes_no_more_after_so_many_bytes) {
    fault(R"({"stallAfterBytes":3})");
    const Host host(printer->port());
    host.send("\x10\x04\x01\x10\x04\x01");

    CHECK(host.receive(1) == "\x12");
    fault(R"({"stallAfterBytes":null})");
    CHECK(host.receive(1) == "\x12");
}

TEST(PrinterServer, is_slow_and_loses_nothing) {
    fault(R"({"bytesPerSecond":20000})");
    {
        const Host host(printer->port());
        host.send(std::string(1000, '\n') + kDone);
        CHECK(host.receive(1) == "\0"s);
    }

    CHECK(printer->state().integer("bytes") == 1003);
}

TEST(PrinterServer, is_controlled_over_http) {
    const std::string url = "http://127.0.0.1:" + std::to_string(printer->control_port());
    const auto told = [&url](std::string_view command, std::string_view argument) {
        const auto request = control_request(command, argument);
        CHECK(request.ok());
        const auto reply = ask({url, std::nullopt}, *request);
        CHECK(reply.ok());
        return reply ? reply->status : 0;
    };

    LONGS_EQUAL(200, told("faults", R"({"paper":"out"})"));
    LONGS_EQUAL(400, told("faults", R"({"paper":"wet"})"));
    LONGS_EQUAL(200, told("state", ""));
    LONGS_EQUAL(200, told("slips", ""));
    LONGS_EQUAL(200, told("clear", ""));
    LONGS_EQUAL(200, told("port", "closed"));
    CHECK_FALSE(connect_to({"127.0.0.1", printer->port()}).ok());
    LONGS_EQUAL(404, told("ledger", ""));
    const json::Value state = printer->state();
    STRCMP_EQUAL("out", state.find("faults")->string("paper")->c_str());
}
