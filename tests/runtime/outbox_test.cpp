// SPDX-License-Identifier: Apache-2.0
#include "runtime/outbox.h"

#include <poll.h>

#include <memory>
#include <string>

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::core;
using namespace linuxcash::runtime;

namespace {

constexpr std::chrono::milliseconds kNoWait{0};

Show show(const char* words) {
    Show show;
    show.text = Text::literal(words);
    return show;
}

}  // namespace

TEST_GROUP(Outbox) {
    std::shared_ptr<Outbox> outbox = std::make_shared<Outbox>();
    std::shared_ptr<Conversation> talk = std::make_shared<Conversation>(outbox, OperationId{});

    bool readable() {
        pollfd fd{outbox->wait_fd(), POLLIN, 0};
        return poll(&fd, 1, 0) == 1;
    }
};

TEST(Outbox, is_readable_exactly_while_something_waits) {
    CHECK_FALSE(readable());
    talk->emit(Ask{});
    outbox->notify({});
    CHECK(readable());
    CHECK(talk->next(kNoWait).has_value());
    CHECK(readable());
    CHECK(outbox->next_notice().has_value());
    CHECK_FALSE(readable());
}

TEST(Outbox, a_show_replaces_a_show_that_nobody_has_seen) {
    talk->emit(show("раз"));
    talk->emit(show("два"));

    std::optional<NumberedEvent> event = talk->next(kNoWait);

    STRCMP_EQUAL("два", std::get<Show>(event->event).text.russian().c_str());
    LONGS_EQUAL(2, event->number);
    CHECK_FALSE(talk->next(kNoWait).has_value());
}

TEST(Outbox, nothing_follows_finished) {
    talk->emit(Finished{});
    talk->emit(show("поздно"));

    CHECK(talk->next(kNoWait).has_value());
    CHECK(talk->over());
    CHECK_FALSE(talk->next(kNoWait).has_value());
}

TEST(Outbox, takes_one_answer_to_the_open_question_and_only_one_that_fits) {
    using Reaction = Conversation::Reaction;
    CHECK(talk->react(0, Value{"x"}) == Reaction::Stale);
    talk->emit(Ask{});

    CHECK(talk->react(1, std::nullopt) == Reaction::Wrong);
    CHECK(talk->react(1, Chosen{0}) == Reaction::Wrong);
    CHECK(talk->react(1, Value{"x"}) == Reaction::Taken);
    CHECK(talk->react(1, Value{"x"}) == Reaction::Stale);
}

TEST(Outbox, takes_no_answer_after_finished) {
    talk->emit(Ask{});
    talk->emit(Finished{});

    CHECK(talk->react(1, Value{"x"}) == Conversation::Reaction::Stale);
}

TEST(Outbox, a_handle_given_back_leaves_nothing_to_wait_for) {
    talk->emit(Ask{});
    talk->abandon();

    CHECK_FALSE(readable());
    talk->emit(Finished{});
    CHECK_FALSE(readable());
}

TEST(Outbox, keeps_the_newest_notices_when_nobody_pulls_them) {
    for (int i = 0; i < 300; ++i)
        outbox->notify({Level::Info, std::to_string(i), {}, {}});

    STRCMP_EQUAL("44", outbox->next_notice()->topic.c_str());
}
