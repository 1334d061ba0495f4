// SPDX-License-Identifier: Apache-2.0
#include "journal/answer.h"

#include <optional>
#include <utility>

#include "json/json.h"

namespace linuxcash::journal {

namespace {

std::optional<DebtTold> debt_in(const json::Value& value) {
    const auto operation = value.string("operation");
    const auto tries = value.integer("tries");
    const auto blocks = value.boolean("blocks");
    const auto error = value.string("error");
    if (!operation || !tries || !blocks || !error) return std::nullopt;
    const auto id = OperationId::parse(*operation);
    if (!id) return std::nullopt;
    return DebtTold{*id, *tries, *blocks, *error};
}

}  // namespace

std::string encode_answer(const std::vector<core::Standing>& standings) {
    json::Value all = json::Array{};
    for (const core::Standing& each : standings)
        all.push(json::object(
            {{"operation", each.operation.hex()},
             {"tries", each.tries},
             {"blocks", each.blocks},
             {"error", each.last_error.russian()}}));
    return all.str();
}

Result<std::vector<DebtTold>> decode_answer(std::string_view body) {
    const Error damaged{ErrorCode::Damaged, tr("ответ работающей программы не читается")};
    const auto document = json::parse(body);
    const json::Array* list = document ? document->array() : nullptr;
    if (list == nullptr) return damaged;
    std::vector<DebtTold> all;
    for (const json::Value& each : *list) {
        auto told = debt_in(each);
        if (!told) return damaged;
        all.push_back(std::move(*told));
    }
    return all;
}

}  // namespace linuxcash::journal
