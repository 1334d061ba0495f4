// SPDX-License-Identifier: Apache-2.0
#include "terminal/refund_plan.h"

#include <algorithm>
#include <set>
#include <utility>

#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

namespace {

Error wrong(Text text) {
    return Error{ErrorCode::InvalidInput, std::move(text)};
}

std::optional<std::int64_t> thousandths_of(const Decimal& quantity) {
    const auto exact = quantity.rounded(kQuantityPlacesMax);
    if (!exact || *exact != quantity) return std::nullopt;
    return exact->units();
}

// Of quantities that a receipt holds: they never have more places.
std::int64_t stored_thousandths(const till::Line& line) {
    return thousandths_of(line.quantity).value_or(0);
}

Decimal quantity_of(std::int64_t thousandths) {
    return Decimal(thousandths, kQuantityPlacesMax).normalized();
}

bool counts(const till::Receipt& refund) {
    return refund.state != till::ReceiptState::Annulled;
}

LineRest rest_of_line(const till::Line& line, const std::vector<till::Receipt>& refunds) {
    LineRest rest{line, stored_thousandths(line), line.total};
    for (const till::Receipt& refund : refunds) {
        for (const till::Line& each : refund.lines) {
            const bool is_it = counts(refund) && !each.removed && each.sale_index == line.index;
            if (!is_it) continue;
            rest.thousandths -= stored_thousandths(each);
            rest.total = rest.total - each.total;
        }
    }
    return rest;
}

Money given_back(const till::Payment& payment, const std::vector<till::Receipt>& refunds) {
    Money sum(0, payment.sum.currency());
    for (const till::Receipt& refund : refunds) {
        for (const till::Payment& each : refund.payments) {
            const bool is_it = counts(refund) && each.state == till::PaymentState::Processed
                               && each.refunds_payment == payment.number;
            if (is_it) sum = sum + each.sum;
        }
    }
    return sum;
}

bool held_money(const till::Payment& payment) {
    return payment.state == till::PaymentState::Processed
           || payment.state == till::PaymentState::Refunded;
}

// What each payment of the sale took, in their order: the change came out of the cash that was
// handed over last.
std::vector<PaymentRest> taken_of(const till::Receipt& sale) {
    std::vector<PaymentRest> taken;
    for (const till::Payment& each : sale.payments) {
        if (held_money(each)) taken.push_back({each, each.sum});
    }
    Money change(sale.change.minor(), sale.currency);
    for (auto each = taken.rbegin(); each != taken.rend(); ++each) {
        if (each->payment.kind != core::PaymentKind::Cash || !change.is_positive()) continue;
        const Money part = each->sum < change ? each->sum : change;
        each->sum = each->sum - part;
        change = change - part;
    }
    return taken;
}

Money part_of_line(const LineRest& rest, std::int64_t thousandths) {
    if (thousandths == rest.thousandths) return rest.total;
    const std::int64_t sold = stored_thousandths(rest.line);
    const Money given = rest.line.total - rest.total;
    const Money up_to_now = share_of(rest.line.total, sold - rest.thousandths + thousandths, sold);
    const Money part = up_to_now - given;
    if (!part.is_positive()) return Money(0, part.currency());
    return rest.total < part ? rest.total : part;
}

till::Line refund_line(const LineRest& rest, std::int64_t thousandths, int index) {
    till::Line line = rest.line;
    line.index = index;
    line.sale_index = rest.line.index;
    line.quantity = quantity_of(thousandths);
    line.total = part_of_line(rest, thousandths);
    // A share may be a kopeck above price × quantity: then the discount is below zero.
    line.discount = Money::of(line.price, line.quantity).value_or(line.total) - line.total;
    return line;
}

Result<std::int64_t> wanted_thousandths(const LineRest& rest, const RefundLine& wish) {
    const int index = wish.index;
    if (rest.thousandths <= 0) return wrong(tr("строка %1 чека уже возвращена целиком", index));
    if (!wish.quantity) return rest.thousandths;
    const auto wanted = thousandths_of(*wish.quantity);
    if (!wanted) {
        return wrong(tr("у количества не больше %1 знаков после точки", kQuantityPlacesMax));
    }
    if (*wanted <= 0) return wrong(tr("количество должно быть больше нуля"));
    if (*wanted > rest.thousandths) {
        return wrong(
            tr("строка %1 чека: осталось %2, а возвращается %3", index,
               quantity_of(rest.thousandths).str(), wish.quantity->str()));
    }
    return *wanted;
}

Result<std::vector<till::Line>> wished_lines(
    const SaleRest& rest, const std::vector<RefundLine>& wish) {
    std::vector<till::Line> lines;
    std::set<int> named;
    for (const RefundLine& each : wish) {
        const auto found = std::find_if(
            rest.lines.begin(), rest.lines.end(),
            [&each](const LineRest& line) { return line.line.index == each.index; });
        if (found == rest.lines.end()) return wrong(tr("в чеке нет строки %1", each.index));
        if (!named.insert(each.index).second) {
            return wrong(tr("строка %1 названа дважды", each.index));
        }
        const Result<std::int64_t> thousandths = wanted_thousandths(*found, each);
        if (!thousandths) return thousandths.error();
        lines.push_back(refund_line(*found, *thousandths, static_cast<int>(lines.size()) + 1));
    }
    return lines;
}

// Takes `sum` out of the rests, oldest first; what is missing stays in it.
void take(
    std::vector<PaymentRest>& rests, std::optional<int> valutcode, Money& sum,
    std::vector<RefundPart>& parts) {
    for (PaymentRest& rest : rests) {
        const bool fits = !valutcode || rest.payment.valutcode == *valutcode;
        if (!fits || !rest.sum.is_positive() || !sum.is_positive()) continue;
        const Money part = rest.sum < sum ? rest.sum : sum;
        rest.sum = rest.sum - part;
        sum = sum - part;
        parts.push_back({rest.payment, part});
    }
}

}  // namespace

Money share_of(const Money& sum, std::int64_t part, std::int64_t whole) {
    // sum × part / whole without a product wider than 64 bits: the bits of `part` one by one.
    std::int64_t quotient = 0;
    std::int64_t left = 0;
    const std::int64_t each = sum.minor() / whole;
    const std::int64_t each_left = sum.minor() % whole;
    const auto carry = [&] {
        if (left < whole) return;
        left -= whole;
        ++quotient;
    };
    for (int bit = 62; bit >= 0; --bit) {
        quotient *= 2;
        left *= 2;
        carry();
        if (((part >> bit) & 1) == 0) continue;
        quotient += each;
        left += each_left;
        carry();
    }
    if (left >= whole - left) ++quotient;
    return Money(quotient, sum.currency());
}

SaleRest rest_of(const till::Receipt& sale, const std::vector<till::Receipt>& refunds) {
    SaleRest rest;
    for (const till::Line& line : sale.lines) {
        if (!line.removed) rest.lines.push_back(rest_of_line(line, refunds));
    }
    rest.payments = taken_of(sale);
    for (PaymentRest& each : rest.payments)
        each.sum = each.sum - given_back(each.payment, refunds);
    return rest;
}

Result<std::vector<till::Line>> refund_lines(
    const SaleRest& rest, const std::optional<std::vector<RefundLine>>& wish) {
    if (wish && wish->empty()) return wrong(tr("не названо ни одной строки чека"));
    if (wish) return wished_lines(rest, *wish);
    std::vector<RefundLine> all;
    for (const LineRest& each : rest.lines) {
        if (each.thousandths > 0) all.push_back({each.line.index, std::nullopt});
    }
    if (all.empty()) return wrong(tr("возвращать нечего: чек уже возвращен целиком"));
    return wished_lines(rest, all);
}

Result<std::vector<RefundPart>> refund_parts(const SaleRest& rest, const Money& sum) {
    std::vector<PaymentRest> rests = rest.payments;
    std::vector<RefundPart> parts;
    Money missing = sum;
    take(rests, std::nullopt, missing, parts);
    if (missing.is_positive()) {
        return wrong(
            tr("в оплатах чека осталось %1, а возвращается %2", (sum - missing).str(), sum.str()));
    }
    return parts;
}

Result<std::vector<RefundPart>> refund_parts(
    const SaleRest& rest, const std::vector<RefundPayment>& wish) {
    std::vector<PaymentRest> rests = rest.payments;
    std::vector<RefundPart> parts;
    for (const RefundPayment& each : wish) {
        if (!each.sum.is_positive()) return wrong(tr("сумма возврата должна быть больше нуля"));
        const bool known = std::any_of(rests.begin(), rests.end(), [&each](const PaymentRest& one) {
            return one.payment.valutcode == each.valutcode;
        });
        if (!known) return wrong(tr("чек не оплачивался типом оплаты %1", each.valutcode));
        Money missing = each.sum;
        take(rests, each.valutcode, missing, parts);
        if (!missing.is_positive()) continue;
        return wrong(
            tr("по типу оплаты %1 в чеке осталось %2, а возвращается %3", each.valutcode,
               (each.sum - missing).str(), each.sum.str()));
    }
    return parts;
}

void mark_refunded(till::Receipt& sale, const std::vector<till::Receipt>& closed_refunds) {
    const SaleRest rest = rest_of(sale, closed_refunds);
    for (const PaymentRest& each : rest.payments) {
        const bool gave = given_back(each.payment, closed_refunds).is_positive();
        const bool whole = gave && !each.sum.is_positive();
        sale.payment(each.payment.number)->state =
            whole ? till::PaymentState::Refunded : till::PaymentState::Processed;
    }
}

}  // namespace linuxcash::terminal
