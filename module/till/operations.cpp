// SPDX-License-Identifier: Apache-2.0
// Operations with modules, from before they begin until the module knows our word.
#include <utility>

#include "till/body.h"
#include "till/query.h"
#include "till/till.h"
#include "till/words.h"

namespace linuxcash::till {
namespace {

constexpr const char* kOperationColumns =
    "SELECT id, kind, system, valcode, sumb, currency, uid, checknum, payment, target, word "
    "FROM operation ";

Result<Operation> operation_of(const store::Statement& row) {
    Operation operation;
    const auto id = OperationId::parse(row.text(0));
    const auto kind = core::parse_operation_kind(row.text(1));
    const auto currency = Currency::parse(row.text(5));
    if (!id || !kind || !currency) return damaged(tr("операция %1 не читается", row.text(0)));
    operation.id = *id;
    operation.kind = *kind;
    operation.system = row.text(2);
    operation.valutcode = static_cast<int>(row.integer(3));
    operation.sum = Money(row.integer(4), *currency);
    operation.receipt_uid = row.text(6);
    operation.receipt_number = row.integer(7);
    operation.payment = static_cast<int>(row.integer(8));
    if (!row.is_null(9)) operation.target = OperationId::parse(row.text(9));
    if (!row.is_null(10)) operation.word = core::parse_settled(row.text(10));
    if ((!row.is_null(9) && !operation.target) || (!row.is_null(10) && !operation.word)) {
        return damaged(tr("операция %1 не читается", row.text(0)));
    }
    return operation;
}

Result<std::vector<Operation>> operations_of(Query query) {
    std::vector<Operation> operations;
    const auto read = query.each([&](const store::Statement& row) -> Result<> {
        auto operation = operation_of(row);
        if (!operation) return operation.error();
        operations.push_back(std::move(*operation));
        return Done{};
    });
    if (!read) return read.error();
    return operations;
}

Error no_such_operation(const OperationId& id) {
    return {ErrorCode::NotFound, tr("операции %1 в базе кассы нет", id.brief())};
}

}  // namespace

Result<> store_word(store::Database& database, const Word& word) {
    const auto stored = Query(
                            database,
                            "UPDATE operation SET word = ? WHERE id = ? AND "
                            "(word IS NULL OR word = ?)")
                            .with(core::name(word.settled))
                            .with(word.id)
                            .with(core::name(word.settled))
                            .run();
    if (!stored) return stored;
    if (database.changes() != 0) return Done{};
    const auto known =
        Query(database, "SELECT count(*) FROM operation WHERE id = ?").with(word.id).number();
    if (!known) return known.error();
    if (known->value_or(0) == 0) return no_such_operation(word.id);
    return Error{
        ErrorCode::InvalidInput,
        tr("об операции %1 уже решено иначе, решение не меняется", word.id.brief())};
}

Result<> Till::begin_operation(const Operation& operation) {
    if (auto allowed = body_->owner_only(); !allowed) return allowed;
    return body_->in_transaction([&]() -> Result<> {
        const auto known = Query(body_->database, "SELECT count(*) FROM operation WHERE id = ?")
                               .with(operation.id)
                               .number();
        if (!known) return known.error();
        if (known->value_or(0) != 0) {
            return Error{
                ErrorCode::InvalidInput, tr("операция %1 уже записана", operation.id.brief())};
        }
        const auto word = operation.word
                              ? std::optional<std::string_view>(core::name(*operation.word))
                              : std::nullopt;
        return Query(
                   body_->database,
                   "INSERT INTO operation (id, kind, system, valcode, sumb, currency, uid, "
                   "checknum, payment, target, word) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .with(operation.id)
            .with(core::name(operation.kind))
            .with(operation.system)
            .with(operation.valutcode)
            .with(operation.sum.minor())
            .with(operation.sum.currency().code())
            .with(operation.receipt_uid)
            .with(operation.receipt_number)
            .with(operation.payment)
            .with(operation.target)
            .with(word)
            .run();
    });
}

Result<std::vector<Operation>> Till::open_operations() {
    return operations_of(
        Query(body_->database, std::string(kOperationColumns) + "WHERE closed = 0 ORDER BY place"));
}

Result<std::vector<Operation>> Till::operations_of_shift(std::int64_t shift) {
    Query query(
        body_->database,
        std::string(kOperationColumns)
            + "WHERE uid IN (SELECT uid FROM document WHERE workshiftid = ?) ORDER BY place");
    query.with(shift);
    return operations_of(std::move(query));
}

Result<Operation> Till::operation(const OperationId& id) {
    Query query(body_->database, std::string(kOperationColumns) + "WHERE id = ?");
    query.with(id);
    auto operations = operations_of(std::move(query));
    if (!operations) return operations.error();
    if (operations->empty()) return no_such_operation(id);
    return std::move(operations->front());
}

Result<> Till::put_word(const Word& word) {
    if (auto allowed = body_->owner_only(); !allowed) return allowed;
    return body_->in_transaction([&] { return store_word(body_->database, word); });
}

Result<> Till::close_operation(const OperationId& id) {
    if (auto allowed = body_->owner_only(); !allowed) return allowed;
    store::Database& database = body_->database;
    if (auto relaxed = database.set_synchronous(store::Synchronous::Normal); !relaxed)
        return relaxed;
    const auto closed =
        Query(database, "UPDATE operation SET closed = 1 WHERE id = ?").with(id).run();
    const bool found = database.changes() != 0;
    if (auto full = database.set_synchronous(store::Synchronous::Full); !full) return full;
    if (!closed) return closed;
    if (!found) return no_such_operation(id);
    return Done{};
}

}  // namespace linuxcash::till
