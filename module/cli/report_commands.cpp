// SPDX-License-Identifier: Apache-2.0
#include "cli/report_commands.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "base/integer.h"
#include "base/printable.h"
#include "cli/journal_search.h"
#include "cli/module_access.h"
#include "cli/printer_commands.h"
#include "cli/till_commands.h"
#include "cli/token_state.h"
#include "forms/comparison.h"
#include "forms/queue.h"
#include "forms/shift.h"

namespace linuxcash::cli {

namespace {

// Names of payment systems are helpful only: a tree without a till has a queue all the same.
std::vector<till::PaymentType> payment_types(const Places& places) {
    Result<till::Till> till = open_till(places);
    if (!till) return {};
    Result<std::vector<till::PaymentType>> types = till->payment_types();
    return types ? std::move(*types) : std::vector<till::PaymentType>();
}

// What stands in the way of everything that a system owes; empty: nothing that can be seen here.
std::string obstacle(const Places& places, const std::string& system) {
    const auto token = token_state(places, system);
    return token && token->troubled() ? advice(*token).russian() : std::string();
}

// What the journals owe; tries and errors are known to the running register only.
Result<reports::Record> queue_of(const Places& places, const forms::Occasion& occasion) {
    journal::Filter filter;
    filter.only_open = true;
    const auto found = search_journals(places, modules_with_journals(places), filter);
    if (!found) return found.error();
    std::vector<forms::Debt> debts;
    const std::vector<till::PaymentType> types = payment_types(places);
    for (const Found& each : *found) {
        const core::Operation& operation = each.listed.operation;
        if (!operation.owes()) continue;
        forms::Debt debt;
        debt.kind = core::name(operation.owed->kind);
        debt.system = forms::title_of(types, each.system);
        debt.last_error = obstacle(places, each.system);
        debt.receipt = operation.intent.receipt_number;
        debt.sum = operation.intent.sum.str();
        debt.age_s = std::max<std::int64_t>(0, occasion.now_ms - operation.owed_at_ms) / 1000;
        debt.operation = operation.id.hex();
        debts.push_back(std::move(debt));
    }
    return forms::queue_data(debts, occasion);
}

Result<reports::Record> data_of(
    const Places& places, const std::string& name, std::optional<std::int64_t> shift,
    const forms::Occasion& occasion) {
    if (name == "queue") return queue_of(places, occasion);
    if (name != "x" && name != "z" && name != "oplat") {
        return Error{
            ErrorCode::NotFound, tr("нет отчёта %1: есть x, z, oplat и queue", printable(name))};
    }
    auto till = open_till(places);
    if (!till) return till.error();
    const auto found =
        name == "oplat" ? forms::shift_of(*till, shift) : forms::shift_for(*till, name, shift);
    if (!found) return found.error();
    if (name == "oplat") return forms::comparisons_data(*till, *found, occasion);
    return forms::shift_data(*till, *found, occasion);
}

// As its form wants it, or by itself when it is no form but a part of others.
Exit check_template(const Invocation& invocation, Console& console) {
    const std::filesystem::path file = *invocation.option("check");
    const std::string name =
        invocation.words.empty() ? file.stem().native() : invocation.words.front();
    const auto shape = forms::shape_of(name);
    if (!shape && !invocation.words.empty()) {
        return console.wrong(tr("нет формы %1", printable(name)));
    }
    const auto checked =
        forms::library(invocation.places.reports()).check(file, shape ? &*shape : nullptr);
    if (!checked) return console.failed(checked.error());
    console.result(console.translated(
        shape ? tr("%1: шаблон годится для формы %2", printable(file.native()), name)
              : tr(
                  "%1: написан верно; это не форма, поля проверяются вместе с тем шаблоном, "
                  "который его включает",
                  printable(file.native()))));
    return Exit::Done;
}

}  // namespace

Result<forms::Filled> report_of(
    const Places& places, const std::string& name, std::optional<std::int64_t> shift) {
    const auto settings = read_pos_settings(places);
    if (!settings) return settings.error();
    forms::Occasion occasion;
    occasion.desk = settings->settings.text("Main", "desk");
    occasion.currency =
        Currency::parse(settings->settings.text("Main", "currency")).value_or(occasion.currency);
    occasion.now_ms = wall_clock_ms();
    const auto data = data_of(places, name, shift, occasion);
    if (!data) return data.error();
    return forms::fill(forms::library(places.reports()), name, *data);
}

Exit show_report(const Invocation& invocation, Console& console) {
    if (invocation.has("check")) return check_template(invocation, console);
    if (invocation.words.empty()) {
        return console.wrong(tr("назовите отчёт: x, z, oplat или queue"));
    }
    std::optional<std::int64_t> shift;
    if (const auto number = invocation.option("shift")) {
        shift = parse_integer(*number);
        if (!shift || *shift < 1) return console.wrong(tr("--shift — номер смены, целое число"));
    }
    const auto report = report_of(invocation.places, invocation.words.front(), shift);
    if (!report) return console.failed(report.error());
    if (report->trouble) console.note(*report->trouble);
    if (const auto png = invocation.option("preview"))
        return preview(report->slip, *png, invocation, console);
    if (invocation.has("print")) return print_now(report->slip, invocation, console);
    const auto settings = read_pos_settings(invocation.places);
    if (!settings) return console.failed(settings.error());
    const auto columns = static_cast<int>(settings->settings.integer("Main", "slip_columns"));
    for (const std::string& line : core::slip::plain_text(report->slip, columns))
        console.result(line);
    return Exit::Done;
}

}  // namespace linuxcash::cli
