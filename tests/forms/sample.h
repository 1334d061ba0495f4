// SPDX-License-Identifier: Apache-2.0
// Data for any form, made from its shape: everything filled, or nothing. Pure, any thread.
#pragma once

#include <string>

#include "reports/data.h"

namespace linuxcash::forms {

[[nodiscard]] inline reports::Record full_data(const reports::Shape& shape) {
    using reports::Kind;
    reports::Record record;
    for (const reports::Shape& field : shape.fields) {
        switch (field.kind) {
            case Kind::Text:
                record.set(field.name, "Слово «" + field.name + "»");
                break;
            case Kind::Number:
                record.set(field.name, Decimal(12'345, 1));
                break;
            case Kind::Money:
                record.set(field.name, Money(1'234'567, Currency()));
                break;
            case Kind::Time:
                record.set(field.name, reports::Time{2026, 11, 22, 10, 15, 4});
                break;
            case Kind::List:
                record.set(field.name, reports::Values{full_data(field), full_data(field)});
                break;
            case Kind::Record:
                record.set(field.name, full_data(field));
                break;
        }
    }
    return record;
}

}  // namespace linuxcash::forms
