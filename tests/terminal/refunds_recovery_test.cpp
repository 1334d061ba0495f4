// SPDX-License-Identifier: Apache-2.0
// Refunds, cancels of refunds and annulments, cut off at each of their steps.
#include <string>

#include "terminal/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;
using fakes::Ending;
using fakes::Step;
using fakes::StepKind;

namespace {

const char* const kRefund = R"({"do":"refund","receipt":1})";
const Ending kRefused{
    .outcome = LC_OUTCOME_REFUSED, .level = LC_LEVEL_ERROR, .text = "Нельзя", .reason = "limit"};

}  // namespace

TEST_GROUP(RefundsRecovery) {
    Scene scene;

    void check_equal(const std::string& wanted, const std::string& got) {
        STRCMP_EQUAL(wanted.c_str(), got.c_str());
    }

    // Receipt 1 of 35.00 through the module.
    void sell() {
        scene.open_receipt();
        scene.line(R"({"do":"pay","valutcode":20})");
    }

    // Receipt 1 of 35.00: 10.00 and 25.00 through the module.
    void sell_in_two() {
        scene.open_receipt();
        scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
        scene.line(R"({"do":"pay","valutcode":20})");
    }

    // The register is killed while the module's operation runs.
    void kill_in(const std::string& line) {
        scene.line(line);
        scene.session.reset();
        for (auto& [id, entry] : scene.world.journal) {
            if (entry.ending && entry.ending->outcome == LC_OUTCOME_CANCELLED) {
                entry.ending.reset();
            }
        }
    }

    static fakes::Plan hold() {
        return {{Step{.kind = StepKind::Hold}}, {}};
    }

    std::string stored(std::int64_t number) {
        const auto receipt = scene.till->receipt(number);
        if (!*receipt) return "none";
        std::string all(till::name((*receipt)->state));
        for (const till::Payment& each : (*receipt)->payments) {
            all += ";" + std::to_string(each.number) + " " + std::string(till::name(each.state))
                   + " " + each.sum.str();
        }
        return all;
    }

    // How many operations of that kind the module has: each id counts once.
    int operations(const std::string& kind) {
        int number = 0;
        for (const auto& [id, entry] : scene.world.journal)
            number += entry.kind == kind ? 1 : 0;
        return number;
    }

    bool noticed(const std::string& text) {
        for (const json::Value& each : scene.events) {
            const bool notice = each.string("event") == "notice";
            if (notice && each.string("text").value_or("").find(text) != std::string::npos) {
                return true;
            }
        }
        return false;
    }
};

// ---- Refunds ----

TEST(RefundsRecovery, follows_a_refund_that_still_runs_and_closes_its_receipt) {
    sell();
    scene.world.refund_plans.push_back(hold());
    kill_in(kRefund);
    scene.restart();

    CHECK(noticed("Возврат проверяется после перезапуска, чек 2"));
    CHECK(noticed("Прерванный возврат прошел и стоит в чеке 2: 35.00"));
    check_equal("closed;1 processed 35.00", stored(2));
    check_equal("closed;1 refunded 35.00", stored(1));
    LONGS_EQUAL(1, operations("refund"));
    CHECK(scene.till->open_operations()->empty());
    LONGS_EQUAL(1, (*scene.till->receipt(2))->payments[0].refunds_payment);
}

TEST(RefundsRecovery, claims_a_refund_that_was_approved_meanwhile) {
    sell();
    scene.world.refund_plans.push_back(hold());
    kill_in(kRefund);
    scene.world.last("refund").ending = Ending{};
    scene.restart();

    check_equal("closed;1 processed 35.00", stored(2));
    CHECK(scene.world.last("refund").settled == LC_SETTLED_KEPT);
    LONGS_EQUAL(1, scene.world.count("refund"));
    LONGS_EQUAL(0, scene.world.count("refund_undo"));
}

TEST(RefundsRecovery, annuls_a_refund_that_did_not_happen) {
    sell();
    scene.world.refund_plans.push_back(hold());
    kill_in(kRefund);
    scene.world.last("refund").ending = Ending{.outcome = LC_OUTCOME_DECLINED};
    scene.restart();

    CHECK(noticed("Прерванный возврат не состоялся, чек 2"));
    CHECK(noticed("Прерванный возврат не состоялся, чек возврата 2 аннулирован"));
    check_equal("annulled", stored(2));
    check_equal("annulled", scene.last("receipt", "state"));
    check_equal("closed;1 processed 35.00", stored(1));
    scene.line(kRefund);
    check_equal("closed;1 processed 35.00", stored(3));
}

TEST(RefundsRecovery, annuls_a_refund_of_unknown_outcome_and_leaves_it_to_the_queue) {
    sell();
    scene.world.refund_plans.push_back(hold());
    kill_in(kRefund);
    scene.world.last("refund").ending = Ending{.outcome = LC_OUTCOME_UNKNOWN, .owed = true};
    scene.restart();

    check_equal("annulled", stored(2));
    CHECK(scene.world.last("refund").settled == LC_SETTLED_UNDONE);
    LONGS_EQUAL(0, scene.world.count("refund_undo"));
}

TEST(RefundsRecovery, annuls_a_refund_that_the_module_never_heard_of) {
    sell();
    scene.world.refund_plans.push_back(hold());
    kill_in(kRefund);
    scene.world.journal.erase(scene.world.order.back());
    scene.world.order.pop_back();
    scene.restart();

    check_equal("annulled", stored(2));
    CHECK(scene.till->open_operations()->empty());
}

TEST(RefundsRecovery, keeps_the_receipt_of_a_refund_in_doubt_while_the_module_does_not_work) {
    sell();
    scene.world.refund_plans.push_back(hold());
    kill_in(kRefund);
    scene.with_module = false;
    scene.restart();
    CHECK(noticed("не возвращайте деньги еще раз"));
    check_equal("open", stored(2));
    scene.with_module = true;
    scene.restart();

    check_equal("closed;1 processed 35.00", stored(2));
}

TEST(RefundsRecovery, takes_back_a_refund_whose_receipt_was_annulled_meanwhile) {
    sell();
    scene.world.refund_plans.push_back(hold());
    kill_in(kRefund);
    scene.with_module = false;
    scene.restart();
    scene.line(R"({"do":"annul"})");
    check_equal("annulled", stored(2));
    scene.world.last("refund").ending = Ending{};
    scene.with_module = true;
    scene.restart();

    CHECK(noticed("Возврат прошел, когда чек возврата 2 был уже закончен, и отменяется: 35.00"));
    LONGS_EQUAL(1, operations("refund_undo"));
    CHECK(scene.world.last("refund_undo").target.has_value());
    CHECK(scene.world.last("refund").settled == LC_SETTLED_UNDONE);
    CHECK(scene.till->open_operations()->empty());
    check_equal("closed;1 processed 35.00", stored(1));
    scene.restart();
    LONGS_EQUAL(1, operations("refund_undo"));
}

TEST(RefundsRecovery, goes_on_with_a_refund_in_two_parts_where_it_was_cut_off) {
    sell_in_two();
    scene.world.refund_plans.push_back({{}, Ending{}});
    scene.world.refund_plans.push_back(hold());
    kill_in(kRefund);
    scene.world.last("refund").ending = Ending{};
    scene.restart();

    check_equal("closed;1 processed 10.00;2 processed 25.00", stored(2));
    check_equal("closed;1 refunded 10.00;2 refunded 25.00", stored(1));
    LONGS_EQUAL(2, operations("refund"));
}

TEST(RefundsRecovery, leaves_a_refund_open_of_which_only_a_part_was_given) {
    sell_in_two();
    scene.world.refund_plans.push_back({{}, Ending{}});
    scene.world.refund_plans.push_back(hold());
    kill_in(kRefund);
    scene.world.last("refund").ending = Ending{.outcome = LC_OUTCOME_DECLINED};
    scene.restart();
    check_equal("open;1 processed 10.00", stored(2));
    check_equal("refund", scene.last("receipt", "type"));
    scene.line(R"({"do":"annul"})");

    check_equal("annulled;1 cancelled 10.00", stored(2));
    check_equal("closed;1 processed 10.00;2 processed 25.00", stored(1));
}

TEST(RefundsRecovery, closes_a_refund_that_was_given_but_not_closed) {
    sell();
    scene.line(R"({"do":"fiscal","fail":"next"})");
    scene.world.refund_undo_plans.push_back({{}, kRefused});
    scene.line(kRefund);
    check_equal("open;1 processed 35.00", stored(2));
    scene.restart();

    check_equal("closed;1 processed 35.00", stored(2));
}

TEST(RefundsRecovery, names_a_refund_whose_receipt_it_never_had) {
    OperationId stranger;
    stranger.bytes[0] = 99;
    scene.world.journal[stranger] = {
        .kind = "refund",
        .type = 20,
        .receipt_uid = "elsewhere",
        .minor = 700,
        .currency = "BYN",
        .ending = Ending{}};
    scene.world.order.push_back(stranger);
    scene.restart();

    CHECK(noticed("Есть возврат неизвестного чека 1 на 7.00: решите, что с ним делать"));
    CHECK_FALSE(scene.world.last("refund").settled.has_value());
    LONGS_EQUAL(0, scene.world.count("refund_undo"));
}

TEST(RefundsRecovery, says_its_word_on_a_refund_again) {
    sell();
    scene.line(kRefund);
    scene.world.last("refund").settled.reset();
    scene.restart();

    CHECK(scene.world.last("refund").settled == LC_SETTLED_KEPT);
    LONGS_EQUAL(0, scene.world.count("refund_undo"));
}

// ---- Cancels of refunds ----

TEST(RefundsRecovery, resumes_a_cancel_of_a_payment_in_an_open_refund) {
    sell();
    scene.line(R"({"do":"refund","receipt":1,"hold":true})");
    scene.world.refund_undo_plans.push_back(hold());
    kill_in(R"({"do":"payment-cancel"})");
    scene.restart();

    check_equal("open;1 cancelled 35.00", stored(2));
    LONGS_EQUAL(1, operations("refund_undo"));
    CHECK(scene.till->open_operations()->empty());
}

TEST(RefundsRecovery, finishes_the_cancel_of_a_closed_refund_under_its_own_id) {
    sell();
    scene.line(kRefund);
    scene.world.refund_undo_plans.push_back(hold());
    kill_in(R"({"do":"refund-cancel","receipt":2})");
    scene.restart();

    CHECK(noticed("Отмена возврата после перезапуска выполнена, чек 2"));
    check_equal("annulled;1 cancelled 35.00", stored(2));
    check_equal("closed;1 processed 35.00", stored(1));
    LONGS_EQUAL(1, operations("refund_undo"));
    CHECK(scene.till->open_operations()->empty());
    CHECK(scene.world.last("refund_undo").settled == LC_SETTLED_KEPT);
}

TEST(RefundsRecovery, leaves_a_refund_whose_cancel_was_refused_after_the_restart) {
    sell();
    scene.line(kRefund);
    scene.world.refund_undo_plans.push_back(hold());
    kill_in(R"({"do":"refund-cancel","receipt":2})");
    scene.world.pending_ending = kRefused;
    scene.restart();

    CHECK(noticed("Отмена возврата после перезапуска не удалась, чек 2"));
    check_equal("closed;1 processed 35.00", stored(2));
    check_equal("closed;1 refunded 35.00", stored(1));
    CHECK(scene.till->open_operations()->empty());
}

TEST(RefundsRecovery, tells_of_a_refund_that_is_half_cancelled) {
    sell_in_two();
    scene.line(kRefund);
    scene.world.refund_undo_plans.push_back({{}, Ending{}});
    scene.world.refund_undo_plans.push_back(hold());
    kill_in(R"({"do":"refund-cancel","receipt":2})");
    scene.world.pending_ending = kRefused;
    scene.restart();

    CHECK(noticed("Возврат по чеку 2 отменен не до конца, осталось 10.00: повторите отмену"));
    scene.line(R"({"do":"refund-cancel","receipt":2})");
    check_equal("annulled;1 cancelled 10.00;2 cancelled 25.00", stored(2));
}

// ---- Annulments of closed sales ----

TEST(RefundsRecovery, finishes_the_annulment_of_a_closed_sale_under_its_own_id) {
    sell();
    scene.world.undo_plans.push_back(hold());
    kill_in(R"({"do":"annul","receipt":1})");
    scene.restart();

    CHECK(noticed("Отмена оплаты после перезапуска выполнена, чек 1"));
    check_equal("annulled;1 cancelled 35.00", stored(1));
    LONGS_EQUAL(1, operations("undo"));
    CHECK(scene.till->open_operations()->empty());
}

TEST(RefundsRecovery, leaves_the_rest_of_an_annulment_to_the_cashier) {
    sell_in_two();
    scene.world.undo_plans.push_back(hold());
    kill_in(R"({"do":"annul","receipt":1})");
    scene.restart();

    check_equal("closed;1 processed 10.00;2 cancelled 25.00", stored(1));
    CHECK(noticed("Чек 1 аннулирован не до конца, осталось 10.00: повторите аннулирование"));
    scene.line(R"({"do":"annul","receipt":1})");
    check_equal("annulled;1 cancelled 10.00;2 cancelled 25.00", stored(1));
}

TEST(RefundsRecovery, finishes_an_annulment_while_another_receipt_is_open) {
    sell();
    scene.world.undo_plans.push_back(hold());
    kill_in(R"({"do":"annul","receipt":1})");
    scene.with_module = false;
    scene.restart();
    scene.line(R"({"do":"item","code":"2","name":"Хлеб","price":"2.10","quantity":"1"})");
    scene.with_module = true;
    scene.restart();

    check_equal("annulled;1 cancelled 35.00", stored(1));
    check_equal("open", stored(2));
    check_equal("2", scene.last("receipt", "number"));
}

TEST(RefundsRecovery, forgets_a_wish_to_undo_when_the_goods_go_with_the_payment) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"35.00"})");
    // A sale closed while an undo of its payment had no end belongs to an earlier life of the till.
    till::Operation undo;
    undo.id = *scene.new_id();
    undo.kind = core::OperationKind::Undo;
    undo.system = "fake";
    undo.valutcode = 20;
    undo.sum = Money(3500, Currency());
    undo.receipt_number = 2;
    undo.payment = 1;
    scene.line(R"({"do":"item","code":"2","name":"Хлеб","price":"2.10","quantity":"1"})");
    undo.receipt_uid = (*scene.till->open_receipt())->uid;
    undo.target = undo.id;
    CHECK(scene.till->begin_operation(undo).ok());
    scene.line(R"({"do":"pay","valutcode":1})");

    CHECK(scene.till->operation(undo.id)->word == core::Settled::Undone);
    scene.restart();
    check_equal("closed;1 processed 2.10", stored(2));
}
