// SPDX-License-Identifier: Apache-2.0
#include "reports/renderer.h"

#include <optional>
#include <string>
#include <utility>

#include "reports/formats.h"
#include "reports/template.h"

namespace linuxcash::reports {

namespace {

class Renderer {
public:
    explicit Renderer(const Record& data) : data_(data) {}

    Result<core::slip::Slip> run(const Block& block) && {
        fill(block);
        if (fault_) return std::move(*fault_);
        return std::move(slip_);
    }

private:
    using Scope = std::pair<std::string, const Value*>;

    void wrong(Error error) {
        if (!fault_) fault_ = std::move(error);
    }

    // Work is counted so that no data makes it endless.
    void step(const Place& place) {
        if (++steps_ <= kStepsMax) return;
        wrong({ErrorCode::TooLarge, place.say(tr("заполнение шаблона длится слишком долго"))});
    }

    void add(const Place& place, core::slip::Element element) {
        if (static_cast<int>(slip_.elements.size()) >= kSlipElementsMax || bytes_ > kSlipBytesMax) {
            return wrong({ErrorCode::TooLarge, place.say(tr("документ слишком длинный"))});
        }
        slip_.elements.push_back(std::move(element));
    }

    // nullptr: the data has it not.
    [[nodiscard]] const Value* first(const std::string& name) const {
        for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
            if (scope->first == name) return scope->second;
        }
        return data_.find(name);
    }

    [[nodiscard]] const Value* find(const Path& path) const {
        const Value* value = path.empty() ? nullptr : first(path.front());
        for (std::size_t at = 1; value != nullptr && at < path.size(); ++at) {
            const auto* record = std::get_if<Record>(&value->what);
            value = record == nullptr ? nullptr : record->find(path[at]);
        }
        return value;
    }

    // ---- Summaries ----

    struct Summing {
        const Place& place;
        const Field& field;
        long long count = 0;
        std::optional<Value> sum = {};
    };

    // `value` is what the first `at` steps of the path lead to.
    void gather(const Value* value, std::size_t at, Summing& summing) {
        step(summing.place);
        if (value == nullptr || fault_) return;
        if (const auto* list = std::get_if<Values>(&value->what)) {
            if (at == summing.field.path.size()) {
                summing.count += static_cast<long long>(list->size());
                return;
            }
            for (const Value& each : *list)
                gather(&each, at, summing);
            return;
        }
        if (at < summing.field.path.size()) {
            const auto* record = std::get_if<Record>(&value->what);
            const Value* inner = record == nullptr ? nullptr : record->find(summing.field.path[at]);
            return gather(inner, at + 1, summing);
        }
        if (summing.field.summary != Summary::Sum) return;
        std::optional<Value> sum = added(summing.sum, *value);
        if (!sum) {
            return wrong(summing.place.error(
                tr("«%1» не сложить: разные валюты, не числа или слишком много",
                   str(summing.field.path))));
        }
        summing.sum = std::move(sum);
    }

    Value summary_of(const Place& place, const Field& field) {
        Summing summing{place, field};
        gather(first(field.path.front()), 1, summing);
        if (field.summary == Summary::Count) return Value::of(summing.count);
        return summing.sum ? *summing.sum : Value::of(0);
    }

    // ---- Phrases ----

    std::string text_of(const Place& place, const Field& field) {
        if (field.summary != Summary::None) return text_of(place, field, summary_of(place, field));
        const Value* value = find(field.path);
        return value == nullptr ? std::string() : text_of(place, field, *value);
    }

    std::string text_of(const Place& place, const Field& field, const Value& value) {
        if (auto text = formatted(value, field.format)) return std::move(*text);
        const std::string_view format = name(field.format);
        wrong(place.error(
            format.empty() ? tr("поле «%1» не напечатать само по себе", str(field.path))
                           : tr("поле «%1» не пишется в формате %2", str(field.path), format)));
        return {};
    }

    std::string text_of(const Phrase& phrase) {
        std::string text;
        for (const auto& part : phrase.parts) {
            const auto* field = std::get_if<Field>(&part);
            text += field == nullptr ? std::get<std::string>(part) : text_of(phrase.place, *field);
        }
        bytes_ += text.size();
        return text;
    }

    // ---- Nodes ----

    void fill(const Block& block) {
        for (const Node& node : block) {
            step(node.place);
            if (fault_) return;
            std::visit([&](const auto& what) { fill(node.place, what); }, node.what);
        }
    }

    void fill(const Place& place, const TextNode& node) {
        core::slip::Text text = node.like;
        text.text = text_of(node.text);
        add(place, std::move(text));
    }

    void fill(const Place& place, const PairNode& node) {
        core::slip::Pair pair = node.like;
        pair.left = text_of(node.left);
        pair.right = text_of(node.right);
        add(place, std::move(pair));
    }

    void fill(const Place& place, const ColumnsNode& node) {
        core::slip::Columns columns = node.like;
        for (const ColumnNode& each : node.columns) {
            core::slip::Column column = each.like;
            column.text = text_of(each.text);
            columns.columns.push_back(std::move(column));
        }
        add(place, std::move(columns));
    }

    // A code of nothing is no code.
    void fill(const Place& place, const QrNode& node) {
        core::slip::QrCode code = node.like;
        code.data = text_of(node.data);
        if (!code.data.empty()) add(place, std::move(code));
    }

    void fill(const Place& place, const BarcodeNode& node) {
        core::slip::Barcode code = node.like;
        code.data = text_of(node.data);
        if (!code.data.empty()) add(place, std::move(code));
    }

    void fill(const Place& place, const FixedNode& node) { add(place, node.element); }

    [[nodiscard]] bool holds(const Condition& condition) const {
        const Value* value = find(condition.field);
        switch (condition.test) {
            case Condition::Test::Filled:
                return value != nullptr && value->filled();
            case Condition::Test::Missing:
                return value == nullptr || !value->filled();
            case Condition::Test::Equal:
                return value == nullptr ? condition.value.empty() : same(*value, condition.value);
            case Condition::Test::NotEqual:
                return value == nullptr ? !condition.value.empty() : !same(*value, condition.value);
        }
        return false;
    }

    void fill(const Place&, const IfNode& node) {
        fill(holds(node.condition) ? node.then : node.otherwise);
    }

    void fill(const Place& place, const ForNode& node) {
        const Value* value = find(node.in);
        if (value == nullptr) return;
        const auto* list = std::get_if<Values>(&value->what);
        if (list == nullptr) {
            return wrong(place.error(tr("for идет по списку, а «%1» не список", str(node.in))));
        }
        for (const Value& each : *list) {
            step(place);
            if (fault_) return;
            scopes_.emplace_back(node.each, &each);
            fill(node.block);
            scopes_.pop_back();
        }
    }

    const Record& data_;
    std::vector<Scope> scopes_;
    core::slip::Slip slip_;
    std::size_t bytes_ = 0;
    int steps_ = 0;
    std::optional<Error> fault_;
};

}  // namespace

Result<core::slip::Slip> fill_block(const Block& block, const Record& data) {
    return Renderer(data).run(block);
}

}  // namespace linuxcash::reports
