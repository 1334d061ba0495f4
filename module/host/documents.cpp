// SPDX-License-Identifier: Apache-2.0
#include "host/documents.h"

#include <array>
#include <limits>
#include <utility>

namespace linuxcash::host {

namespace {

Error wrong_shape(Text text) {
    return Error{ErrorCode::InvalidInput, std::move(text)};
}

std::string text_of(const json::Value& object, std::string_view key) {
    return object.string(key).value_or(std::string());
}

int int_of(const json::Value& object, std::string_view key) {
    const std::int64_t number = object.integer(key).value_or(0);
    const bool fits =
        number >= std::numeric_limits<int>::min() && number <= std::numeric_limits<int>::max();
    return fits ? static_cast<int>(number) : 0;
}

json::Value document_of(const json::Value& object, std::string_view key) {
    const json::Value* found = object.find(key);
    return found == nullptr ? json::Value() : *found;
}

std::vector<std::string> words_of(const json::Value& object, std::string_view key) {
    std::vector<std::string> words;
    const json::Array* items = object.array(key);
    if (items == nullptr) return words;
    for (const json::Value& item : *items) {
        if (const auto word = item.string()) words.push_back(*word);
    }
    return words;
}

std::optional<Money> sum_of(const json::Value& object) {
    const auto currency = Currency::parse(text_of(object, "currency"));
    if (!currency) return std::nullopt;
    return Money::parse(text_of(object, "sum"), *currency);
}

std::optional<SettingType> setting_type(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, SettingType>, 5> kTypes{{
        {"string", SettingType::String},
        {"url", SettingType::Url},
        {"integer", SettingType::Integer},
        {"boolean", SettingType::Boolean},
        {"choice", SettingType::Choice},
    }};
    for (const auto& [candidate, type] : kTypes) {
        if (candidate == word) return type;
    }
    return std::nullopt;
}

Result<Setting> read_setting(const json::Value& object) {
    Setting setting;
    setting.section = text_of(object, "section");
    setting.key = text_of(object, "key");
    const std::string type = text_of(object, "type");
    const auto known_type = setting_type(type);
    if (setting.key.empty()) return wrong_shape(tr("настройка без имени в описании модуля"));
    if (!known_type) {
        return wrong_shape(
            tr("неизвестный вид %1 настройки %2 в описании модуля", type, setting.key));
    }
    setting.type = *known_type;
    setting.default_value = text_of(object, "default");
    setting.min = object.integer("min");
    setting.max = object.integer("max");
    setting.unit = text_of(object, "unit");
    setting.secret = object.boolean("secret").value_or(false);
    setting.file = object.string("file").value_or("settings");
    setting.doc = text_of(object, "doc");
    if (const json::Array* choices = object.array("choices")) {
        for (const json::Value& choice : *choices) {
            setting.choices.push_back({text_of(choice, "value"), text_of(choice, "doc")});
        }
    }
    return setting;
}

// Reads an array of objects, each with an operation's id.
template <typename Item, typename Read>
Result<std::vector<Item>> read_list(std::string_view document, const Read& read) {
    const Result<json::Value> parsed = json::parse(document);
    if (!parsed) return parsed.error();
    const json::Array* array = parsed->array();
    if (array == nullptr) return wrong_shape(tr("модуль вместо списка вернул другой документ"));
    std::vector<Item> items;
    for (const json::Value& object : *array) {
        const auto id = OperationId::parse(text_of(object, "operation"));
        if (!id) return wrong_shape(tr("в списке модуля операция без номера"));
        items.push_back(read(object, *id));
    }
    return items;
}

Unclaimed read_unclaimed_item(const json::Value& object, const OperationId& id) {
    Unclaimed item;
    item.operation = id;
    item.kind = text_of(object, "kind");
    item.type = int_of(object, "type");
    item.receipt_uid = text_of(object, "receipt");
    item.receipt_number = object.integer("receipt_number").value_or(0);
    item.sum = sum_of(object);
    item.outcome = parse_outcome(text_of(object, "outcome"));
    item.owed = object.boolean("owed").value_or(false);
    item.gateway_id = text_of(object, "gateway_id");
    item.text = text_of(object, "text");
    item.slip = document_of(object, "slip");
    item.report_info = document_of(object, "report_info");
    return item;
}

Obligation read_obligation_item(const json::Value& object, const OperationId& id) {
    Obligation item;
    item.operation = id;
    item.kind = text_of(object, "kind");
    item.system = text_of(object, "system");
    item.type = int_of(object, "type");
    item.receipt_uid = text_of(object, "receipt");
    item.receipt_number = object.integer("receipt_number").value_or(0);
    item.sum = text_of(object, "sum");
    item.age_s = object.integer("age").value_or(0);
    item.tries = object.integer("tries").value_or(0);
    item.last_error = text_of(object, "lastError");
    item.waits_for_link = object.boolean("waitsForLink").value_or(false);
    item.blocks = object.boolean("blocks").value_or(false);
    return item;
}

}  // namespace

Result<Description> read_description(std::string_view document) {
    const Result<json::Value> parsed = json::parse(document);
    if (!parsed) return parsed.error();
    const json::Value& object = *parsed;
    Description description;
    description.name = text_of(object, "name");
    if (description.name.empty()) return wrong_shape(tr("модуль не назвал своего имени"));
    description.title = object.string("title").value_or(description.name);
    description.version = text_of(object, "version");
    description.currencies = words_of(object, "currencies");
    description.abilities = words_of(object, "abilities");
    description.operations = words_of(object, "operations");
    if (const json::Array* types = object.array("types")) {
        for (const json::Value& type : *types) {
            description.types.push_back({text_of(type, "key"), text_of(type, "title")});
        }
    }
    const json::Array* settings = object.array("settings");
    if (settings == nullptr) return description;
    for (const json::Value& item : *settings) {
        Result<Setting> setting = read_setting(item);
        if (!setting) return setting.error();
        description.settings.push_back(std::move(*setting));
    }
    return description;
}

Result<std::vector<Unclaimed>> read_unclaimed(std::string_view document) {
    return read_list<Unclaimed>(document, read_unclaimed_item);
}

Result<std::vector<Obligation>> read_obligations(std::string_view document) {
    return read_list<Obligation>(document, read_obligation_item);
}

}  // namespace linuxcash::host
