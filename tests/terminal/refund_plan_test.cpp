// SPDX-License-Identifier: Apache-2.0
#include "terminal/refund_plan.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "terminal/receipt_edits.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;

namespace {

Money byn(std::int64_t minor) {
    return Money(minor, Currency());
}

Item item(std::int64_t price, std::int64_t thousandths, std::int64_t discount) {
    Item made;
    made.code = "1";
    made.name = "Товар";
    made.price = byn(price);
    made.quantity = Decimal(thousandths, 3);
    made.discount = byn(discount);
    return made;
}

void add(till::Receipt& receipt, std::int64_t price, const char* quantity, std::int64_t off = 0) {
    const std::int64_t thousandths = Decimal::parse(quantity)->rounded(3)->units();
    CHECK(add_item(receipt, item(price, thousandths, off), LineLimits{}).ok());
}

void pay(till::Receipt& receipt, int valutcode, std::int64_t minor) {
    till::Payment payment;
    payment.valutcode = valutcode;
    payment.kind = valutcode == 1 ? core::PaymentKind::Cash : core::PaymentKind::Other;
    payment.sum = byn(minor);
    add_payment(receipt, payment);
}

// A closed refund of these lines, given back by these parts.
till::Receipt refund_of(
    const std::vector<till::Line>& lines, const std::vector<RefundPart>& parts) {
    till::Receipt refund;
    refund.type = core::ReceiptType::Refund;
    refund.state = till::ReceiptState::Closed;
    refund.lines = lines;
    for (const RefundPart& part : parts) {
        till::Payment payment;
        payment.sum = part.sum;
        payment.refunds_payment = part.of.number;
        add_payment(refund, payment);
    }
    return refund;
}

}  // namespace

TEST_GROUP(RefundPlan) {
    till::Receipt sale;
    std::vector<till::Receipt> refunds;

    // Gives these lines back, by the payments in their order.
    Money give(const std::optional<std::vector<RefundLine>>& wish) {
        if (sale.due().is_positive()) pay(sale, 20, sale.due().minor());
        const SaleRest rest = rest_of(sale, refunds);
        const auto lines = refund_lines(rest, wish);
        CHECK(lines.ok());
        Money sum = byn(0);
        for (const till::Line& line : *lines)
            sum = sum + line.total;
        const auto parts = refund_parts(rest, sum);
        CHECK(parts.ok());
        refunds.push_back(refund_of(*lines, *parts));
        return sum;
    }

    static std::vector<RefundLine> part(int index, const char* quantity) {
        return {{index, Decimal::parse(quantity)}};
    }

    void check_refused(const char* text, const std::optional<std::vector<RefundLine>>& wish) {
        const auto lines = refund_lines(rest_of(sale, refunds), wish);
        CHECK_FALSE(lines.ok());
        STRCMP_EQUAL(text, lines.error().text.russian().c_str());
    }
};

TEST(RefundPlan, gives_each_part_its_share_of_the_net_total_and_the_last_one_the_rest) {
    add(sale, 100, "3", 1);  // 2.99 for three

    LONGS_EQUAL(100, give(part(1, "1")).minor());
    LONGS_EQUAL(99, give(part(1, "1")).minor());
    LONGS_EQUAL(100, give(part(1, "1")).minor());
    check_refused("возвращать нечего: чек уже возвращен целиком", std::nullopt);
}

TEST(RefundPlan, shares_less_than_a_kopeck_fairly) {
    add(sale, 1, "0.005");  // 0.00
    add(sale, 5, "10", 45);  // 0.05 for ten
    std::int64_t given = 0;
    for (int times = 0; times < 10; ++times) {
        const std::int64_t one = give(part(2, "1")).minor();
        CHECK(one == 0 || one == 1);
        given += one;
    }

    LONGS_EQUAL(5, given);
}

TEST(RefundPlan, keeps_price_times_quantity_less_discount_equal_to_the_total) {
    add(sale, 3, "1");
    give(part(1, "0.49"));
    give(part(1, "0.49"));
    const till::Line& line = refunds.back().lines[0];

    CHECK(*Money::of(line.price, line.quantity) - line.discount == line.total);
    LONGS_EQUAL(1, line.sale_index);
}

TEST(RefundPlan, refuses_more_than_is_left_and_names_it) {
    add(sale, 100, "2");
    give(part(1, "1.5"));

    check_refused("строка 1 чека: осталось 0.5, а возвращается 0.501", part(1, "0.501"));
    check_refused("в чеке нет строки 2", part(2, "1"));
    check_refused("количество должно быть больше нуля", part(1, "0"));
    check_refused("у количества не больше 3 знаков после точки", part(1, "0.0001"));
    check_refused("не названо ни одной строки чека", std::vector<RefundLine>{});
    check_refused(
        "строка 1 названа дважды", std::vector<RefundLine>{{1, Decimal(1, 1)}, {1, Decimal(1, 1)}});
    give(std::nullopt);
    check_refused("строка 1 чека уже возвращена целиком", part(1, "0.1"));
}

TEST(RefundPlan, does_not_know_removed_lines) {
    add(sale, 100, "1");
    add(sale, 200, "1");
    CHECK(remove_line(sale, 1).ok());

    LONGS_EQUAL(200, give(std::nullopt).minor());
}

TEST(RefundPlan, gives_what_an_annulled_refund_took_again) {
    add(sale, 100, "1");
    give(std::nullopt);
    refunds.back().state = till::ReceiptState::Annulled;

    LONGS_EQUAL(100, give(std::nullopt).minor());
}

TEST(RefundPlan, takes_payments_oldest_first_and_the_change_off_the_cash) {
    add(sale, 3500, "1");
    pay(sale, 20, 1000);
    pay(sale, 1, 3000);
    pay(sale, 20, 0);
    const SaleRest rest = rest_of(sale, {});
    LONGS_EQUAL(2500, rest.payments[1].sum.minor());

    const auto parts = refund_parts(rest, byn(1500));

    LONGS_EQUAL(2, parts->size());
    LONGS_EQUAL(1000, (*parts)[0].sum.minor());
    LONGS_EQUAL(1, (*parts)[1].of.valutcode);
    LONGS_EQUAL(500, (*parts)[1].sum.minor());
}

TEST(RefundPlan, gives_back_by_a_type_no_more_than_it_holds) {
    add(sale, 3500, "1");
    pay(sale, 20, 1000);
    pay(sale, 1, 2000);
    pay(sale, 20, 500);
    const SaleRest rest = rest_of(sale, {});

    LONGS_EQUAL(2, refund_parts(rest, {{20, byn(1500)}})->size());
    const auto more = refund_parts(rest, {{20, byn(1501)}});
    STRCMP_EQUAL(
        "по типу оплаты 20 в чеке осталось 15.00, а возвращается 15.01",
        more.error().text.russian().c_str());
    const auto other = refund_parts(rest, {{30, byn(1)}});
    STRCMP_EQUAL("чек не оплачивался типом оплаты 30", other.error().text.russian().c_str());
    CHECK_FALSE(refund_parts(rest, {{20, byn(0)}}).ok());
    CHECK_FALSE(refund_parts(rest, byn(3501)).ok());
}

TEST(RefundPlan, tells_payments_that_were_wholly_given_back_from_the_others) {
    add(sale, 1500, "1");
    pay(sale, 20, 1000);
    pay(sale, 1, 500);
    give(part(1, "0.8"));

    mark_refunded(sale, refunds);
    CHECK(sale.payment(1)->state == till::PaymentState::Refunded);
    CHECK(sale.payment(2)->state == till::PaymentState::Processed);
    mark_refunded(sale, {});
    CHECK(sale.payment(1)->state == till::PaymentState::Processed);
}

TEST(RefundPlan, shares_sums_that_no_product_of_64_bits_holds) {
    const std::int64_t large = 1'000'000'000'000;

    CHECK(share_of(byn(large), 999'999'999'999'999, 1'000'000'000'000'000) == byn(large));
    CHECK(share_of(byn(large), 1, 3) == byn(333'333'333'333));
    CHECK(share_of(byn(1), 1, 2) == byn(1));
    CHECK(share_of(byn(1), 499, 1000) == byn(0));
    CHECK(share_of(byn(0), 1, 1) == byn(0));
}

namespace {

// Random numbers that are the same on every machine.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : random_(seed) {}

    std::int64_t roll(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(random_()) % (high - low + 1);
    }
    bool one_of(int sides) { return roll(1, sides) == 1; }

private:
    std::mt19937 random_;
};

void add_random_line(till::Receipt& sale, Dice& dice) {
    const std::int64_t price = dice.one_of(5) ? dice.roll(0, 9) : dice.roll(1, 99'999);
    const std::int64_t thousandths = dice.one_of(2) ? dice.roll(1, 9) * 1000 : dice.roll(1, 9999);
    const auto sum = Money::of(byn(price), Decimal(thousandths, 3));
    const std::int64_t discount = dice.one_of(3) ? sum->minor() * dice.roll(0, 100) / 100 : 0;
    CHECK(add_item(sale, item(price, thousandths, discount), LineLimits{}).ok());
}

void pay_randomly(till::Receipt& sale, Dice& dice) {
    while (sale.due().is_positive()) {
        const std::int64_t due = sale.due().minor();
        const bool cash = dice.one_of(3);
        const std::int64_t part = dice.one_of(2) ? due : std::min(due, 1 + due / dice.roll(1, 4));
        pay(sale, cash ? 1 : 20, cash && dice.one_of(2) ? due + dice.roll(0, 5000) : part);
    }
}

std::vector<RefundLine> random_wish(const SaleRest& rest, Dice& dice) {
    std::vector<RefundLine> wish;
    for (const LineRest& each : rest.lines) {
        if (each.thousandths == 0 || dice.one_of(2)) continue;
        const std::int64_t part =
            dice.one_of(3) ? each.thousandths : dice.roll(1, each.thousandths);
        wish.push_back({each.line.index, Decimal(part, 3)});
    }
    return wish;
}

void check_nothing_below_zero(const SaleRest& rest) {
    for (const LineRest& each : rest.lines) {
        CHECK(each.thousandths >= 0);
        CHECK(each.total.minor() >= 0);
        CHECK(each.thousandths > 0 || each.total.is_zero());
    }
    for (const PaymentRest& each : rest.payments)
        CHECK(each.sum.minor() >= 0);
}

}  // namespace

// Whatever is sold, and however it comes back and forth: nothing is given twice, nothing is lost.
TEST(RefundPlan, never_gives_more_than_was_paid_line_by_line_and_payment_by_payment) {
    constexpr int kSales = 200;
    constexpr int kSteps = 25;
    Dice dice(20'261'122);
    for (int round = 0; round < kSales; ++round) {
        sale = {};
        refunds.clear();
        for (std::int64_t line = dice.roll(1, 5); line > 0; --line)
            add_random_line(sale, dice);
        pay_randomly(sale, dice);
        for (int step = 0; step < kSteps; ++step) {
            if (!refunds.empty() && dice.one_of(5)) {
                const auto last = static_cast<std::int64_t>(refunds.size()) - 1;
                refunds[static_cast<std::size_t>(dice.roll(0, last))].state =
                    till::ReceiptState::Annulled;
            }
            const auto wish = random_wish(rest_of(sale, refunds), dice);
            if (!wish.empty()) give(wish);
            check_nothing_below_zero(rest_of(sale, refunds));
        }
        if (refund_lines(rest_of(sale, refunds), std::nullopt).ok()) give(std::nullopt);
        Money given = byn(0);
        for (const till::Receipt& refund : refunds) {
            if (refund.state == till::ReceiptState::Closed) given = given + refund.total();
        }
        CHECK(given == sale.total());
        for (const PaymentRest& each : rest_of(sale, refunds).payments)
            CHECK(each.sum.is_zero());
    }
}
