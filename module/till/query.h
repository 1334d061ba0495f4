// SPDX-License-Identifier: Apache-2.0
// One SQL statement with its values bound in order; the first failure is remembered and comes out
// at the end. For this folder's sources; one thread.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "base/operation_id.h"
#include "base/result.h"
#include "store/database.h"

namespace linuxcash::till {

class Query {
public:
    Query(store::Database& database, std::string_view sql) : statement_(database.prepare(sql)) {}

    Query& with(std::string_view text) {
        if (statement_) statement_->bind(++bound_, text);
        return *this;
    }
    // No silent conversions: a pointer or a wider type would be bound as something else.
    template <std::integral Number>
    Query& with(Number number) {
        if (statement_) statement_->bind(++bound_, std::int64_t{number});
        return *this;
    }
    Query& with(const OperationId& id) { return with(id.hex()); }
    template <typename Value>
    Query& with(const std::optional<Value>& value) {
        if (value) return with(*value);
        if (statement_) statement_->bind_null(++bound_);
        return *this;
    }

    // For statements that give no rows.
    [[nodiscard]] Result<> run() {
        if (!statement_) return statement_.error();
        return statement_->run();
    }

    // Calls `row` for each row, until it fails.
    [[nodiscard]] Result<> each(const std::function<Result<>(const store::Statement&)>& row) {
        if (!statement_) return statement_.error();
        for (;;) {
            const auto stepped = statement_->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return Done{};
            if (auto taken = row(*statement_); !taken) return taken;
        }
    }

    // The first column of the first row; nullopt when there is no row, or null in it.
    [[nodiscard]] Result<std::optional<std::int64_t>> number() {
        if (!statement_) return statement_.error();
        const auto stepped = statement_->step();
        if (!stepped) return stepped.error();
        if (!*stepped || statement_->is_null(0)) return std::optional<std::int64_t>{};
        return std::optional(statement_->integer(0));
    }

private:
    Result<store::Statement> statement_;
    int bound_ = 0;
};

}  // namespace linuxcash::till
