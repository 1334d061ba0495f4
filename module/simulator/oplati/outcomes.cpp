// SPDX-License-Identifier: Apache-2.0
#include "simulator/oplati/outcomes.h"

#include <array>

namespace linuxcash::simulator::oplati {

namespace {

enum class Kind { Ends, Lies, Refused, RefusedAfter, Fault, FaultBefore };

struct Entry {
    Outcome outcome;
    Kind kind;
    int number;  // a status of the payment, or of HTTP
    const char* lie;
    Fault fault;
};

constexpr Entry ends(int kopecks, int status, const char* meaning) {
    return {{kopecks, meaning}, Kind::Ends, status, "", Fault::None};
}
constexpr Entry lies(int kopecks, const char* lie, const char* meaning) {
    return {{kopecks, meaning}, Kind::Lies, 0, lie, Fault::None};
}
constexpr Entry answers(int kopecks, int http, const char* meaning) {
    return {{kopecks, meaning}, Kind::Refused, http, "", Fault::None};
}
constexpr Entry breaks(int kopecks, Fault fault, const char* meaning) {
    return {{kopecks, meaning}, Kind::Fault, 0, "", fault};
}

constexpr std::array kTable{
    ends(1, 2, "покупатель отказался (статус 2)"),
    ends(2, 3, "не хватает денег (статус 3)"),
    ends(3, 4, "покупатель не подтвердил вовремя (статус 4)"),
    ends(4, 5, "система сама отменила платёж (статус 5)"),
    ends(5, 0, "платёж навсегда остаётся в обработке (статус 0)"),
    ends(6, 9, "неизвестный статус 9, деньги не списаны"),
    lies(7, "sum", "оплачено, но в ответах другая сумма"),
    lies(8, "orderNumber", "оплачено, но в ответах номер другого заказа"),
    lies(9, "paymentId", "оплачено, но в ответах на опрос другой paymentId"),
    answers(11, 400, "HTTP 400, ничего не сделано"),
    answers(12, 500, "HTTP 500, ничего не сделано"),
    Entry{{13, "HTTP 500, но платёж создан"}, Kind::RefusedAfter, 500, "", Fault::None},
    breaks(14, Fault::Reset, "платёж создан, ответ потерян (обрыв соединения)"),
    Entry{{15, "обрыв соединения, ничего не сделано"}, Kind::FaultBefore, 0, "", Fault::Reset},
    breaks(16, Fault::Silence, "платёж создан, ответа нет вовсе"),
    breaks(
        17, Fault::LateCommit,
        "ответа нет; платёж создаётся через --late-commit-ms после ухода клиента"),
    breaks(18, Fault::Garbage, "платёж создан, вместо JSON — мусор"),
    breaks(19, Fault::Endless, "платёж создан, ответ бесконечен (1 ГиБ)"),
    breaks(20, Fault::Deep, "платёж создан, JSON чрезмерной вложенности"),
    answers(21, 401, "HTTP 401, ничего не сделано"),
    answers(22, 403, "HTTP 403, ничего не сделано"),
    answers(23, 409, "HTTP 409, ничего не сделано"),
    answers(24, 429, "HTTP 429, ничего не сделано"),
    answers(25, 503, "HTTP 503, ничего не сделано"),
    answers(26, 502, "HTTP 502, ничего не сделано"),
    answers(27, 504, "HTTP 504, ничего не сделано"),
    breaks(28, Fault::Half, "платёж создан, ответ обрывается на середине"),
    breaks(29, Fault::Close, "платёж создан, соединение закрыто без ответа"),
};

constexpr auto kOutcomes = [] {
    std::array<Outcome, kTable.size()> list{};
    for (std::size_t i = 0; i < kTable.size(); ++i) {
        list[i] = kTable[i].outcome;
    }
    return list;
}();

Effect effect_of(const Entry& entry) {
    Effect effect;
    switch (entry.kind) {
        case Kind::Ends:
            effect.status = entry.number;
            break;
        case Kind::Lies:
            effect.lie = entry.lie;
            break;
        case Kind::Refused:
            effect.http = entry.number;
            effect.commit = false;
            break;
        case Kind::RefusedAfter:
            effect.http = entry.number;
            break;
        case Kind::Fault:
            effect.delivery.fault = entry.fault;
            break;
        case Kind::FaultBefore:
            effect.delivery.fault = entry.fault;
            effect.commit = false;
            break;
    }
    return effect;
}

}  // namespace

std::span<const Outcome> outcomes() {
    return kOutcomes;
}

std::optional<Effect> effect_of_sum(Money sum) {
    constexpr std::int64_t kMinorPerMajor = 100;
    for (const Entry& entry : kTable) {
        if (sum.minor() % kMinorPerMajor == entry.outcome.kopecks) return effect_of(entry);
    }
    return std::nullopt;
}

}  // namespace linuxcash::simulator::oplati
