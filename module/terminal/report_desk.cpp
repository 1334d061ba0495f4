// SPDX-License-Identifier: Apache-2.0
#include "terminal/report_desk.h"

#include <utility>
#include <vector>

#include "forms/comparison.h"
#include "forms/queue.h"
#include "forms/shift.h"

namespace linuxcash::terminal {

reports::Record ReportDesk::queue() {
    std::vector<forms::Debt> debts;
    const auto types = parts_.till.payment_types();  // without them: the modules' own names
    for (const host::Obligation& owed : parts_.watch.obligations()) {
        forms::Debt debt;
        debt.kind = owed.kind;
        debt.system = types ? forms::title_of(*types, owed.system) : owed.system;
        debt.receipt = owed.receipt_number;
        debt.sum = owed.sum;
        debt.age_s = owed.age_s;
        debt.tries = owed.tries;
        debt.last_error = owed.last_error;
        debt.waits_for_link = owed.waits_for_link;
        debt.operation = owed.operation.hex();
        debts.push_back(std::move(debt));
    }
    return forms::queue_data(debts, parts_.papers.occasion());
}

Result<reports::Record> ReportDesk::data_of(const Report& wish) {
    if (wish.name == "queue") return queue();
    const bool compares = wish.name == "oplat";
    const Result<till::Shift> shift = compares
                                          ? forms::shift_of(parts_.till, wish.shift)
                                          : forms::shift_for(parts_.till, wish.name, wish.shift);
    if (!shift) return shift.error();
    if (compares) return forms::comparisons_data(parts_.till, *shift, parts_.papers.occasion());
    return forms::shift_data(parts_.till, *shift, parts_.papers.occasion());
}

Result<core::slip::Slip> ReportDesk::make(const Report& wish) {
    const Result<reports::Record> data = data_of(wish);
    if (!data) return data.error();
    return parts_.papers.form(wish.name, *data);
}

}  // namespace linuxcash::terminal
