// SPDX-License-Identifier: Apache-2.0
#include "host/module_library.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "fakes/fake_paysystem.h"
#include "fakes/temporary_folder.h"
#include "host/module.h"
#include "host/shared_object.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::ErrorCode;
using linuxcash::Result;
using linuxcash::host::check_trusted_file;
using linuxcash::host::Instance;
using linuxcash::host::ModuleLibrary;

namespace {

const linuxcash::host::HostIdentity kIdentity{"/root-of-test", "1", "BYN", "ru"};

std::string error_text(const Result<ModuleLibrary>& result) {
    return result.ok() ? "loaded" : result.error().text.russian();
}

std::string error_text(const Result<>& result) {
    return result.ok() ? "trusted" : result.error().text.russian();
}

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_GROUP(ModuleLibrary) {
    // The modules are copied to a folder of which every part is known; the build folder may be open
    // to a group.
    linuxcash::fakes::TemporaryFolder folder;

    Result<ModuleLibrary> load(const std::string& name) {
        return ModuleLibrary::load(modules(), name, ::getuid());
    }

    std::filesystem::path modules() const {
        return folder.path() / "modules";
    }

    std::filesystem::path put(const std::string& name) {
        std::filesystem::create_directories(modules());
        std::filesystem::permissions(modules(), std::filesystem::perms{0755});
        const std::filesystem::path file = modules() / (name + ".so");
        std::filesystem::copy_file(std::filesystem::path(TEST_MODULES) / (name + ".so"), file);
        std::filesystem::permissions(file, std::filesystem::perms{0755});
        return file;
    }

    void check_refused(const std::string& name, ErrorCode code, const std::string& part) {
        const Result<ModuleLibrary> loaded = load(name);

        CHECK_FALSE_TEXT(loaded.ok(), name.c_str());
        LONGS_EQUAL_TEXT(
            static_cast<int>(code), static_cast<int>(loaded.error().code), name.c_str());
        CHECK_TEXT(mentions(error_text(loaded), part), error_text(loaded).c_str());
    }
};

TEST(ModuleLibrary, loads_a_module_and_reads_what_it_says_of_itself) {
    put("good");

    const Result<ModuleLibrary> loaded = load("good");

    STRCMP_EQUAL("loaded", error_text(loaded).c_str());
    STRCMP_EQUAL("Good", loaded->description().title.c_str());
}

TEST(ModuleLibrary, names_the_file_that_is_missing) {
    put("good");

    check_refused("absent", ErrorCode::NotFound, (modules() / "absent.so").native());
}

TEST(ModuleLibrary, takes_only_plain_names) {
    for (const char* name : {"", "../good", "good.so", "Good", "a/b", "модуль", "a b"}) {
        check_refused(name, ErrorCode::InvalidInput, "не имя модуля");
    }
    check_refused(std::string(65, 'a'), ErrorCode::InvalidInput, "не имя модуля");
}

TEST(ModuleLibrary, refuses_another_major_version) {
    put("next_major");

    check_refused("next_major", ErrorCode::Unsupported, "версии 2");
}

TEST(ModuleLibrary, refuses_a_library_without_the_entry) {
    put("no_entry");

    check_refused("no_entry", ErrorCode::Unsupported, "linuxcash_paysystem");
}

TEST(ModuleLibrary, refuses_a_file_that_is_no_library) {
    std::filesystem::create_directories(modules());
    std::ofstream(modules() / "text.so") << "hello";

    check_refused("text", ErrorCode::Io, "не загрузилась");
}

TEST(ModuleLibrary, refuses_a_table_without_a_version_or_without_create) {
    put("stump");
    put("incomplete");

    check_refused("stump", ErrorCode::Unsupported, "нет таблицы");
    check_refused("incomplete", ErrorCode::Unsupported, "обязательных функций");
}

TEST(ModuleLibrary, refuses_a_module_that_calls_itself_otherwise) {
    put("liar");

    check_refused("liar", ErrorCode::InvalidInput, "somebody-else");
}

TEST(ModuleLibrary, reads_no_further_than_an_older_table_reaches) {
    put("short_table");

    const Result<ModuleLibrary> loaded = load("short_table");

    STRCMP_EQUAL("loaded", error_text(loaded).c_str());
    CHECK(loaded->table().unclaimed == nullptr);
    CHECK(loaded->table().settle == nullptr);
}

TEST(ModuleLibrary, works_with_a_module_that_lacks_the_later_members) {
    put("short_table");
    const Result<ModuleLibrary> loaded = load("short_table");
    Result<Instance> instance = Instance::create(*loaded, kIdentity);

    CHECK(instance.ok());
    CHECK(instance->start().ok());
    CHECK(instance->unclaimed().ok());
    CHECK(instance->settle({}, linuxcash::host::Settled::Kept).ok());
    CHECK_FALSE(instance->next_notice().has_value());
    CHECK_EQUAL(-1, instance->wait_fd());
    CHECK_FALSE(instance->pay({}).ok());
    CHECK(instance->obligations()->empty());
}

TEST(ModuleLibrary, takes_a_newer_table_as_far_as_it_knows_it) {
    put("long_table");

    const Result<ModuleLibrary> loaded = load("long_table");

    STRCMP_EQUAL("loaded", error_text(loaded).c_str());
    CHECK(loaded->table().create != nullptr);
}

TEST(ModuleLibrary, refuses_a_file_that_others_may_write) {
    const std::filesystem::path file = put("good");
    std::filesystem::permissions(file, std::filesystem::perms{0775});

    check_refused("good", ErrorCode::Denied, "good.so не вызывает доверия");

    std::filesystem::permissions(file, std::filesystem::perms{0757});
    check_refused("good", ErrorCode::Denied, "good.so не вызывает доверия");
}

TEST(ModuleLibrary, refuses_a_folder_that_others_may_write) {
    put("good");
    // Sticky or not: here others could add a module.
    std::filesystem::permissions(modules(), std::filesystem::perms{01775});

    check_refused("good", ErrorCode::Denied, "modules не вызывает доверия");
}

TEST(ModuleLibrary, refuses_a_folder_above_that_others_may_write_unless_it_is_sticky) {
    put("good");
    std::filesystem::permissions(folder.path(), std::filesystem::perms{0777});
    check_refused("good", ErrorCode::Denied, "не вызывает доверия");

    std::filesystem::permissions(folder.path(), std::filesystem::perms{01777});

    STRCMP_EQUAL("loaded", error_text(load("good")).c_str());
    std::filesystem::permissions(folder.path(), std::filesystem::perms{0700});
}

TEST(ModuleLibrary, refuses_links_to_the_file_and_in_the_way_to_it) {
    const std::filesystem::path file = put("good");
    std::filesystem::create_symlink(file, modules() / "link.so");
    std::filesystem::create_directory_symlink(modules(), folder.path() / "linked");

    check_refused("link", ErrorCode::InvalidInput, "символическая ссылка");
    const auto loaded = ModuleLibrary::load(folder.path() / "linked", "good", ::getuid());
    CHECK(mentions(error_text(loaded), "символическая ссылка"));
}

TEST(ModuleLibrary, never_looks_in_the_working_directory) {
    put("good");
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());

    const auto loaded = ModuleLibrary::load("modules", "good", ::getuid());

    std::filesystem::current_path(before);
    CHECK(mentions(error_text(loaded), "укажите полный"));
    const auto upwards = ModuleLibrary::load(modules() / ".." / "modules", "good", ::getuid());
    CHECK(mentions(error_text(upwards), "«..»"));
}

TEST(ModuleLibrary, trusts_only_root_and_the_own_user) {
    const std::filesystem::path file = put("good");
    struct stat status {};
    LONGS_EQUAL(0, ::stat(file.c_str(), &status));
    if (status.st_uid == 0) return;  // what root owns is trusted by everybody

    CHECK(mentions(error_text(check_trusted_file(file, status.st_uid + 1)), "владелец"));
}

TEST(ModuleLibrary, refuses_what_a_stranger_owns) {
    const std::filesystem::path file = put("good");
    if (::geteuid() != 0) return;  // only root can give files away
    LONGS_EQUAL(0, ::chown(file.c_str(), 12345, 12345));

    check_refused("good", ErrorCode::Denied, "владелец");
}
