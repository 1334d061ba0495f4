// SPDX-License-Identifier: Apache-2.0
// Every kind of reply that the simulator of O!плати gives instead of a good one, for every call.
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {
namespace {

using core::Reading;
using core::Reason;
using core::Reply;
using core::Verdict;

constexpr Verdict kNothing = Verdict::Technical;  // proves nothing

// How a preparing step goes on.
enum class Way { Refused, Again, WithoutCard };

struct Row {
    const char* name;
    Reply reply;
    Verdict charge;  // and refund
    Verdict query;
    Verdict undo;
    bool no_list;  // there will be none, ever
    Way session;
    Way ready;
    Way code;
};

Reply refusal(int status, const char* internal_code) {
    return reply(status, error_document(internal_code));
}

std::vector<Row> refusals() {
    constexpr Way kNo = Way::Refused;
    constexpr Way kBare = Way::WithoutCard;
    return {
        {"bad request", refusal(400, "BAD_REQUEST"), Verdict::Declined, kNothing, kNothing, true,
         kNo, kNo, kBare},
        {"session unknown", refusal(400, "SESSION_UNKNOWN"), Verdict::Declined, kNothing, kNothing,
         true, kNo, kNo, kBare},
        {"buyer not there", refusal(400, "CONSUMER_NOT_READY"), Verdict::Declined, kNothing,
         kNothing, true, kNo, kNo, kBare},
        {"above the remainder", refusal(400, "REVERSAL_ABOVE_REMAINDER"), Verdict::Declined,
         kNothing, kNothing, true, kNo, kNo, kBare},
        {"token refused", refusal(401, "TOKEN_INVALID"), Verdict::Declined, kNothing, kNothing,
         true, kNo, kNo, kNo},
        {"token missing", refusal(401, "TOKEN_MISSING"), Verdict::Declined, kNothing, kNothing,
         true, kNo, kNo, kNo},
        {"list refused", refusal(403, "REPORT_REFUSED"), Verdict::Declined, kNothing, kNothing,
         true, kNo, kNo, kNo},
        {"no such payment", refusal(404, "PAYMENT_NOT_FOUND"), Verdict::Declined, Verdict::Gone,
         Verdict::Gone, true, kNo, kNo, kBare},
        {"wrong method", refusal(405, "METHOD_NOT_ALLOWED"), Verdict::Declined, kNothing, kNothing,
         true, kNo, kNo, kBare},
    };
}

std::vector<Row> faults() {
    constexpr Way kAgain = Way::Again;
    std::vector<Row> rows{
        {"duplicate order", refusal(409, "ORDER_NUMBER_DUPLICATE"), kNothing, kNothing,
         Verdict::Conflict, false, kAgain, kAgain, Way::WithoutCard},
        {"too often", refusal(429, "TOO_MANY_REQUESTS"), kNothing, kNothing, kNothing, false,
         kAgain, kAgain, kAgain},
        {"garbage", reply(200, "\x01garbage"), kNothing, kNothing, kNothing, false, Way::Refused,
         kAgain, Way::Refused},
        {"200 000 brackets", reply(200, std::string(200'000, '[')), kNothing, kNothing, kNothing,
         false, Way::Refused, kAgain, Way::Refused},
        {"half of a reply", reply(200, object(1).substr(0, 40)), kNothing, kNothing, kNothing,
         false, Way::Refused, kAgain, Way::Refused},
    };
    for (const int status : {500, 502, 503, 504}) {
        rows.push_back(
            {"fault of the server", refusal(status, "INTERNAL_ERROR"), kNothing, kNothing, kNothing,
             false, kAgain, kAgain, kAgain});
        rows.push_back(
            {"fault before the server", reply(status, "<html>"), kNothing, kNothing, kNothing,
             false, kAgain, kAgain, kAgain});
    }
    return rows;
}

}  // namespace

TEST_GROUP(OplatiErrorClasses) {
    const Oplati gateway{token_settings()};
    const Oplati by_code{token_settings(Mode::BuyersCode)};
    const core::Payment asked = payment();
    const core::Payment given = back();

    void check(const char* row, const char* call, bool holds) {
        if (!holds) FAIL((std::string(row) + ", " + call).c_str());
    }

    void check_way(const Row& row, const Oplati& each, const char* step, Way expected) {
        const core::Prepared outcome = each.prepared(asked, step, row.reply);
        const Way way = std::holds_alternative<core::Refusal>(outcome)    ? Way::Refused
                        : std::holds_alternative<core::TryAgain>(outcome) ? Way::Again
                                                                          : Way::WithoutCard;
        check(row.name, step, way == expected);
    }

    void check_list(const Row& row, const Reading& reading) {
        check(row.name, "list", reading.verdict == kNothing);
        check(row.name, "list", (reading.reason == Reason::Unsupported) == row.no_list);
    }

    void check_row(const Row& row) {
        for (const core::Payment* each : {&asked, &given}) {
            check(row.name, "query", gateway.read_query(*each, row.reply).verdict == row.query);
            check(row.name, "undo", gateway.read_undo(*each, row.reply).verdict == row.undo);
            check_list(row, gateway.read_list(*each, row.reply));
        }
        check(row.name, "charge", gateway.read_charge(asked, row.reply).verdict == row.charge);
        check(row.name, "refund", gateway.read_refund(given, row.reply).verdict == row.charge);
        check_list(row, std::get<Reading>(gateway.read_bookings(row.reply)));
        check_way(row, gateway, "demandPayment", row.session);
        check_way(row, gateway, "consumerStatus", row.ready);
        check_way(row, by_code, "demandPayment", row.code);
    }
};

TEST(OplatiErrorClasses, are_refusals_that_each_call_reads_for_itself) {
    for (const Row& row : refusals())
        check_row(row);
}

TEST(OplatiErrorClasses, are_faults_that_prove_nothing) {
    for (const Row& row : faults())
        check_row(row);
}

TEST(OplatiErrorClasses, are_replies_that_lie) {
    core::Payment known = asked;
    known.payment_id = "500123";
    for (const auto& [what, by] : std::vector<std::pair<const char*, const char*>>{
             {"24.50", "25.50"}, {"1-3-17-KW00000000", "OTHER-0-0-0000000000"}}) {
        const Reply lie = reply(200, replaced(object(1), what, by));
        CHECK(gateway.read_charge(asked, lie).verdict == Verdict::Conflict);
        CHECK(gateway.read_query(known, lie).verdict == Verdict::Conflict);
        CHECK(gateway.read_undo(asked, lie).verdict == Verdict::Conflict);
    }
    CHECK(
        gateway.read_query(known, reply(200, replaced(object(1), "500123", "500223"))).verdict
        == Verdict::Conflict);
}

}  // namespace linuxcash::oplati
