// SPDX-License-Identifier: Apache-2.0
#include "core/reconcile.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace linuxcash::core {
namespace {

// A screen is small; paper has room for all.
constexpr std::size_t kToldAtMost = 5;

// The money of it counts as moved.
bool holds(const Operation& operation) {
    return operation.ended && operation.ended->outcome == Outcome::Approved && !operation.owed;
}

// A success that came too late, given back under a key of its own: two rows at the gateway.
bool refunded_late(const Operation& operation) {
    return operation.discharged && operation.owed && operation.owed->kind == ObligationKind::Refund;
}

void count(Totals& totals, OperationKind kind, Money sum) {
    if (kind == OperationKind::Pay) {
        ++totals.pays;
        totals.paid = totals.paid + sum;
    } else {
        ++totals.refunds;
        totals.refunded = totals.refunded + sum;
    }
}

Difference difference_of(const Operation& operation, DifferenceKind kind) {
    Difference difference;
    difference.kind = kind;
    difference.operation = operation.id;
    difference.order_number = operation.intent.order_number;
    difference.payment_id = operation.payment_id;
    difference.receipt_number = operation.intent.receipt_number;
    difference.ours = operation.intent.sum;
    return difference;
}

// Lays the books side by side; every row of the gateway is used at most once.
class Comparing {
public:
    Comparing(Comparison head, const Books& books)
        : books_(books), used_(books.gateway.size(), false) {
        findings_.comparison = std::move(head);
        const Money nothing{0, findings_.comparison.currency};
        findings_.comparison.ours = {0, nothing, 0, nothing};
        findings_.comparison.theirs = {0, nothing, 0, nothing};
    }

    [[nodiscard]] Findings run() && {
        for (const Operation& operation : books_.journal)
            take(operation);
        for (std::size_t at = 0; at < books_.gateway.size(); ++at)
            take(books_.gateway[at], used_[at]);
        for (const TillEntry& entry : books_.till)
            take(entry);
        return std::move(findings_);
    }

private:
    void add(Difference difference, Text text, Text remedy) {
        difference.text = std::move(text);
        difference.remedy = std::move(remedy);
        findings_.comparison.differences.push_back(std::move(difference));
    }

    // A paid row comes before others of the same order.
    const Booking* claim(
        OperationKind kind, const std::string& payment_id, const std::string& order_number) {
        const auto fits = [&](std::size_t at, bool paid) {
            const Booking& row = books_.gateway[at];
            const bool same = (!payment_id.empty() && row.payment_id == payment_id)
                              || (!order_number.empty() && row.order_number == order_number);
            return !used_[at] && row.kind == kind && same && (row.verdict == Verdict::Paid) == paid;
        };
        for (const bool paid : {true, false}) {
            for (std::size_t at = 0; at < books_.gateway.size(); ++at) {
                if (!fits(at, paid)) continue;
                used_[at] = true;
                return &books_.gateway[at];
            }
        }
        return nullptr;
    }

    void take(const Operation& operation) {
        Totals& ours = findings_.comparison.ours;
        const Booking* row =
            claim(operation.intent.kind, operation.payment_id, operation.intent.order_number);
        if (holds(operation)) {
            count(ours, operation.intent.kind, operation.intent.sum);
            compare_kept(operation, row);
            check_till(operation);
        } else if (operation.owes()) {
            Difference difference = difference_of(operation, DifferenceKind::Owed);
            if (row != nullptr) difference.theirs = row->sum;
            add(std::move(difference), tr("Отмена ещё в очереди"),
                tr("Ничего делать не нужно: она выполнится, когда будет связь. Повторите сверку "
                   "после этого"));
        } else if (!operation.ended) {
            add(difference_of(operation, DifferenceKind::Undecided), tr("Исход ещё выясняется"),
                tr("Повторите сверку через несколько минут"));
        } else if (refunded_late(operation)) {
            count(ours, OperationKind::Pay, operation.intent.sum);
            count(ours, OperationKind::Refund, operation.intent.sum);
            compare_late_refund(operation, row);
        } else if (
            row != nullptr && (row->verdict == Verdict::Paid || row->verdict == Verdict::Pending)) {
            Difference difference = difference_of(operation, DifferenceKind::Owed);
            difference.theirs = row->sum;
            add(std::move(difference),
                tr("В журнале не состоялась, у %1: %2", findings_.comparison.title, row->status),
                tr("Ничего делать не нужно: отмена поставлена в очередь. Повторите сверку, когда "
                   "она выполнится"));
            findings_.late.push_back(operation.id);
        }
    }

    void compare_kept(const Operation& operation, const Booking* row) {
        const Text& title = findings_.comparison.title;
        if (row == nullptr) {
            add(difference_of(operation, DifferenceKind::OnlyOurs),
                tr("Есть в журнале, нет у %1", title),
                tr("Повторите сверку. Если и тогда нет, обратитесь в поддержку %1", title));
            return;
        }
        if (row->verdict != Verdict::Paid) {
            add(difference_of(operation, DifferenceKind::Status),
                tr("В журнале проведена, у %1: %2", title, row->status),
                tr("Сравните с личным кабинетом %1: товар выдан, деньги могли не поступить",
                   title));
            return;
        }
        if (row->sum == operation.intent.sum) return;
        Difference difference = difference_of(operation, DifferenceKind::Sum);
        difference.theirs = row->sum;
        add(std::move(difference),
            tr("Сумма в журнале %1, у %2 %3", operation.intent.sum.str(), title, row->sum.str()),
            tr("Обратитесь в поддержку %1 с номером заказа", title));
    }

    void compare_late_refund(const Operation& operation, const Booking* sale) {
        const Booking* back = claim(OperationKind::Refund, {}, operation.owed->order_number);
        const bool sold = sale != nullptr && sale->verdict == Verdict::Paid;
        const bool returned = back != nullptr && back->verdict == Verdict::Paid;
        if (sold && returned) return;
        add(difference_of(operation, DifferenceKind::Status),
            tr("Поздняя оплата и её возврат есть в журнале, у %1 видны не обе",
               findings_.comparison.title),
            tr("Сравните с личным кабинетом %1", findings_.comparison.title));
    }

    void check_till(const Operation& operation) {
        const bool kept = std::any_of(
            books_.till.begin(), books_.till.end(),
            [&](const TillEntry& entry) { return entry.operation == operation.id; });
        if (kept) return;
        add(difference_of(operation, DifferenceKind::NotInTill),
            tr("Операция проведена, но чека с ней в кассе нет"),
            tr("Найдите чек %1. Если товар не выдан, верните деньги в личном кабинете %2",
               operation.intent.receipt_number, findings_.comparison.title));
    }

    void take(const Booking& row, bool matched) {
        if (row.verdict == Verdict::Paid) count(findings_.comparison.theirs, row.kind, row.sum);
        if (matched || row.verdict == Verdict::Declined) return;
        Difference difference;
        difference.kind = DifferenceKind::OnlyTheirs;
        difference.order_number = row.order_number;
        difference.payment_id = row.payment_id;
        difference.theirs = row.sum;
        add(std::move(difference),
            tr("Есть у %1 (%2), нет в журнале", findings_.comparison.title, row.status),
            tr("Проверьте, не работает ли с этим регистрационным номером другая касса. Если деньги "
               "приняты здесь, верните их в личном кабинете"));
    }

    void take(const TillEntry& entry) {
        const auto found = std::find_if(
            books_.journal.begin(), books_.journal.end(),
            [&](const Operation& each) { return each.id == entry.operation; });
        if (found != books_.journal.end() && (holds(*found) || found->owes() || !found->ended)) {
            return;
        }
        Difference difference;
        difference.kind = DifferenceKind::NotInJournal;
        difference.operation = entry.operation;
        difference.receipt_number = entry.receipt_number;
        difference.ours = entry.sum;
        add(std::move(difference), tr("Стоит в чеке, но в журнале не проведена"),
            tr("Сравните чек %1 с личным кабинетом %2", entry.receipt_number,
               findings_.comparison.title));
    }

    const Books& books_;
    std::vector<bool> used_;
    Findings findings_;
};

slip::Pair pair(std::string left, std::string right) {
    slip::Pair row;
    row.left = std::move(left);
    row.right = std::move(right);
    return row;
}

slip::Text line(std::string words) {
    slip::Text text;
    text.text = std::move(words);
    text.wrapping = slip::Wrapping::Wordwrap;
    return text;
}

// One difference, as the cashier reads it.
Text sentence_of(const Difference& difference) {
    const std::string sum = difference.ours     ? difference.ours->str()
                            : difference.theirs ? difference.theirs->str()
                                                : std::string{};
    if (difference.receipt_number == 0) {
        return tr("Без чека, %1: %2. %3", sum, difference.text, difference.remedy);
    }
    return tr(
        "Чек %1, %2: %3. %4", difference.receipt_number, sum, difference.text, difference.remedy);
}

void put_totals(slip::Slip& paper, const Text& whose, const Totals& totals) {
    paper.elements.emplace_back(line(whose.russian()));
    paper.elements.emplace_back(pair(tr("оплат: %1", totals.pays).russian(), totals.paid.str()));
    paper.elements.emplace_back(
        pair(tr("возвратов: %1", totals.refunds).russian(), totals.refunded.str()));
    paper.elements.emplace_back(pair(tr("итого").russian(), (totals.paid - totals.refunded).str()));
}

void put_difference(slip::Slip& paper, const Difference& difference) {
    paper.elements.emplace_back(slip::Line{});
    const std::string name = !difference.order_number.empty() ? difference.order_number
                             : difference.operation           ? difference.operation->brief()
                                                              : difference.payment_id;
    const std::string sum = difference.ours     ? difference.ours->str()
                            : difference.theirs ? difference.theirs->str()
                                                : std::string{};
    paper.elements.emplace_back(pair(name, sum));
    if (difference.receipt_number != 0) {
        paper.elements.emplace_back(
            pair(tr("чек").russian(), std::to_string(difference.receipt_number)));
    }
    paper.elements.emplace_back(line(difference.text.russian()));
    paper.elements.emplace_back(line(difference.remedy.russian()));
}

}  // namespace

Findings compare(Comparison head, const Books& books) {
    return Comparing(std::move(head), books).run();
}

slip::Slip slip_of(const Comparison& comparison) {
    slip::Slip paper;
    slip::Text title;
    title.text = tr("Сверка итогов %1", comparison.title).russian();
    title.alignment = slip::Alignment::Center;
    title.bold = true;
    paper.elements.emplace_back(std::move(title));
    paper.elements.emplace_back(pair(tr("Смена").russian(), std::to_string(comparison.shift)));
    paper.elements.emplace_back(slip::Line{});
    put_totals(paper, tr("В журнале кассы"), comparison.ours);
    put_totals(paper, tr("В платёжной системе"), comparison.theirs);
    for (const Difference& difference : comparison.differences)
        put_difference(paper, difference);
    paper.elements.emplace_back(slip::Line{});
    paper.elements.emplace_back(line(
        comparison.differences.empty()
            ? tr("Расхождений нет").russian()
            : tr("Расхождений: %1", comparison.differences.size()).russian()));
    return paper;
}

Text summary_of(const Comparison& comparison) {
    const std::size_t differences = comparison.differences.size();
    if (differences == 0) {
        return tr(
            "Сверка итогов %1 за смену %2: расхождений нет", comparison.title, comparison.shift);
    }
    Text text =
        tr("Сверка итогов %1 за смену %2: расхождений %3", comparison.title, comparison.shift,
           differences);
    for (std::size_t at = 0; at < std::min(differences, kToldAtMost); ++at)
        text = tr("%1\n%2", text, sentence_of(comparison.differences[at]));
    if (differences <= kToldAtMost) return text;
    return tr("%1\nОстальные %2 — на ленте", text, differences - kToldAtMost);
}

// ---- The machine ----

Step<ReconcileState> Reconcile::step(ReconcileState state, const Input& input, Millis) const {
    return std::visit(
        [&](const auto& each) -> ReconcileStep {
            using Each = std::decay_t<decltype(each)>;
            if constexpr (std::is_same_v<Each, Started>) {
                if (state.phase == ReconcileState::Phase::Idle) return started(std::move(state));
            }
            if (state.phase != ReconcileState::Phase::Asking) return {std::move(state), {}, {}};
            if constexpr (std::is_same_v<Each, Replied>) {
                if (each.tag == state.tag) return replied(std::move(state), each.answer);
            } else if constexpr (std::is_same_v<Each, Cancelled>) {
                Tag tag = state.tag;
                ReconcileStep step = not_made(
                    std::move(state), Outcome::Cancelled, Reason::CancelledByCashier,
                    tr("отменена кассиром"));
                step.then.insert(step.then.begin(), Abort{tag});
                return step;
            } else if constexpr (std::is_same_v<Each, CommitFailed>) {
                return not_made(std::move(state), Outcome::Refused, Reason::Journal, each.text);
            }
            return {std::move(state), {}, {}};
        },
        input);
}

Step<ReconcileState> Reconcile::started(ReconcileState state) const {
    state.phase = ReconcileState::Phase::Asking;
    ++state.tag;
    Tag tag = state.tag;
    Show show;
    show.text = tr("Сверка итогов %1", gateway_.wording().title);
    Call call = gateway_.list(state.head.shift_label);
    return {std::move(state), {}, {Emit{std::move(show)}, Send{tag, std::move(call)}}};
}

Step<ReconcileState> Reconcile::replied(ReconcileState state, const Answer& answer) const {
    if (const auto* failure = std::get_if<Failure>(&answer)) {
        // Where and why is in the log.
        return not_made(
            std::move(state), Outcome::Refused, Reason::NoLink,
            failure->kind == FailureKind::Tls ? failure->text
                                              : tr("нет связи с %1", gateway_.wording().title));
    }
    auto bookings = gateway_.read_bookings(std::get<Reply>(answer));
    if (std::holds_alternative<Reading>(bookings)) {
        // Its own words on it are in the log, for the administrator.
        return not_made(
            std::move(state), Outcome::Refused, Reason::GatewayRefused,
            tr("%1 не выдала список платежей", gateway_.wording().title));
    }
    Books books = state.books;
    books.gateway = std::get<Bookings>(std::move(bookings));
    Findings findings = compare(state.head, books);
    Finished finished;
    finished.outcome = Outcome::Done;
    finished.level = findings.comparison.differences.empty() ? Level::Info : Level::Warning;
    finished.text = summary_of(findings.comparison);
    finished.sum = Money{0, state.head.currency};
    finished.slip = slip_of(findings.comparison);
    finished.comparison = std::move(findings.comparison);
    ReconcileStep step{std::move(state), {}, {Emit{std::move(finished)}}};
    step.next.phase = ReconcileState::Phase::Ended;
    if (findings.late.empty()) return step;
    step.commit = Commit{};
    for (const OperationId& id : findings.late)
        step.commit->facts.emplace_back(id, Owed{ObligationKind::Undo, {}});
    return step;
}

Step<ReconcileState> Reconcile::not_made(
    ReconcileState state, Outcome outcome, Reason reason, const Text& why) const {
    state.phase = ReconcileState::Phase::Ended;
    ++state.tag;
    Finished finished;
    finished.outcome = outcome;
    finished.level = Level::Warning;
    finished.reason = reason;
    finished.text =
        tr("Сверка итогов %1 за смену %2 не проведена: %3. Её можно повторить",
           gateway_.wording().title, state.head.shift, why);
    finished.sum = Money{0, state.head.currency};
    return {std::move(state), {}, {Emit{std::move(finished)}}};
}

}  // namespace linuxcash::core
