// SPDX-License-Identifier: Apache-2.0
#include "reports/checker.h"

#include <algorithm>
#include <deque>
#include <string>
#include <type_traits>
#include <utility>

#include "base/decimal.h"
#include "base/printable.h"
#include "config/near_match.h"
#include "reports/formats.h"

namespace linuxcash::reports {

namespace {

class Checker {
public:
    explicit Checker(const Shape& record) : record_(record) {}

    std::vector<Text> run(const Block& block) && {
        check(block);
        return std::move(faults_);
    }

private:
    using Scope = std::pair<std::string, const Shape*>;  // a loop's name and what it stands for

    void wrong(const Place& place, Text what) {
        Text fault = place.say(std::move(what));
        if (std::find(faults_.begin(), faults_.end(), fault) != faults_.end()) return;
        faults_.push_back(std::move(fault));
    }

    [[nodiscard]] const Shape* first(const std::string& name) const {
        for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
            if (scope->first == name) return scope->second;
        }
        return record_.find(name);
    }

    [[nodiscard]] std::vector<std::string> names_within(const Shape* shape) const {
        std::vector<std::string> names;
        for (const Shape& each : (shape == nullptr ? record_ : *shape).fields)
            names.push_back(each.name);
        if (shape == nullptr) {
            for (const Scope& scope : scopes_)
                names.push_back(scope.first);
        }
        return names;
    }

    void unknown(const Place& place, const Path& path, std::size_t at, const Shape* within) {
        const std::vector<std::string> names = names_within(within);
        const std::string near = config::near_match(path[at], names);
        std::string known;
        for (const std::string& each : names)
            known += (known.empty() ? "" : ", ") + each;
        Text hint = near.empty() ? tr("есть %1", known) : tr("возможно, %1", near);
        wrong(place, tr("нет поля «%1» (%2): %3", path[at], str(path), std::move(hint)));
    }

    // nullptr: it was said that there is no such field. Lists are stepped into only for summaries.
    const Shape* find(const Place& place, const Path& path, bool into_lists) {
        if (path.empty()) return nullptr;
        const Shape* shape = first(path.front());
        if (shape == nullptr) unknown(place, path, 0, nullptr);
        for (std::size_t at = 1; shape != nullptr && at < path.size(); ++at) {
            if (shape->kind == Kind::List && !into_lists) {
                wrong(
                    place, tr("«%1» — список: его поля доступны внутри <for each=\"…\" in=\"%1\">",
                              shape->name));
                return nullptr;
            }
            const Shape* next = shape->find(path[at]);
            if (next == nullptr && shape->fields.empty()) {
                wrong(place, tr("у поля «%1» нет своих полей (%2)", shape->name, str(path)));
            } else if (next == nullptr) {
                unknown(place, path, at, shape);
            }
            shape = next;
        }
        return shape;
    }

    void check(const Place& place, const Field& field) {
        const bool summary = field.summary != Summary::None;
        const Shape* shape = find(place, field.path, summary);
        if (shape == nullptr) return;
        Kind kind = shape->kind;
        if (field.summary == Summary::Count) {
            if (kind != Kind::List) {
                wrong(place, tr("count считает список, а «%1» не список", str(field.path)));
            }
            kind = Kind::Number;
        } else if (summary && kind != Kind::Number && kind != Kind::Money) {
            return wrong(place, tr("sum складывает числа, а «%1» не число", str(field.path)));
        } else if (kind == Kind::List || kind == Kind::Record) {
            return wrong(
                place,
                tr("«%1» не напечатать само по себе: назовите одно из его полей", str(field.path)));
        }
        if (fits(kind, field.format)) return;
        wrong(
            place, tr("поле «%1» не пишется в формате %2: уберите формат или возьмите другое поле",
                      str(field.path), name(field.format)));
    }

    void check(const Phrase& phrase) {
        for (const auto& part : phrase.parts) {
            if (const auto* field = std::get_if<Field>(&part)) check(phrase.place, *field);
        }
    }

    void check(const Place& place, const IfNode& node) {
        const Shape* shape = find(place, node.condition.field, false);
        const bool compares = node.condition.test == Condition::Test::Equal
                              || node.condition.test == Condition::Test::NotEqual;
        if (shape != nullptr && compares) {
            const bool number = shape->kind == Kind::Number || shape->kind == Kind::Money;
            if (shape->kind != Kind::Text && !number) {
                wrong(
                    place,
                    tr("«%1» не сравнить: сравниваются тексты и числа", str(node.condition.field)));
            } else if (number && !Decimal::parse(node.condition.value)) {
                wrong(
                    place, tr("«%1» — число, а сравнивается с «%2»", str(node.condition.field),
                              printable(node.condition.value)));
            }
        }
        check(node.then);
        check(node.otherwise);
    }

    void check(const Place& place, const ForNode& node) {
        const Shape* shape = find(place, node.in, false);
        if (shape == nullptr) return;
        if (shape->kind != Kind::List) {
            return wrong(place, tr("for идет по списку, а «%1» не список", str(node.in)));
        }
        if (first(node.each) != nullptr) {
            return wrong(
                place, tr("имя «%1» уже занято: возьмите в each другое", printable(node.each)));
        }
        scopes_.emplace_back(node.each, shape);
        lists_.push_back({shape->name, Kind::Record, shape->fields});
        scopes_.back().second = &lists_.back();
        check(node.block);
        lists_.pop_back();
        scopes_.pop_back();
    }

    void check(const Block& block) {
        for (const Node& node : block) {
            std::visit([&](const auto& what) { check_node(node.place, what); }, node.what);
        }
    }

    void check_node(const Place&, const TextNode& node) { check(node.text); }
    void check_node(const Place&, const PairNode& node) {
        check(node.left);
        check(node.right);
    }
    void check_node(const Place&, const ColumnsNode& node) {
        for (const ColumnNode& column : node.columns)
            check(column.text);
    }
    void check_node(const Place&, const QrNode& node) { check(node.data); }
    void check_node(const Place&, const BarcodeNode& node) { check(node.data); }
    void check_node(const Place&, const FixedNode&) {}
    void check_node(const Place& place, const IfNode& node) { check(place, node); }
    void check_node(const Place& place, const ForNode& node) { check(place, node); }

    const Shape& record_;
    std::vector<Scope> scopes_;
    std::deque<Shape> lists_;  // one record of each list that is being gone through
    std::vector<Text> faults_;
};

}  // namespace

std::vector<Text> check_block(const Block& block, const Shape& record) {
    return Checker(record).run(block);
}

}  // namespace linuxcash::reports
