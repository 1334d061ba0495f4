// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "fakes/fake_paysystem.h"
#include "host/event_reader.h"
#include "host/module.h"
#include "host/random_id.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::host;
using fakes::Ending;
using fakes::Plan;
using fakes::Step;
using fakes::StepKind;

namespace {

Money byn(std::int64_t minor) {
    return Money(minor, *Currency::parse("BYN"));
}

PayRequest pay_request(std::int64_t minor, std::uint8_t first_byte = 1) {
    PayRequest request;
    request.id.bytes[0] = first_byte;
    request.type = 20;
    request.cashier = "Кассир 1";
    request.receipt = R"({"uid":"u1"})";
    request.sum = byn(minor);
    return request;
}

}  // namespace

TEST_GROUP(Conversation) {
    fakes::World world;
    std::optional<Instance> instance;

    void setup() override {
        fakes::play_in(&world);
        instance.emplace(std::move(*create()));
    }

    void teardown() override {
        instance.reset();
        fakes::play_in(nullptr);
    }

    Result<Instance> create() {
        const Result<ModuleLibrary> library = ModuleLibrary::adopt(fakes::fake_paysystem());
        return Instance::create(*library, {"/root-of-test", "1", "BYN", "ru"});
    }

    template <typename Wanted>
    Wanted pull(host::Conversation & conversation) {
        Result<std::optional<Event>> event = conversation.next(0);
        CHECK_TEXT(event.ok() && event->has_value(), "no event");
        CHECK_TEXT(std::holds_alternative<Wanted>(**event), "another event");
        return std::get<Wanted>(**event);
    }
};

TEST(Conversation, carries_a_payment_to_its_end) {
    world.pay_plans.push_back(
        {{Step{.kind = StepKind::Show, .text = "Отсканируйте", .qr = "qr", .seconds_left = 87}},
         Ending{.slip = R"({"elements":[{"type":"br"}]})", .note = "n1"}});

    Result<host::Conversation> conversation = instance->pay(pay_request(2450));

    CHECK(conversation.ok());
    const Show show = pull<Show>(*conversation);
    STRCMP_EQUAL("Отсканируйте", show.text.c_str());
    STRCMP_EQUAL("qr", show.qr.c_str());
    CHECK(show.for_customer);
    LONGS_EQUAL(87, show.seconds_left);
    const Finished finished = pull<Finished>(*conversation);
    CHECK(finished.outcome == Outcome::Approved);
    LONGS_EQUAL(2450, finished.sum->minor());
    STRCMP_EQUAL("500123", finished.gateway_id.c_str());
    CHECK(finished.slip.find("elements") != nullptr);
    STRCMP_EQUAL("n1", finished.note->c_str());
}

TEST(Conversation, hands_the_request_over) {
    PayRequest request = pay_request(100);
    request.note = "старая заметка";
    request.silent = true;

    const Result<host::Conversation> conversation = instance->pay(request);

    CHECK(conversation.ok());
    STRCMP_EQUAL(R"({"uid":"u1"})", world.last_receipt.c_str());
    STRCMP_EQUAL("старая заметка", world.last_note.c_str());
    LONGS_EQUAL(LC_FLAG_SILENT, world.last_flags);
    LONGS_EQUAL(20, world.last("pay").type);
    STRCMP_EQUAL("BYN", world.last("pay").currency.c_str());
}

TEST(Conversation, answers_a_question_and_takes_a_stale_answer_as_harmless) {
    world.pay_plans.push_back(
        {{Step{.kind = StepKind::Ask, .accepts = LC_ACCEPT_SCAN | LC_ACCEPT_TEXT, .max_length = 5}},
         {}});
    Result<host::Conversation> conversation = instance->pay(pay_request(100));
    const Ask ask = pull<Ask>(*conversation);

    CHECK(ask.accepts.has(Input::Scan));
    CHECK_FALSE(ask.accepts.has(Input::Phone));
    CHECK_FALSE((*conversation->next(0)).has_value());
    CHECK(conversation->answer(ask.number + 7, Value{"late", Input::Text}).ok());
    CHECK(conversation->answer(ask.number, Value{"12345", Input::Scan}).ok());
    LONGS_EQUAL(1, world.answers.size());
    STRCMP_EQUAL("12345", world.answers[0].text.c_str());
    LONGS_EQUAL(LC_ACCEPT_SCAN, world.answers[0].entered_by);
    CHECK(pull<Finished>(*conversation).outcome == Outcome::Approved);
}

TEST(Conversation, gives_choices_prints_edits_and_what_it_does_not_know) {
    world.pay_plans.push_back(
        {{Step{.kind = StepKind::Choose, .options = R"(["Да","Нет"])"},
          Step{.kind = StepKind::Print, .required = true}, Step{.kind = StepKind::Edit},
          Step{.kind = StepKind::Strange}},
         {}});
    Result<host::Conversation> conversation = instance->pay(pay_request(100));

    const Choose choose = pull<Choose>(*conversation);
    STRCMP_EQUAL("Нет", choose.options[1].c_str());
    CHECK(conversation->answer(choose.number, Choice{1}).ok());
    const Print print = pull<Print>(*conversation);
    CHECK(print.required);
    CHECK(conversation->answer(print.number, NotPrinted{"нет бумаги"}).ok());
    const Edit edit = pull<Edit>(*conversation);
    CHECK(conversation->answer(edit.number, EditRefused{"нельзя"}).ok());
    const Unknown unknown = pull<Unknown>(*conversation);
    LONGS_EQUAL(99, unknown.kind);
    CHECK(conversation->answer(unknown.number, Unsupported{}).ok());

    LONGS_EQUAL(1, world.answers[0].index);
    LONGS_EQUAL(LC_ANSWER_FAILED, world.answers[1].kind);
    STRCMP_EQUAL("нет бумаги", world.answers[1].text.c_str());
    LONGS_EQUAL(LC_ANSWER_REFUSED, world.answers[2].kind);
    CHECK(pull<Finished>(*conversation).outcome == Outcome::Refused);
}

TEST(Conversation, cancels) {
    world.pay_plans.push_back({{Step{.kind = StepKind::Hold}}, {}});
    Result<host::Conversation> conversation = instance->pay(pay_request(100));
    CHECK_FALSE((*conversation->next(0)).has_value());

    conversation->cancel();

    CHECK(pull<Finished>(*conversation).outcome == Outcome::Cancelled);
}

TEST(Conversation, gives_the_handle_back_once_when_moved_and_destroyed) {
    {
        Result<host::Conversation> first = instance->pay(pay_request(100));
        host::Conversation second = std::move(*first);
        static_cast<void>(pull<Finished>(second));
    }

    LONGS_EQUAL(1, world.count("release"));
    LONGS_EQUAL(0, world.count("release unfinished"));
}

TEST(Conversation, keeps_the_instance_until_it_has_been_released) {
    Result<host::Conversation> conversation = instance->pay(pay_request(100));
    instance.reset();
    LONGS_EQUAL(0, world.count("destroy"));

    conversation = Error{};

    LONGS_EQUAL(1, world.count("destroy"));
}

TEST(Conversation, says_why_an_operation_did_not_begin) {
    struct Case {
        lc_status status;
        ErrorCode code;
    };
    for (const Case& wanted :
         {Case{LC_BUSY, ErrorCode::Busy}, Case{LC_INVALID, ErrorCode::InvalidInput},
          Case{LC_NOT_CONFIGURED, ErrorCode::NotFound}, Case{LC_FAILED, ErrorCode::Io},
          Case{LC_WRONG_PROCESS, ErrorCode::Internal}, Case{77, ErrorCode::Internal}}) {
        world.begin_status = wanted.status;

        const Result<host::Conversation> begun = instance->pay(pay_request(100));

        CHECK_FALSE(begun.ok());
        LONGS_EQUAL(static_cast<int>(wanted.code), static_cast<int>(begun.error().code));
        CHECK_FALSE(begun.error().text.empty());
    }
}

TEST(Conversation, refuses_a_known_id_with_another_sum) {
    static_cast<void>(instance->pay(pay_request(100, 9)));

    const Result<host::Conversation> again = instance->pay(pay_request(200, 9));

    CHECK_FALSE(again.ok());
    CHECK(again.error().code == ErrorCode::Damaged);
}

TEST(Conversation, passes_the_text_of_a_failed_creation_on) {
    world.create_status = LC_NOT_CONFIGURED;
    world.error_text = "не задан regNum в oplati.conf";

    const Result<Instance> created = create();

    CHECK_FALSE(created.ok());
    CHECK(created.error().code == ErrorCode::NotFound);
    STRCMP_EQUAL("не задан regNum в oplati.conf", created.error().text.russian().c_str());
}

TEST(Conversation, settles_and_lists_what_nobody_settled) {
    {
        Result<host::Conversation> conversation = instance->pay(pay_request(2450));
        static_cast<void>(pull<Finished>(*conversation));
    }
    Result<std::vector<Unclaimed>> before = instance->unclaimed();
    LONGS_EQUAL(1, before->size());
    STRCMP_EQUAL("u1", (*before)[0].receipt_uid.c_str());

    CHECK(instance->settle((*before)[0].operation, Settled::Kept).ok());

    CHECK(instance->unclaimed()->empty());
    CHECK(
        instance->settle((*before)[0].operation, Settled::Undone).error().code
        == ErrorCode::Damaged);
    CHECK(instance->settle(OperationId{}, Settled::Kept).error().code == ErrorCode::NotFound);
}

TEST(Conversation, gives_notices_in_order) {
    world.notices = {{.text = "первое"}, {.level = LC_LEVEL_ERROR, .text = "второе"}};

    STRCMP_EQUAL("первое", instance->next_notice()->text.c_str());
    CHECK(instance->next_notice()->level == Level::Error);
    CHECK_FALSE(instance->next_notice().has_value());
}

TEST_GROUP(EventReader){};

TEST(EventReader, reads_a_shorter_event_with_the_rest_empty) {
    lc_event_show show{};
    show.event.size = offsetof(lc_event_show, qr);
    show.event.kind = LC_EVENT_SHOW;
    show.event.number = 3;
    show.text = "текст";
    show.qr = reinterpret_cast<const char*>(1);  // must not be read

    const Result<Event> event = read_event(&show.event);

    CHECK(event.ok());
    STRCMP_EQUAL("", std::get<Show>(*event).qr.c_str());
    STRCMP_EQUAL("текст", std::get<Show>(*event).text.c_str());
}

TEST(EventReader, refuses_what_is_no_event) {
    CHECK_FALSE(read_event(nullptr).ok());
    lc_event event{};
    CHECK_FALSE(read_event(&event).ok());
    event.size = sizeof event;
    event.kind = LC_EVENT_SHOW;
    CHECK_FALSE(read_event(&event).ok());
}

TEST(EventReader, makes_bytes_that_are_no_text_printable) {
    lc_event_finished finished{};
    finished.event = {sizeof finished, LC_EVENT_FINISHED, 1};
    finished.outcome = 42;
    finished.text = "\xFF!";
    finished.slip = "{broken";

    const auto read = std::get<Finished>(*read_event(&finished.event));

    STRCMP_EQUAL("\\xFF!", read.text.c_str());
    CHECK(read.slip.kind() == json::Kind::Null);
    CHECK(read.outcome == Outcome::Unknown);
    CHECK_FALSE(read.sum.has_value());
}

TEST_GROUP(RandomId){};

TEST(RandomId, never_gives_the_same_name_twice) {
    const auto first = random_operation_id();
    const auto second = random_operation_id();

    CHECK(first.ok() && second.ok());
    CHECK_FALSE(*first == *second);
}

TEST(Conversation, gives_money_of_a_payment_back_and_takes_the_refund_back) {
    const Result<Conversation> paid = instance->pay(pay_request(500, 1));
    RefundRequest request;
    static_cast<Request&>(request) = pay_request(500, 2);
    request.target = pay_request(500, 1).id;
    request.sum = byn(200);
    request.gateway_id = "500123";
    Result<Conversation> refund = instance->refund(request);
    CHECK(refund.ok());
    const auto end = std::get<Finished>(*refund->next(0).value());
    CHECK(end.outcome == Outcome::Approved);
    CHECK(end.sum == byn(200));
    STRCMP_EQUAL("500123", world.last_gateway_id.c_str());

    UndoRequest undo;
    static_cast<Request&>(undo) = pay_request(200, 3);
    undo.target = request.id;

    CHECK(instance->refund_undo(undo).ok());
    STRCMP_EQUAL("refund_undo", world.last("refund_undo").kind.c_str());
}

TEST(Conversation, hands_totals_over_and_gets_what_the_comparison_found) {
    world.totals_plans.push_back(
        {{}, Ending{.outcome = LC_OUTCOME_DONE, .details = R"({"shift":3})"}});
    TotalsRequest request;
    static_cast<Request&>(request) = pay_request(0);
    request.shift = 3;
    request.shift_date = "2026-11-22";
    request.totals = R"({"payments":[]})";
    Result<Conversation> totals = instance->totals(request);
    CHECK(totals.ok());
    const auto end = std::get<Finished>(*totals->next(0).value());

    LONGS_EQUAL(3, end.details.integer("shift").value_or(0));
    STRCMP_EQUAL("3 2026-11-22", world.last_shift.c_str());
    STRCMP_EQUAL(R"({"payments":[]})", world.last_totals.c_str());
}

TEST(Conversation, begins_a_card_and_passes_the_code_of_a_show_as_masked) {
    world.card_plans.push_back(
        {{Step{.kind = StepKind::Show, .text = "1234", .masked = true}}, {}});
    CardRequest request;
    static_cast<Request&>(request) = pay_request(0);
    request.number = "9070";
    Result<Conversation> card = instance->card(request);
    CHECK(card.ok());
    const auto show = std::get<Show>(*card->next(0).value());

    CHECK(show.masked);
    STRCMP_EQUAL("9070", world.last_number.c_str());
}

TEST(Conversation, reads_what_an_older_module_does_not_say_as_nothing) {
    lc_event_show show{};
    show.event = {offsetof(lc_event_show, masked), LC_EVENT_SHOW, 1};
    show.text = "1234";
    show.masked = 1;
    lc_event_finished finished{};
    finished.event = {offsetof(lc_event_finished, details), LC_EVENT_FINISHED, 2};
    finished.text = "";
    finished.details = "{}";

    CHECK_FALSE(std::get<Show>(*read_event(&show.event)).masked);
    const auto end = std::get<Finished>(*read_event(&finished.event));
    CHECK(end.details.kind() == json::Kind::Null);
}
