// SPDX-License-Identifier: Apache-2.0
#include "terminal/fiscal.h"

#include <string>
#include <utility>

namespace linuxcash::terminal {

namespace {

using core::slip::Alignment;
using core::slip::Cut;
using core::slip::Line;
using core::slip::Pair;
using core::slip::Size;
using core::slip::Slip;

core::slip::Text centered(std::string text, bool bold) {
    core::slip::Text element;
    element.text = std::move(text);
    element.alignment = Alignment::Center;
    element.wrapping = core::slip::Wrapping::Wordwrap;
    element.bold = bold;
    return element;
}

core::slip::Text plain(std::string text) {
    core::slip::Text element;
    element.text = std::move(text);
    element.wrapping = core::slip::Wrapping::Wordwrap;
    return element;
}

Pair pair(std::string left, std::string right) {
    Pair element;
    element.left = std::move(left);
    element.right = std::move(right);
    element.alignment = Alignment::Right;
    return element;
}

void add_lines(Slip& slip, const till::Receipt& receipt, const Translate& translate) {
    for (const till::Line& line : receipt.lines) {
        if (line.removed) continue;
        slip.elements.emplace_back(plain(line.name));
        std::string count = line.quantity.str() + (line.unit.empty() ? "" : " " + line.unit);
        count += " × " + line.price.str();
        const Money sum = line.total + line.discount;
        slip.elements.emplace_back(pair(std::move(count), "=" + sum.str()));
        if (line.discount.is_zero()) continue;
        if (!line.discount.is_positive()) {
            // The last part of a refunded line may be a kopeck above price × quantity.
            const Money more = Money(0, line.discount.currency()) - line.discount;
            slip.elements.emplace_back(
                pair(tr("Округление").translated(translate), "+" + more.str()));
            continue;
        }
        slip.elements.emplace_back(
            pair(tr("Скидка").translated(translate), "-" + line.discount.str()));
    }
}

void add_payments(Slip& slip, const till::Receipt& receipt, const Translate& translate) {
    for (const till::Payment& payment : receipt.payments) {
        if (payment.state != till::PaymentState::Processed) continue;
        slip.elements.emplace_back(pair(payment.name, payment.sum.str()));
    }
    if (receipt.change.is_zero()) return;
    slip.elements.emplace_back(pair(tr("Сдача").translated(translate), receipt.change.str()));
}

}  // namespace

Result<Slip> VirtualFiscalDevice::register_receipt(const till::Receipt& receipt) {
    if (std::exchange(fails_, false)) {
        return Error{
            ErrorCode::Io, tr("фискальный чек не напечатан: сбой виртуального устройства")};
    }
    return receipt_slip(receipt, translate_);
}

namespace {

// Which paper this is, and who made it where.
void add_head(Slip& slip, const till::Receipt& receipt, const Translate& translate) {
    const auto say = [&translate](const Text& text) { return text.translated(translate); };
    slip.elements.emplace_back(centered(say(tr("НЕ ЯВЛЯЕТСЯ ФИСКАЛЬНЫМ ДОКУМЕНТОМ")), false));
    const bool sale = receipt.type == core::ReceiptType::Sale;
    slip.elements.emplace_back(centered(
        say(sale ? tr("Чек продажи %1", receipt.number) : tr("Чек возврата %1", receipt.number)),
        true));
    slip.elements.emplace_back(
        pair(say(tr("Касса %1", receipt.desk)), say(tr("Смена %1", receipt.shift))));
    slip.elements.emplace_back(plain(say(tr("Кассир: %1", receipt.cashier))));
}

}  // namespace

Slip receipt_slip(const till::Receipt& receipt, const Translate& translate) {
    Slip slip;
    add_head(slip, receipt, translate);
    slip.elements.emplace_back(Line{});
    add_lines(slip, receipt, translate);
    slip.elements.emplace_back(Line{});
    Pair total = pair(
        tr("ИТОГО").translated(translate),
        receipt.total().str() + " " + std::string(receipt.currency.code()));
    total.size = Size::Medium;
    slip.elements.emplace_back(std::move(total));
    add_payments(slip, receipt, translate);
    slip.elements.emplace_back(Cut{});
    return slip;
}

Slip annulment_slip(const till::Receipt& receipt, const Translate& translate) {
    Slip slip;
    add_head(slip, receipt, translate);
    slip.elements.emplace_back(centered(tr("АННУЛИРОВАН").translated(translate), true));
    slip.elements.emplace_back(Line{});
    add_payments(slip, receipt, translate);
    slip.elements.emplace_back(Cut{});
    return slip;
}

}  // namespace linuxcash::terminal
