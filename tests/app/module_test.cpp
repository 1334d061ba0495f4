// SPDX-License-Identifier: Apache-2.0
// A module and its data: one owner, and a journal that is read or left alone.
#include "app/module.h"

#include <string>

#include "app/register_root.h"
#include "store/database.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using app::test::RegisterRoot;

TEST_GROUP(ModuleData) {
    RegisterRoot root;
    std::filesystem::path journal = root.places().journal("oplati");

    void setup() override {
        root.configure();
    }

    std::string refusal(ErrorCode code) {
        const auto module = root.create();
        CHECK(!module.ok());
        if (module.ok()) return {};
        const std::string text = module.error().text.russian();
        CHECK_TEXT(module.error().code == code, text.c_str());
        STRCMP_CONTAINS(text.c_str(), root.log().c_str());
        return text;
    }
};

TEST(ModuleData, has_one_owner) {
    const auto first = root.create();
    CHECK(first.ok());

    const std::string text = refusal(ErrorCode::Busy);

    STRCMP_CONTAINS("oplati", text.c_str());
    STRCMP_CONTAINS("завершите", text.c_str());
}

TEST(ModuleData, is_free_again_when_its_owner_has_gone) {
    CHECK(root.create().ok());

    CHECK(root.create().ok());
}

TEST(ModuleData, of_a_newer_version_is_left_untouched) {
    CHECK(root.create().ok());
    {
        auto database = store::Database::open(journal, {});
        CHECK(database->set_user_version(99).ok());
    }

    const std::string text = refusal(ErrorCode::Unsupported);

    STRCMP_CONTAINS(journal.c_str(), text.c_str());
    STRCMP_CONTAINS("99", text.c_str());
    CHECK(std::filesystem::exists(journal));
}

TEST(ModuleData, that_is_damaged_is_reported_with_its_remedy) {
    CHECK(root.create().ok());
    RegisterRoot::write(journal, std::string(4096, '?'), 0640);

    const std::string text = refusal(ErrorCode::Damaged);

    STRCMP_CONTAINS(journal.c_str(), text.c_str());
    STRCMP_CONTAINS("paysysctl", text.c_str());
}

TEST(ModuleData, in_whose_place_a_directory_stands_is_no_matter_of_settings) {
    CHECK(root.create().ok());
    std::filesystem::remove(journal);
    std::filesystem::create_directory(journal);

    STRCMP_CONTAINS(journal.c_str(), refusal(ErrorCode::Io).c_str());
}

TEST(ModuleData, that_may_not_be_written_is_reported) {
    chmod(root.places().data().c_str(), 0500);

    CHECK(root.holds_for_a_user([&] {
        const auto module = root.create();
        return !module.ok() && module.error().code == ErrorCode::Denied;
    }));

    chmod(root.places().data().c_str(), 0750);
}

TEST(ModuleData, with_a_damaged_token_does_not_start_and_says_why) {
    RegisterRoot::write(root.places().token("oplati"), "[Main]\nregNum = OPL000011111\n", 0600);
    auto module = root.create();
    CHECK(module.ok());

    const Result<> started = (*module)->start();

    CHECK(!started.ok());
    STRCMP_CONTAINS(root.places().token("oplati").c_str(), started.error().text.russian().c_str());
    CHECK_FALSE((*module)->instance().started());
}
