// SPDX-License-Identifier: Apache-2.0
#include "terminal/event_loop.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <string>

#include "terminal/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;

namespace {

constexpr int kNoSignals = -1;  // poll() passes over it

}  // namespace

TEST_GROUP(EventLoop) {
    Scene scene;
    UniqueFd reader;
    UniqueFd writer;

    void setup() override {
        std::array<int, 2> ends{};
        LONGS_EQUAL(0, ::pipe(ends.data()));
        reader = UniqueFd(ends[0]);
        writer = UniqueFd(ends[1]);
    }

    void send(const std::string& bytes) {
        LONGS_EQUAL(bytes.size(), ::write(writer.get(), bytes.data(), bytes.size()));
    }

    LoopHandlers handlers() {
        LoopHandlers made;
        made.line = [this](const LineReader::Line& line) { scene.script->line(line); };
        made.signal = [this](int) { scene.session->stop(); };
        return made;
    }
};

TEST(EventLoop, carries_out_every_line_and_ends_with_the_input) {
    send(
        "{\"do\":\"login\",\"cashier\":\"Анна\"}\n{\"do\":\"shift-open\"}\r\n\n{\"do\":\"state\"}");
    writer.reset();

    run_loop(*scene.session, reader.get(), kNoSignals, handlers());

    STRCMP_EQUAL("shift,finished,shift,queue", scene.names().c_str());
    LONGS_EQUAL(0, scene.script->exit_code());
}

TEST(EventLoop, ends_when_nobody_reads_our_output_any_more) {
    LoopHandlers broken = handlers();
    broken.broken = [] { return true; };
    send("{\"do\":\"state\"}\n");

    run_loop(*scene.session, reader.get(), kNoSignals, broken);

    CHECK(scene.session->done());
}

TEST(EventLoop, hears_signals_that_ask_it_to_end) {
    sigset_t before;
    ::sigprocmask(SIG_BLOCK, nullptr, &before);
    const Result<UniqueFd> signals = open_signals();
    CHECK(signals.ok());
    ::raise(SIGTERM);

    run_loop(*scene.session, reader.get(), signals->get(), handlers());

    CHECK(scene.session->done());
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
}

TEST_GROUP(JsonLines){};

TEST(JsonLines, writes_one_object_a_line) {
    std::array<int, 2> ends{};
    LONGS_EQUAL(0, ::pipe(ends.data()));
    const UniqueFd reader(ends[0]);
    const UniqueFd writer(ends[1]);
    JsonLines lines(writer.get());

    lines.write({json::Value(1), ErrorEvent{"нет\n"}});

    std::array<char, 100> bytes{};
    CHECK(::read(reader.get(), bytes.data(), bytes.size() - 1) > 0);
    STRCMP_EQUAL("{\"event\":\"error\",\"text\":\"нет\\n\",\"id\":1}\n", bytes.data());
}

TEST(JsonLines, notices_that_nobody_reads) {
    std::array<int, 2> ends{};
    LONGS_EQUAL(0, ::pipe(ends.data()));
    UniqueFd reader(ends[0]);
    const UniqueFd writer(ends[1]);
    ::signal(SIGPIPE, SIG_IGN);
    JsonLines lines(writer.get());
    reader.reset();

    lines.write({{}, ErrorEvent{"x"}});

    CHECK(lines.broken());
}
