// SPDX-License-Identifier: Apache-2.0
#include "terminal/screen.h"

#include <algorithm>
#include <utility>

#include "base/printable.h"
#include "qr/qr_code.h"
#include "terminal/big_digits.h"
#include "terminal/receipt_edits.h"
#include "terminal/screen_command.h"

namespace linuxcash::terminal {

namespace {

constexpr std::size_t kNameWidth = 28;
constexpr std::size_t kSumWidth = 12;

std::string padded(std::string_view text, std::size_t width) {
    const std::string shown = printable(text);
    const std::size_t count = character_count(shown);
    return count >= width ? shown : shown + std::string(width - count, ' ');
}

std::string right(std::string_view text, std::size_t width) {
    const std::string shown = printable(text);
    const std::size_t count = character_count(shown);
    return count >= width ? shown : std::string(width - count, ' ') + shown;
}

Text state_text(till::PaymentState state) {
    switch (state) {
        case till::PaymentState::Added:
            return tr("не проведена");
        case till::PaymentState::Processed:
            return tr("проведена");
        case till::PaymentState::Cancelled:
            return tr("отменена");
        case till::PaymentState::Refunded:
            return tr("возвращена");
    }
    return {};
}

Text state_text(till::ReceiptState state) {
    switch (state) {
        case till::ReceiptState::Open:
            return tr("открыт");
        case till::ReceiptState::Closed:
            return tr("закрыт");
        case till::ReceiptState::Annulled:
            return tr("аннулирован");
    }
    return {};
}

// Each says where the buyer's money is: "error" alone never stands there.
Text payment_text(host::Outcome outcome, bool owed) {
    switch (outcome) {
        case host::Outcome::Approved:
        case host::Outcome::Done:
            return tr("Выполнено");
        case host::Outcome::Declined:
            return tr("Отклонено, деньги не списаны");
        case host::Outcome::Cancelled:
            return tr("Отменено, деньги остались у покупателя");
        case host::Outcome::Refused:
            return tr("Не выполнено, деньги не списаны");
        case host::Outcome::Unknown:
            return owed ? tr("Исход неизвестен: если деньги списаны, они вернутся покупателю")
                        : tr("Исход неизвестен: не платите еще раз, позовите администратора");
    }
    return {};
}

// The same of money that goes out.
Text refund_text(host::Outcome outcome, bool owed) {
    switch (outcome) {
        case host::Outcome::Approved:
        case host::Outcome::Done:
            return tr("Выполнено");
        case host::Outcome::Declined:
            return tr("Возврат отклонен, деньги покупателю не ушли");
        case host::Outcome::Cancelled:
            return tr("Возврат отменен, деньги покупателю не ушли");
        case host::Outcome::Refused:
            return tr("Возврат не выполнен");
        case host::Outcome::Unknown:
            return owed ? tr("Исход возврата неизвестен: если деньги ушли, возврат будет отменен")
                        : tr(
                            "Исход возврата неизвестен: не возвращайте деньги еще раз, позовите "
                            "администратора");
    }
    return {};
}

Text outcome_text(const FinishedEvent& finished, bool refund) {
    const bool gives_back = finished.command == "refund" || (finished.command == "pay" && refund);
    if (gives_back) return refund_text(finished.outcome, finished.owed);
    if (finished.command == "pay") return payment_text(finished.outcome, finished.owed);
    switch (finished.outcome) {
        case host::Outcome::Approved:
        case host::Outcome::Done:
            return tr("Выполнено");
        case host::Outcome::Declined:
        case host::Outcome::Cancelled:
        case host::Outcome::Refused:
            return tr("Не выполнено");
        case host::Outcome::Unknown:
            return finished.owed ? tr("Будет выполнено позже: стоит в очереди")
                                 : tr("Исход неизвестен: позовите администратора");
    }
    return {};
}

std::string_view level_mark(host::Level level) {
    switch (level) {
        case host::Level::Info:
            return "i";
        case host::Level::Warning:
            return "!";
        case host::Level::Error:
            return "!!";
    }
    return "";
}

}  // namespace

Screen::Screen(std::ostream& out, core::Clock& clock, Options options)
    : out_(out), clock_(clock), options_(std::move(options)) {
}

void Screen::greet() {
    print(tr("Касса. Наберите «помощь», чтобы увидеть команды."));
    out_.flush();
}

void Screen::interrupt() {
    end_ticking_line();
    prompted_ = false;
    if (!refund_of_) return print(tr("Чтобы закончить работу, наберите «выход»."));
    refund_of_.reset();
    print(tr("Возврат не начат"));
}

void Screen::show(const Event& event) {
    end_ticking_line();
    std::visit([this](const auto& body) { on(body); }, event.body);
    prompted_ = false;
    out_.flush();
}

// ---- Typed lines ----

void Screen::line(const LineReader::Line& line, Session& session) {
    ticking_line_ = false;  // Enter has ended it
    prompted_ = false;
    if (question_ && !is_cancel(line.text)) return answer(line.text, session);
    if (!refund_of_) {
        act(read_typed(line.text, options_.currency), session);
    } else if (is_cancel(line.text)) {
        refund_of_.reset();
        print(tr("Возврат не начат"));
    } else {
        Typed wish = read_refund_wish(line.text, *refund_of_);
        // What was not understood is asked again.
        if (std::holds_alternative<Input>(wish)) refund_of_.reset();
        act(std::move(wish), session);
    }
    out_.flush();
}

void Screen::act(Typed typed, Session& session) {
    if (auto* input = std::get_if<Input>(&typed)) {
        session.take(std::move(*input));
    } else if (std::holds_alternative<HelpWish>(typed)) {
        for (const HelpLine& help : help_lines()) {
            out_ << "  " << padded(help.usage, kNameWidth + 8) << " " << say(help.what) << "\n";
        }
    } else if (std::holds_alternative<ExitWish>(typed)) {
        wants_exit_ = true;
    } else if (const auto* wrong = std::get_if<NotUnderstood>(&typed)) {
        print(wrong->text);
    }
}

void Screen::answer(const std::string& typed, Session& session) {
    if (function_key(typed)) return print(tr("сначала ответьте на вопрос или отмените его"));
    if (question_->kind == DialogKind::Ask) {
        // A scanner types like a keyboard: the way of input is what the dialog takes.
        session.take(Input{{}, Given(GivenValue{typed, ""})});
        return;
    }
    int number = 0;
    for (const char letter : typed) {
        const bool digit = letter >= '0' && letter <= '9' && number < 1000;
        number = digit ? number * 10 + (letter - '0') : -1;
        if (number < 0) break;
    }
    if (number < 1) return print(tr("наберите номер пункта"));
    session.take(Input{{}, Given(GivenChoice{number - 1})});
}

void Screen::prompt(const Session& session) {
    if (prompted_ || ticking_line_ || wants_exit_ || !options_.is_terminal) return;
    if (session.busy() && !question_) return;
    prompted_ = true;
    out_ << (question_ || refund_of_ ? "? " : "> ");
    out_.flush();
}

void Screen::tick(const Session& session) {
    if (!options_.is_terminal || !gives_up_at_ || !session.busy() || question_) return;
    const core::Millis left = std::max<core::Millis>(*gives_up_at_ - clock_.monotonic(), 0);
    const core::Millis seconds = (left + 999) / 1000;
    if (seconds == seconds_shown_) return;
    seconds_shown_ = seconds;
    ticking_line_ = true;
    out_ << "\r" << say(tr("Осталось %1 с. Прервать: «отмена», Ctrl-C", seconds)) << "  ";
    out_.flush();
}

void Screen::end_ticking_line() {
    if (std::exchange(ticking_line_, false)) out_ << "\n";
}

// ---- Events ----

void Screen::print(const Text& text) {
    out_ << printable(say(text)) << "\n";
}

void Screen::print_foreign(std::string_view text, std::string_view indent) {
    while (true) {
        const std::size_t end = text.find('\n');
        out_ << indent << printable(text.substr(0, end)) << "\n";
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

void Screen::print_qr(const std::string& text) {
    const Result<qr::Matrix> matrix = qr::encode(text);
    if (!matrix) return print_foreign(text);
    for (const std::string& line : qr::terminal_lines(*matrix))
        out_ << "  " << line << "\n";
}

void Screen::print_notices() {
    for (const auto& [source, text] : notices_)
        print_foreign(text, "! ");
}

void Screen::on(const DialogEvent& dialog) {
    if (!dialog.title.empty()) print_foreign(dialog.title, "-- ");
    print_foreign(dialog.text, std::string(level_mark(dialog.level)) + " ");
    for (std::size_t index = 0; index < dialog.options.size(); ++index) {
        out_ << "  " << index + 1 << ". " << printable(dialog.options[index]) << "\n";
    }
    if (dialog.kind == DialogKind::Tell) return;
    question_ = dialog;
    if (dialog.masked && options_.show_typed) options_.show_typed(false);
}

void Screen::on(const ShowEvent& show) {
    show_ = show.dialog;
    seconds_shown_ = -1;
    gives_up_at_.reset();
    if (show.seconds_left >= 0) {
        gives_up_at_ = clock_.monotonic() + core::Millis{show.seconds_left} * 1000;
    }
    print_foreign(show.text);
    if (show.masked) {
        for (const std::string& line : big_digits(code_in(show.text)))
            out_ << "    " << line << "\n";
    }
    if (!show.qr.empty()) print_qr(show.qr);
    if (!gives_up_at_) print(tr("Прервать: «отмена», Ctrl-C"));
}

void Screen::on(const ClosedEvent& closed) {
    if (show_ == closed.dialog) {
        show_.reset();
        gives_up_at_.reset();
    }
    if (!question_ || question_->dialog != closed.dialog) return;
    if (question_->masked && options_.show_typed) options_.show_typed(true);
    question_.reset();
}

void Screen::on(const SlipEvent& slip) {
    const bool printed = slip.slip.printed == till::Printed::Yes;
    print(
        printed ? tr("Слип %1:", slip.slip.number) : tr("Слип %1 не напечатан:", slip.slip.number));
    for (const std::string& line : slip.slip.lines)
        print_foreign(line, "    | ");
}

void Screen::on(const FinishedEvent& finished) {
    print(outcome_text(finished, refund_));
}

void Screen::on(const ReceiptEvent& event) {
    const till::Receipt& receipt = event.receipt;
    print_notices();
    refund_ = receipt.type == core::ReceiptType::Refund;
    const Text state = state_text(receipt.state);
    print(
        refund_ ? tr("Чек возврата %1, %2", receipt.number, state)
                : tr("Чек %1, %2", receipt.number, state));
    if (!receipt.card.empty()) print(tr("Карта: %1", receipt.card));
    for (const till::Line& line : receipt.lines) {
        if (line.removed) continue;
        out_ << "  " << right(std::to_string(line.index), 3) << " " << padded(line.name, kNameWidth)
             << right(line.price.str(), kSumWidth) << " × " << padded(line.quantity.str(), 6)
             << right(line.total.str(), kSumWidth) << "\n";
    }
    out_ << "      " << padded(say(tr("Итого")), kNameWidth) << right(receipt.total().str(), 33)
         << " " << receipt.currency.code() << "\n";
    for (const till::Payment& payment : receipt.payments) {
        out_ << "  " << right(std::to_string(payment.number), 3) << " "
             << padded(payment.name, kNameWidth) << right(payment.sum.str(), 33) << " "
             << say(state_text(payment.state)) << "\n";
    }
    const bool open = receipt.state == till::ReceiptState::Open;
    if (open && !receipt.due().is_zero()) {
        const Text due = refund_ ? tr("К возврату") : tr("К оплате");
        out_ << "      " << padded(say(due), kNameWidth) << right(receipt.due().str(), 33) << "\n";
    }
    if (!receipt.change.is_zero()) {
        out_ << "      " << padded(say(tr("Сдача")), kNameWidth) << right(receipt.change.str(), 33)
             << "\n";
    }
}

void Screen::on(const ShiftEvent& shift) {
    print(shift.open ? tr("Смена %1 открыта", shift.number) : tr("Смена %1 закрыта", shift.number));
}

void Screen::on(const QueueEvent& queue) {
    if (queue.obligations.empty()) return print(tr("Очередь пуста"));
    print(tr("В очереди: %1", queue.obligations.size()));
    for (const host::Obligation& each : queue.obligations) {
        out_ << "  " << padded(each.system, 10) << " " << padded(each.kind, 8) << " "
             << right(each.sum, kSumWidth) << " "
             << say(tr("ждет %1 с, попыток %2", each.age_s, each.tries)) << " "
             << printable(each.last_error) << "\n";
    }
}

void Screen::on(const PaymentTypesEvent& types) {
    for (const OfferedType& offered : types.types) {
        out_ << "  " << right(std::to_string(offered.type.valutcode), 4) << " "
             << padded(offered.type.name, kNameWidth);
        if (!offered.available) out_ << " (" << printable(offered.trouble) << ")";
        out_ << "\n";
    }
    print(tr("Оплатить: оплата ТИП [СУММА]"));
}

void Screen::on(const NoticeEvent& notice) {
    // What a queue said last stands at the top until it says that nothing is owed any more.
    if (notice.level == host::Level::Info) {
        notices_.erase(notice.source);
    } else {
        notices_[notice.source] = notice.text;
    }
    print_foreign(notice.text, std::string(level_mark(notice.level)) + " ");
}

void Screen::on(const ErrorEvent& error) {
    print_foreign(error.text, "! ");
}

void Screen::on(const SaleRestEvent& event) {
    print(tr("Чек продажи %1, осталось вернуть:", event.sale.number));
    for (const LineRest& rest : event.rest.lines) {
        if (rest.thousandths <= 0) continue;
        const Decimal quantity = Decimal(rest.thousandths, kQuantityPlacesMax).normalized();
        out_ << "  " << right(std::to_string(rest.line.index), 3) << " "
             << padded(rest.line.name, kNameWidth) << right(rest.line.price.str(), kSumWidth)
             << " × " << padded(quantity.str(), 6) << right(rest.total.str(), kSumWidth) << "\n";
    }
    for (const PaymentRest& rest : event.rest.payments) {
        out_ << "  " << right(std::to_string(rest.payment.valutcode), 4) << " "
             << padded(rest.payment.name, kNameWidth) << right(rest.sum.str(), kSumWidth) << "\n";
    }
    refund_of_ = event.sale.number;
    print(
        tr("Что вернуть? «всё», или строки с количеством: 1*2 3; в конце можно «тип 20». Ничего - "
           "«отмена»"));
}

}  // namespace linuxcash::terminal
