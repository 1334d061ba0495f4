// SPDX-License-Identifier: Apache-2.0
// Prints a file to an address and says what became of it: for trials with real devices, and for the
// emulated machine. One thread, and one more that stops the job when that is asked for.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "base/integer.h"
#include "fakes/steady_clock.h"
#include "links/links.h"

namespace {

using namespace linuxcash;

constexpr int kStallMs = 3'000;

// "printed none 18" and the text behind it.
int print(const std::string& address, const std::string& bytes, std::int64_t stop_ms) {
    const fakes::SteadyClock clock;
    printing::StopSignal stop;
    const links::Surroundings surroundings{clock, stop, "."};
    const auto where = links::parse_address(address);
    if (!where) {
        std::printf("%s\n", where.error().text.russian().c_str());
        return 2;
    }
    printing::Job job;
    job.bytes = bytes;
    job.patience.stall_ms = kStallMs;
    job.patience.repair_ms = kStallMs;
    std::thread stopper([&] {
        if (stop_ms <= 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(stop_ms));
        stop.raise();
    });
    const core::Millis began = clock.monotonic();
    const auto result = links::print(*where, job, surroundings);
    const core::Millis took = clock.monotonic() - began;
    std::printf(
        "%s %s %zu in %lld ms: %s\n", std::string(delivery_word(result.delivery)).c_str(),
        std::string(trouble_word(result.trouble)).c_str(), result.taken,
        static_cast<long long>(took), result.text.russian().c_str());
    stopper.join();
    return 0;
}

int list() {
    const fakes::SteadyClock clock;
    const printing::StopSignal stop;
    for (const links::Found& found : links::discover({clock, stop, "."})) {
        std::printf(
            "%s | %s | %s | %s | %s%s\n", found.address.c_str(), found.maker.c_str(),
            found.model.c_str(), found.serial.c_str(), found.usable ? "usable" : "",
            found.reason.russian().c_str());
    }
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    if (count == 2 && std::string(arguments[1]) == "list") return list();
    if (count < 3) {
        std::fputs("usage: links_print ADDRESS FILE [STOP_MS] | links_print list\n", stderr);
        return 2;
    }
    std::ifstream file(arguments[2], std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    const auto stop_ms = count > 3 ? parse_integer(arguments[3]) : std::nullopt;
    return print(arguments[1], bytes.str(), stop_ms.value_or(0));
}
