// SPDX-License-Identifier: Apache-2.0
// The documents that the module writes are those that documents.md describes, member for member.
#include <fstream>
#include <sstream>
#include <vector>

#include "entry/shop.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::entry::test;

namespace {

// The example below that heading.
json::Value example_of(const std::string& heading) {
    std::ostringstream text;
    text << std::ifstream(DOCUMENTS_MD).rdbuf();
    const std::string all = text.str();
    const std::size_t begin = all.find("```json\n", all.find("## " + heading)) + 8;
    const auto parsed = json::parse(all.substr(begin, all.find("\n```", begin) - begin));
    CHECK_TEXT(parsed.ok(), heading.c_str());
    return *parsed;
}

std::string members(const json::Value& value) {
    std::string names;
    CHECK(value.object() != nullptr);
    for (const auto& [name, member] : *value.object())
        names += name + ":" + std::to_string(static_cast<int>(member.kind())) + " ";
    return names;
}

// Every member of ours is in the example, of the same kind.
void check_known(const json::Value& ours, const json::Value& example) {
    for (const auto& [name, member] : *ours.object()) {
        const json::Value* described = example.find(name);
        CHECK_TEXT(described != nullptr, name.c_str());
        CHECK_TEXT(described->kind() == member.kind(), name.c_str());
    }
}

}  // namespace

TEST_GROUP(ModuleDocuments) {
    Shop shop;
};

TEST(ModuleDocuments, describe_is_as_described) {
    const auto described = json::parse(module().describe());
    const json::Value example = example_of("`describe`");

    CHECK(described.ok());
    STRCMP_EQUAL(members(example).c_str(), members(*described).c_str());
    STRCMP_EQUAL("oplati", described->string("name").value_or("").c_str());
    STRCMP_EQUAL("О!плати", described->string("title").value_or("").c_str());
    STRCMP_EQUAL(
        members((*example.array("types"))[0]).c_str(),
        members((*described->array("types"))[0]).c_str());
    for (const char* list : {"abilities", "operations"}) {
        STRCMP_EQUAL(
            json::Value(*example.array(list)).str().c_str(),
            json::Value(*described->array(list)).str().c_str());
    }
}

TEST(ModuleDocuments, describe_needs_no_instance_and_stays) {
    const char* first = module().describe();

    shop.open();

    POINTERS_EQUAL(first, module().describe());
}

TEST(ModuleDocuments, describe_promises_only_operations_that_are_there) {
    CHECK(payment().pay != nullptr);
    CHECK(payment().undo != nullptr);
    CHECK(payment().refund != nullptr);
    CHECK(payment().refund_undo != nullptr);
    CHECK(payment().refund_free == nullptr);
    CHECK(reconciliation().totals != nullptr);
    CHECK(loyalty().card != nullptr);
    CHECK(loyalty().calculate == nullptr);
}

TEST(ModuleDocuments, every_setting_is_described_whole) {
    const auto described = json::parse(module().describe());
    const json::Value example = (*example_of("`describe`").array("settings"))[0];
    std::vector<std::string> keys;

    for (const json::Value& setting : *described->array("settings")) {
        keys.push_back(setting.string("key").value_or(""));
        for (const char* always : {"section", "key", "type", "default", "secret", "file", "doc"})
            CHECK_TEXT(setting.find(always) != nullptr, keys.back().c_str());
        CHECK_TEXT(!setting.string("doc").value_or("").empty(), keys.back().c_str());
        const std::string type = setting.string("type").value_or("");
        CHECK_EQUAL(type == "choice", setting.array("choices") != nullptr);
        CHECK_TEXT(type != "integer" || setting.integer("max").has_value(), keys.back().c_str());
        CHECK_EQUAL(
            setting.boolean("secret").value_or(false),
            setting.string("file").value_or("") == "secrets");
        for (const auto& [name, member] : *setting.object())
            CHECK_TEXT(name == "choices" || example.find(name) != nullptr, name.c_str());
    }

    for (const char* key : {"url", "timeout", "regNum", "mode", "password", "ca_file"})
        CHECK_TEXT(std::count(keys.begin(), keys.end(), key) == 1, key);
}

TEST(ModuleDocuments, unclaimed_lists_what_nobody_settled) {
    shop.open();
    const Sale sale(7, 2450);
    const Ending ending = shop.pay(sale).finish();

    const json::Value list = shop.unclaimed();
    const json::Value& entry = list.array()->front();

    check_known(entry, (*example_of("`unclaimed`").array())[0]);
    STRCMP_EQUAL(hex(sale.id).c_str(), entry.string("operation").value_or("").c_str());
    STRCMP_EQUAL("pay", entry.string("kind").value_or("").c_str());
    LONGS_EQUAL(20, entry.integer("type").value_or(0));
    STRCMP_EQUAL("receipt-7", entry.string("receipt").value_or("").c_str());
    LONGS_EQUAL(7, entry.integer("receipt_number").value_or(0));
    STRCMP_EQUAL("24.50", entry.string("sum").value_or("").c_str());
    STRCMP_EQUAL("BYN", entry.string("currency").value_or("").c_str());
    STRCMP_EQUAL("approved", entry.string("outcome").value_or("").c_str());
    CHECK_FALSE(entry.boolean("owed").value_or(true));
    STRCMP_EQUAL(ending.gateway_id.c_str(), entry.string("gateway_id").value_or("").c_str());
}

TEST(ModuleDocuments, unclaimed_survives_a_restart) {
    shop.open();
    static_cast<void>(shop.pay(Sale(7)).finish());
    const std::string before = shop.unclaimed().str();
    shop.close();

    shop.open();

    STRCMP_EQUAL(before.c_str(), shop.unclaimed().str().c_str());
}

TEST(ModuleDocuments, a_running_charge_is_pending_and_unclaimed) {
    shop.rule(R"({"on":"charge","delayMs":100})");
    shop.open();
    Talk talk = shop.pay(Sale(1));
    shop.wait_until_charging();

    const json::Value list = shop.unclaimed();

    STRCMP_EQUAL("pending", list.array()->front().string("outcome").value_or("").c_str());
    LONGS_EQUAL(LC_OUTCOME_APPROVED, talk.finish().outcome);
}

TEST(ModuleDocuments, the_queue_lists_what_is_owed_and_why_it_waits) {
    shop.rule(R"({"on":"any","skip":3,"times":-1,"commit":false,"fault":"reset"})");
    shop.settings += "doubt_wait_s = 1\n";
    shop.open();
    const Sale sale(7, 2450);
    LONGS_EQUAL(LC_OUTCOME_UNKNOWN, shop.pay(sale).finish().outcome);
    static_cast<void>(shop.notice("queue"));

    const json::Value list = shop.obligations();
    const json::Value& entry = list.array()->front();

    const json::Value example = (*example_of("obligations").array())[0];
    check_known(entry, example);
    LONGS_EQUAL(example.object()->size(), entry.object()->size());
    STRCMP_EQUAL(hex(sale.id).c_str(), entry.string("operation").value_or("").c_str());
    STRCMP_EQUAL("undo", entry.string("kind").value_or("").c_str());
    STRCMP_EQUAL("oplati", entry.string("system").value_or("").c_str());
    STRCMP_EQUAL("24.50", entry.string("sum").value_or("").c_str());
    CHECK(entry.integer("age").value_or(-1) >= 0);
    CHECK(entry.integer("tries").value_or(0) >= 1);
    CHECK_FALSE(entry.string("lastError").value_or("").empty());
    CHECK(entry.boolean("waitsForLink").value_or(false));
    CHECK(entry.boolean("blocks").value_or(false));
}

TEST(ModuleDocuments, what_is_owed_blocks_further_payments_and_is_pushed_on_demand) {
    shop.rule(R"({"on":"any","skip":3,"times":-1,"commit":false,"fault":"reset"})");
    shop.settings += "doubt_wait_s = 1\n";
    shop.open();
    static_cast<void>(shop.pay(Sale(7)).finish());

    const Ending blocked = shop.pay(Sale(8)).finish();

    LONGS_EQUAL(LC_OUTCOME_REFUSED, blocked.outcome);
    STRCMP_EQUAL("blocked", blocked.reason.c_str());
    STRCMP_EQUAL(
        "Возможность проведения операций с использованием платежной системы \"O!плати\" временно "
        "недоступна",
        blocked.text.c_str());
    LONGS_EQUAL(LC_OK, queue().push(shop.instance()));
}

TEST(ModuleDocuments, a_slip_has_the_members_of_its_description) {
    shop.open();
    const Ending ending = shop.pay(Sale(1)).finish();
    const json::Value example = example_of("slip");

    const auto slip = json::parse(ending.slip);

    CHECK(slip.ok());
    CHECK(!slip->array("elements")->empty());
    for (const json::Value& element : *slip->array("elements")) {
        const std::string type = element.string("type").value_or("text");
        bool found = false;
        for (const json::Value& described : *example.array("elements"))
            found = found || described.string("type") == type;
        CHECK_TEXT(found, type.c_str());
    }
}
