// SPDX-License-Identifier: Apache-2.0
#include "core/channel.h"

#include <string>

#include "fakes/fake_gateway.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::core;
using fakes::FakeGateway;

namespace {

// "→1" dispatched, "1←200" delivered, "1←failed kind", "save T".
std::string words(const std::vector<ChannelAction>& actions) {
    std::string text;
    for (const ChannelAction& action : actions) {
        if (!text.empty()) text += ", ";
        if (const auto* dispatch = std::get_if<Dispatch>(&action)) {
            text += "→" + std::to_string(dispatch->ticket);
            for (const auto& [name, secret] : dispatch->request.secret_headers) {
                text += " " + secret.reveal();
            }
        } else if (const auto* deliver = std::get_if<Deliver>(&action)) {
            text += std::to_string(deliver->ticket) + "←";
            const auto* reply = std::get_if<Reply>(&deliver->answer);
            text += reply != nullptr ? std::to_string(reply->status)
                                     : std::get<Failure>(deliver->answer).text.russian();
        } else {
            text += "save " + std::get<SaveSecret>(action).secret.reveal();
        }
    }
    return text;
}

Reply with_token(const std::string& token) {
    return {200, {{"token", token}}, ""};
}

}  // namespace

TEST_GROUP(Channel) {
    FakeGateway gateway;
    Channel channel{gateway};
    Millis now = 50'000;

    void setup() override {
        gateway.needs_token = true;
    }
    void is(const char* expected, const std::vector<ChannelAction>& actions) {
        STRCMP_EQUAL(expected, words(actions).c_str());
    }
    void submit(Ticket ticket, bool secret) {
        channel.submit(ticket, FakeGateway::call("step", secret, false));
    }
    static Failure failure() {
        return {FailureKind::Connect, Sent::None, Text::literal("нет связи")};
    }
};

TEST(Channel, asks_for_the_first_token_and_saves_it_before_anything_goes) {
    submit(1, true);
    is("→0", channel.admit(now));
    is("", channel.admit(now));
    is("save T1", channel.digest(0, with_token("T1")));
    is("", channel.admit(now));
    is("", channel.saved(Done{}));
    is("→1 T1", channel.admit(now));
}

TEST(Channel, holds_a_reply_back_until_its_token_is_safe) {
    channel.use_token(Secret{"T1"});
    submit(1, true);
    is("→1 T1", channel.admit(now));
    is("save T2", channel.digest(1, with_token("T2")));
    is("1←200", channel.saved(Done{}));
    submit(2, true);
    is("→2 T2", channel.admit(now));
}

TEST(Channel, turns_a_reply_into_a_lost_one_when_its_token_cannot_be_saved) {
    channel.use_token(Secret{"T1"});
    submit(1, true);
    is("→1 T1", channel.admit(now));
    is("save T2", channel.digest(1, with_token("T2")));
    is("1←диск полон", channel.saved(Error{ErrorCode::Io, Text::literal("диск полон")}));
}

TEST(Channel, lets_one_secret_bearing_request_out_at_a_time) {
    channel.use_token(Secret{"T1"});
    submit(1, true);
    submit(2, true);
    submit(3, false);
    is("→1 T1, →3", channel.admit(now));
    is("", channel.admit(now));
    is("save T2", channel.digest(1, with_token("T2")));
    is("1←200", channel.saved(Done{}));
    is("→2 T2", channel.admit(now));
}

TEST(Channel, renews_a_refused_token_and_sends_again) {
    channel.use_token(Secret{"old"});
    submit(1, true);
    is("→1 old", channel.admit(now));
    is("", channel.digest(1, Reply{401, {}, ""}));
    is("→0", channel.admit(now));
    is("save new", channel.digest(0, with_token("new")));
    is("", channel.saved(Done{}));
    is("→1 new", channel.admit(now));
}

TEST(Channel, gives_up_when_a_fresh_token_is_refused_too) {
    channel.use_token(Secret{"old"});
    submit(1, true);
    is("→1 old", channel.admit(now));
    is("", channel.digest(1, Reply{401, {}, ""}));
    is("→0", channel.admit(now));
    is("save new", channel.digest(0, with_token("new")));
    is("", channel.saved(Done{}));
    is("→1 new", channel.admit(now));
    is("1←токен не принят", channel.digest(1, Reply{401, {}, ""}));
}

TEST(Channel, tells_that_a_token_exists_and_goes_on_once_the_cabinet_has_reset_it) {
    channel.use_token(Secret{"old"});
    submit(1, true);
    is("→1 old", channel.admit(now));
    is("", channel.digest(1, Reply{401, {}, ""}));
    is("→0", channel.admit(now));
    is("1←токен уже есть", channel.digest(0, Reply{400, {}, ""}));
    submit(2, true);
    is("→0", channel.admit(now));
    is("save new", channel.digest(0, with_token("new")));
    is("", channel.saved(Done{}));
    is("→2 new", channel.admit(now));
}

TEST(Channel, shuts_when_the_gateway_knows_no_token_until_it_is_forgotten) {
    channel.use_token(Secret{"old"});
    submit(1, true);
    is("→1 old", channel.admit(now));
    is("1←токена нет", channel.digest(1, Reply{403, {}, ""}));
    submit(2, true);
    is("2←токена нет", channel.admit(now));
    channel.forget_token();
    submit(3, true);
    is("→0", channel.admit(now));
}

TEST(Channel, refuses_what_waits_when_no_token_can_be_had) {
    submit(1, true);
    is("→0", channel.admit(now));
    is("1←нет связи", channel.digest(0, failure()));
    CHECK_FALSE(channel.link_up());
}

TEST(Channel, needs_no_token_in_password_mode) {
    gateway.needs_token = false;
    submit(1, true);
    is("→1", channel.admit(now));
}

TEST(Channel, keeps_the_pace_of_a_key) {
    Call call = FakeGateway::call("query", false, false);
    call.pace_key = "payment-77";
    call.pace_ms = 5'000;
    channel.submit(1, call);
    channel.submit(2, call);
    is("→1", channel.admit(now));
    CHECK(*channel.due() == now + 5'000);
    is("", channel.admit(now + 4'999));
    is("→2", channel.admit(now + 5'000));
}

TEST(Channel, knows_the_link_by_the_last_exchange) {
    submit(1, false);
    is("→1", channel.admit(now));
    is("1←нет связи", channel.digest(1, failure()));
    CHECK_FALSE(channel.link_up());
    submit(2, false);
    is("→2", channel.admit(now));
    is("2←500", channel.digest(2, Reply{500, {}, ""}));
    CHECK(channel.link_up());
}

TEST(Channel, our_own_abort_says_nothing_of_the_link) {
    submit(1, false);
    is("→1", channel.admit(now));
    is("1←прервано",
       channel.digest(1, Failure{FailureKind::Aborted, Sent::Maybe, Text::literal("прервано")}));
    CHECK(channel.link_up());
}

TEST(Channel, takes_back_only_what_has_not_gone) {
    channel.use_token(Secret{"T1"});
    submit(1, true);
    submit(2, true);
    is("→1 T1", channel.admit(now));
    CHECK_FALSE(channel.withdraw(1));
    CHECK(channel.must_finish(1));
    CHECK(channel.withdraw(2));
    CHECK_FALSE(channel.quiet());
}
