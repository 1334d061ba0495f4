// SPDX-License-Identifier: Apache-2.0
#include "terminal/dialogue.h"

#include <utility>

#include "base/secret.h"
#include "slips/document.h"
#include "terminal/dialog_rules.h"

namespace linuxcash::terminal {

namespace {

// A module that talks without end must not keep the cashier from being heard.
constexpr int kEventsPerPump = 64;

}  // namespace

Dialogue::Dialogue(Announcer& announcer, SlipDesk& slips) : announcer_(announcer), slips_(slips) {
}

void Dialogue::start(host::Conversation conversation, About about, Then then) {
    running_ = std::make_unique<Running>(
        Running{std::move(conversation), std::move(about), std::move(then), {}, {}, {}});
}

void Dialogue::pump() {
    for (int pulled = 0; running() && pulled < kEventsPerPump; ++pulled) {
        Result<std::optional<host::Event>> event = running_->conversation.next(0);
        if (!event) return finish(event.error());
        if (!event->has_value()) return;
        pump_one(**event);
    }
}

void Dialogue::pump_one(const host::Event& event) {
    std::visit([this](const auto& each) { on(each); }, event);
}

void Dialogue::on(const host::Show& show) {
    ShowEvent event;
    event.text = show.text;
    event.qr = show.qr;
    event.for_customer = show.for_customer;
    event.seconds_left = show.seconds_left;
    event.masked = show.masked;
    const auto& shown = running_->show;
    const bool same = shown && shown->text == event.text && shown->qr == event.qr;
    event.dialog = shown ? shown->dialog : announcer_.new_dialog();
    running_->show = event;
    if (same) return;
    const std::string logged = event.masked ? "***" : event.text;
    announcer_.log_dialog(host::Level::Info, tr("Диалог на экране: %1", logged));
    announcer_.emit(std::move(event));
}

void Dialogue::on(const host::Tell& tell) {
    announcer_.log_dialog(tell.level, tr("Диалог cooбщение: %1", tell.text));
    DialogEvent dialog;
    dialog.dialog = announcer_.new_dialog();
    dialog.level = tell.level;
    dialog.title = tell.title;
    dialog.text = tell.text;
    dialog.blocks = tell.blocks;
    const int number = dialog.dialog;
    announcer_.emit(std::move(dialog));
    announcer_.emit(ClosedEvent{number});
    reply(tell.number, host::Shown{});
}

void Dialogue::on(const host::Ask& ask) {
    announcer_.log_dialog(host::Level::Info, tr("Диалог запрос: %1", ask.text));
    DialogEvent dialog;
    dialog.dialog = announcer_.new_dialog();
    dialog.kind = DialogKind::Ask;
    dialog.accept = ask.accepts.list();
    dialog.title = ask.title;
    dialog.text = ask.text;
    dialog.min = ask.min;
    dialog.max = ask.max;
    dialog.initial = ask.initial;
    dialog.masked = ask.masked;
    running_->question = Question{dialog.dialog, ask};
    announcer_.emit(std::move(dialog));
    const std::optional<Prepared> prepared = take_prepared(prepared_, ask);
    if (!prepared) return;
    if (prepared->cancel) return answer(GivenCancel{});
    const Result<host::Value> checked = accept_value(ask, {prepared->text, ""});
    if (!checked) return announcer_.error(checked.error().text);
    host::Value value = *checked;
    value.entered_by = *prepared->input;
    announcer_.log_dialog(host::Level::Info, tr("Ответ подготовлен заранее"));
    close_question();
    reply(ask.number, value);
}

void Dialogue::on(const host::Choose& choose) {
    announcer_.log_dialog(host::Level::Info, tr("Диалог выбор: %1", choose.text));
    DialogEvent dialog;
    dialog.dialog = announcer_.new_dialog();
    dialog.kind = DialogKind::Choose;
    dialog.title = choose.title;
    dialog.text = choose.text;
    dialog.options = choose.options;
    running_->question = Question{dialog.dialog, choose};
    announcer_.emit(std::move(dialog));
    const std::optional<Prepared> prepared = take_prepared_choice(prepared_);
    if (!prepared) return;
    if (prepared->cancel) return answer(GivenCancel{});
    answer_choice({prepared->index});
}

void Dialogue::on(const host::Print& print) {
    const Result<core::slip::Slip> slip = slips::read_document(print.slip);
    if (!slip) return reply(print.number, host::NotPrinted{announcer_.say(slip.error().text)});
    const auto waits = std::make_shared<bool>(true);
    running_->printing = waits;
    slips_.print(
        {*slip, running_->about.receipt_uid, print.target, print.required},
        [this, waits, number = print.number](till::Printed printed) {
            if (std::exchange(*waits, false)) answer_print(number, printed);
        });
    // Only a slip that the operation cannot go on without is waited for.
    if (!print.required && std::exchange(*waits, false)) reply(print.number, host::PrintOwed{});
}

void Dialogue::answer_print(std::uint64_t event, till::Printed printed) {
    switch (printed) {
        case till::Printed::Yes:
            return reply(event, host::Printed{});
        case till::Printed::Owed:
        case till::Printed::InDoubt:
            return reply(event, host::PrintOwed{});
        case till::Printed::No:
            return reply(event, host::NotPrinted{announcer_.say(slips_.trouble())});
    }
}

void Dialogue::on(const host::Edit& edit) {
    if (running_->about.editor) return reply(edit.number, running_->about.editor(edit));
    const Text why = tr("во время оплаты касса чек не меняет");
    reply(edit.number, host::EditRefused{announcer_.say(why)});
}

void Dialogue::on(const host::Unknown& unknown) {
    announcer_.log_warning(tr("Событие модуля неизвестно кассе: %1", unknown.kind));
    reply(unknown.number, host::Unsupported{});
}

void Dialogue::on(const host::Finished& finished) {
    finish(finished);
}

void Dialogue::answer(const Given& given) {
    if (!running()) return announcer_.error(tr("отвечать не на что: операция не выполняется"));
    if (std::holds_alternative<GivenCancel>(given)) return cancel();
    if (!running_->question) return announcer_.error(tr("отвечать не на что: нет диалога"));
    if (const auto* value = std::get_if<GivenValue>(&given)) return answer_value(*value);
    if (const auto* choice = std::get_if<GivenChoice>(&given)) return answer_choice(*choice);
    announcer_.error(tr("на этот диалог нельзя ответить «ok»"));
}

void Dialogue::answer_value(const GivenValue& value) {
    const auto* ask = std::get_if<host::Ask>(&running_->question->what);
    if (ask == nullptr) return announcer_.error(tr("этот диалог ждет выбора, а не значения"));
    const Result<host::Value> checked = accept_value(*ask, value);
    if (!checked) return announcer_.error(checked.error().text);
    const std::string shown = is_sensitive(*ask) ? masked(value.text) : value.text;
    announcer_.log_dialog(host::Level::Info, tr("Ответ на диалог: %1", shown));
    const std::uint64_t number = ask->number;
    close_question();
    reply(number, *checked);
}

void Dialogue::answer_choice(const GivenChoice& choice) {
    const auto* choose = std::get_if<host::Choose>(&running_->question->what);
    if (choose == nullptr) return announcer_.error(tr("этот диалог ждет значения, а не выбора"));
    if (choice.index < 0 || static_cast<std::size_t>(choice.index) >= choose->options.size()) {
        return announcer_.error(tr("в этом диалоге нет пункта %1", choice.index));
    }
    const std::string& option = choose->options[static_cast<std::size_t>(choice.index)];
    announcer_.log_dialog(host::Level::Info, tr("Выбор в диалоге: %1", option));
    const std::uint64_t number = choose->number;
    close_question();
    reply(number, host::Choice{choice.index});
}

void Dialogue::cancel() {
    if (!running()) return announcer_.error(tr("отменять нечего: операция не выполняется"));
    announcer_.log_dialog(host::Level::Info, tr("Кассир нажал «Отмена»"));
    if (!running_->question) return running_->conversation.cancel();
    const std::uint64_t number =
        std::visit([](const auto& what) { return what.number; }, running_->question->what);
    close_question();
    reply(number, host::Cancelled{});
}

void Dialogue::reply(std::uint64_t event, const host::Answer& answer) {
    if (const Result<> taken = running_->conversation.answer(event, answer); !taken) {
        announcer_.log_warning(tr("Модуль не принял ответ: %1", taken.error().text));
        // The module waits for an answer that it does not take: only giving up leads out.
        running_->conversation.cancel();
    }
}

void Dialogue::close_question() {
    if (!running_->question) return;
    const int dialog = running_->question->dialog;
    running_->question.reset();
    announcer_.emit(ClosedEvent{dialog});
}

void Dialogue::finish(const Result<host::Finished>& end) {
    close_question();
    if (running_->printing) *running_->printing = false;
    if (running_->show) announcer_.emit(ClosedEvent{running_->show->dialog});
    const Then then = std::move(running_->then);
    const std::string title = running_->about.title;
    running_.reset();
    if (end) announcer_.tell(end->level, title, end->text);
    then(end);
}

}  // namespace linuxcash::terminal
