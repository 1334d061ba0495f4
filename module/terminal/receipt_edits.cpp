// SPDX-License-Identifier: Apache-2.0
#include "terminal/receipt_edits.h"

#include <algorithm>
#include <utility>

#include "base/printable.h"

namespace linuxcash::terminal {

namespace {

Error wrong(Text text) {
    return Error{ErrorCode::InvalidInput, std::move(text)};
}

Error frozen() {
    return wrong(tr("в чеке уже есть оплата: сначала отмените ее, потом меняйте товары"));
}

Result<> check_editable(const till::Receipt& receipt) {
    if (has_money(receipt)) return frozen();
    if (receipt.sale_uid.empty()) return Done{};
    return wrong(tr("товары в чеке возврата берутся из чека продажи и не меняются"));
}

bool too_large(const Money& sum) {
    return sum.minor() > kLineMinorMax;
}

// A discount in percent of the line's sum, rounded up to the next minor unit: what is allowed must
// not depend on how the sum divides.
Money greatest_discount(const Money& sum, int percent) {
    return Money((sum.minor() * percent + 99) / 100, sum.currency());
}

Result<> check_discount(const till::Line& line, const Money& sum, const LineLimits& limits) {
    if (line.discount.minor() < 0 || sum < line.discount) {
        return wrong(tr("скидка %1 больше суммы строки %2", line.discount.str(), sum.str()));
    }
    if (greatest_discount(sum, limits.max_discount_percent) < line.discount) {
        return wrong(
            tr("скидка больше разрешенной: %1 % от суммы строки", limits.max_discount_percent));
    }
    if (!limits.respect_minimum_price || !line.minimum_price || line.discount.is_zero()) {
        return Done{};
    }
    const auto least = Money::of(*line.minimum_price, line.quantity);
    if (least && line.total < *least) {
        return wrong(tr("со скидкой цена ниже минимальной %1", line.minimum_price->str()));
    }
    return Done{};
}

Result<> check_item(const Item& item) {
    if (item.quantity.units() <= 0) return wrong(tr("количество должно быть больше нуля"));
    if (item.quantity.normalized().scale() > kQuantityPlacesMax) {
        return wrong(tr("у количества не больше %1 знаков после точки", kQuantityPlacesMax));
    }
    if (item.price.minor() < 0) return wrong(tr("цена не может быть меньше нуля"));
    if (item.minimum_price && item.minimum_price->minor() < 0) {
        return wrong(tr("минимальная цена не может быть меньше нуля"));
    }
    return Done{};
}

// Cash that was handed over beyond what was due goes back.
void recount_change(till::Receipt& receipt) {
    const Money zero(0, receipt.currency);
    receipt.change = zero;
    Money cash = zero;
    for (const till::Payment& payment : receipt.payments) {
        const bool counts = payment.state == till::PaymentState::Processed;
        if (counts && payment.kind == core::PaymentKind::Cash) cash = cash + payment.sum;
    }
    const Money over = receipt.paid() - receipt.total();
    if (over.is_positive()) receipt.change = cash < over ? cash : over;
}

}  // namespace

Result<> add_item(till::Receipt& receipt, const Item& item, const LineLimits& limits) {
    if (const Result<> editable = check_editable(receipt); !editable) return editable;
    if (receipt.lines.size() >= kLinesMax) {
        return wrong(tr("в чеке не может быть больше %1 строк", kLinesMax));
    }
    if (const Result<> checked = check_item(item); !checked) return checked.error();
    const auto sum = Money::of(item.price, item.quantity);
    if (!sum || too_large(*sum)) return wrong(tr("сумма строки слишком велика"));
    till::Line line;
    line.index = receipt.lines.empty() ? 1 : receipt.lines.back().index + 1;
    line.code = item.code;
    line.name = item.name;
    line.barcode = item.barcode;
    line.article = item.article;
    line.unit = item.unit;
    line.type = item.type;
    line.quantity = item.quantity;
    line.price = item.price;
    line.discount = item.discount;
    line.minimum_price = item.minimum_price;
    if (!(*sum < item.discount)) line.total = *sum - item.discount;
    if (const Result<> checked = check_discount(line, *sum, limits); !checked) {
        return checked.error();
    }
    receipt.lines.push_back(std::move(line));
    return Done{};
}

Result<> remove_line(till::Receipt& receipt, int index) {
    if (const Result<> editable = check_editable(receipt); !editable) return editable;
    const auto line = std::find_if(
        receipt.lines.begin(), receipt.lines.end(),
        [index](const till::Line& each) { return each.index == index && !each.removed; });
    if (line == receipt.lines.end()) return wrong(tr("в чеке нет строки %1", index));
    line->removed = true;
    return Done{};
}

bool has_cash(const till::Receipt& receipt) {
    return std::any_of(
        receipt.payments.begin(), receipt.payments.end(), [](const till::Payment& payment) {
            return payment.kind == core::PaymentKind::Cash
                   && payment.state == till::PaymentState::Processed;
        });
}

bool has_money(const till::Receipt& receipt) {
    return std::any_of(
        receipt.payments.begin(), receipt.payments.end(),
        [](const till::Payment& each) { return each.state == till::PaymentState::Processed; });
}

const till::Payment* last_with_money(const till::Receipt& receipt) {
    const auto found = std::find_if(
        receipt.payments.rbegin(), receipt.payments.rend(),
        [](const till::Payment& each) { return each.state == till::PaymentState::Processed; });
    return found == receipt.payments.rend() ? nullptr : &*found;
}

bool has_lines(const till::Receipt& receipt) {
    return std::any_of(receipt.lines.begin(), receipt.lines.end(), [](const till::Line& each) {
        return !each.removed;
    });
}

bool is_paid(const till::Receipt& receipt) {
    return has_lines(receipt) && receipt.due().is_zero();
}

Result<Money> payable(
    const till::Receipt& receipt, const till::PaymentType& type, const std::optional<Money>& wish) {
    const Money due = receipt.due();
    if (!due.is_positive()) return wrong(tr("чек уже оплачен или пуст: платить нечего"));
    if (!wish) return due;
    if (!wish->is_positive()) return wrong(tr("сумма оплаты должна быть больше нуля"));
    if (too_large(*wish)) return wrong(tr("сумма оплаты слишком велика"));
    const bool is_sale = receipt.type == core::ReceiptType::Sale;
    if (due < *wish && !is_sale) {
        return wrong(tr("сумма %1 больше остатка возврата %2", wish->str(), due.str()));
    }
    const bool is_cash = type.kind == core::PaymentKind::Cash && type.system.empty();
    if (due < *wish && !is_cash) {
        return wrong(tr(
            "сумма %1 больше остатка %2: сдача бывает только с наличных", wish->str(), due.str()));
    }
    return *wish;
}

void add_payment(till::Receipt& receipt, till::Payment payment) {
    payment.number = receipt.next_payment_number();
    payment.state = till::PaymentState::Processed;
    receipt.payments.push_back(std::move(payment));
    recount_change(receipt);
}

void cancel_payment(till::Receipt& receipt, int number) {
    till::Payment* payment = receipt.payment(number);
    if (payment == nullptr) return;
    payment->state = till::PaymentState::Cancelled;
    recount_change(receipt);
    if (receipt.state == till::ReceiptState::Closed && !has_money(receipt)) {
        receipt.state = till::ReceiptState::Annulled;
    }
}

}  // namespace linuxcash::terminal
