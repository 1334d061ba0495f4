// SPDX-License-Identifier: Apache-2.0
#include "forms/queue.h"

#include <utility>

#include "forms/forms.h"
#include "forms/shapes.h"

namespace linuxcash::forms {

using reports::Kind;
using reports::Record;
using reports::Value;
using reports::Values;

Fields queue_fields() {
    return {
        {"now", Kind::Time},
        {"desk"},
        {"attention"},
        {"debts",
         Kind::List,
         {{"kind"},
          {"system"},
          {"receipt", Kind::Number},
          {"sum", Kind::Money},
          {"since", Kind::Time},
          {"tries", Kind::Number},
          {"error"},
          {"operation"}}}};
}

Record queue_data(const std::vector<Debt>& debts, const Occasion& occasion) {
    Values list;
    bool attention = false;
    for (const Debt& debt : debts) {
        Record record;
        record.set("kind", debt.kind).set("system", debt.system);
        record.set("receipt", Value::of(debt.receipt));
        if (const auto sum = Money::parse(debt.sum, occasion.currency)) record.set("sum", *sum);
        record.set("since", local_time(occasion.now_ms - debt.age_s * 1000));
        record.set("tries", Value::of(debt.tries)).set("error", debt.last_error);
        record.set("operation", debt.operation);
        attention = attention || (!debt.last_error.empty() && !debt.waits_for_link);
        list.emplace_back(std::move(record));
    }
    Record record;
    record.set("now", local_time(occasion.now_ms)).set("desk", occasion.desk);
    record.set("attention", attention ? "yes" : "");
    record.set("debts", std::move(list));
    return record;
}

}  // namespace linuxcash::forms
