// SPDX-License-Identifier: Apache-2.0
#include "forms/operation.h"

#include "forms/forms.h"
#include "forms/shapes.h"

namespace linuxcash::forms {

using reports::Kind;
using reports::Record;
using reports::Value;

Fields operation_fields() {
    return {
        {"now", Kind::Time},
        {"desk"},
        {"shift", Kind::Number},
        {"receipt", Kind::Number},
        {"cashier"},
        {"type"},
        {"system"},
        {"sum", Kind::Money},
        {"gateway_id"},
        {"operation"},
        {"text"},
        {"owed"}};
}

// Of a loyalty server's answer.
Fields loyalty_fields() {
    return {
        {"now", Kind::Time},
        {"desk"},
        {"shift", Kind::Number},
        {"receipt", Kind::Number},
        {"cashier"},
        {"program"},
        {"card"},
        {"owner"},
        {"discount", Kind::Money},
        {"spent", Kind::Number},
        {"earned", Kind::Number},
        {"balance", Kind::Number},
        {"messages", Kind::List, {{"text"}}},
        {"operation"},
        {"owed"}};
}

Record operation_data(const OperationEnd& end, const Occasion& occasion) {
    Record record;
    record.set("now", local_time(occasion.now_ms)).set("desk", occasion.desk);
    record.set("shift", Value::of(end.shift)).set("cashier", end.cashier);
    record.set("receipt", Value::of(end.operation.receipt_number)).set("type", end.type);
    record.set("system", end.operation.system).set("sum", end.operation.sum);
    record.set("gateway_id", end.gateway_id).set("operation", end.operation.id.hex());
    record.set("text", end.text).set("owed", end.owed ? "yes" : "");
    return record;
}

}  // namespace linuxcash::forms
