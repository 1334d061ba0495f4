// SPDX-License-Identifier: Apache-2.0
#include "app/token_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/register_root.h"
#include "base/files.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using app::TokenFile;
using app::test::RegisterRoot;

namespace {

const Secret kToken("canary-Tok3n;%&\"$\\ =[x]");

}  // namespace

TEST_GROUP(TokenFile) {
    RegisterRoot root;
    std::filesystem::path path = root.places().token("oplati");
    TokenFile file{path, "OPL000011111"};

    mode_t mode_of(const std::filesystem::path& which) {
        struct stat now {};
        stat(which.c_str(), &now);
        return now.st_mode & 07777;
    }

    std::string text() {
        return read_file(path, 4096).value();
    }

    void check_damaged(std::string_view content) {
        RegisterRoot::write(path, content, 0600);
        const auto loaded = file.load();
        CHECK(!loaded.ok());
        STRCMP_CONTAINS(path.c_str(), loaded.error().text.russian().c_str());
        STRCMP_CONTAINS("удалите файл", loaded.error().text.russian().c_str());
        CHECK(loaded.error().text.russian().find("canary") == std::string::npos);
    }
};

TEST(TokenFile, has_no_token_before_the_first) {
    const auto loaded = file.load();

    CHECK(loaded.ok());
    CHECK_FALSE(loaded->has_value());
}

TEST(TokenFile, gives_back_what_was_saved_whatever_bytes_it_has) {
    CHECK(file.save(kToken).ok());

    const auto loaded = TokenFile(path, "OPL000011111").load();

    CHECK(loaded.ok());
    STRCMP_EQUAL(kToken.reveal().c_str(), (*loaded)->reveal().c_str());
}

TEST(TokenFile, is_closed_to_others_whatever_the_umask) {
    const mode_t former = umask(0);
    CHECK(file.save(kToken).ok());
    umask(former);

    LONGS_EQUAL(0600, mode_of(path));
}

TEST(TokenFile, that_stood_open_is_closed_by_the_next_save) {
    RegisterRoot::write(path, "[Main]\n", 0644);

    CHECK(file.save(kToken).ok());

    LONGS_EQUAL(0600, mode_of(path));
}

TEST(TokenFile, is_replaced_whole_and_leaves_nothing_beside_it) {
    CHECK(file.save(Secret("a much longer token than the one that follows")).ok());
    const UniqueFd former(open(path.c_str(), O_RDONLY | O_CLOEXEC));

    CHECK(file.save(Secret("t2")).ok());

    char byte = 0;
    LONGS_EQUAL(1, read(former.get(), &byte, 1));  // a reader of the old file still has it
    struct stat old {};
    fstat(former.get(), &old);
    LONGS_EQUAL(0, old.st_nlink);
    STRCMP_EQUAL("t2", (*file.load())->reveal().c_str());
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path.parent_path()))
        files += entry.is_regular_file() ? 1 : 0;
    LONGS_EQUAL(1, files);
}

TEST(TokenFile, of_another_register_is_not_used) {
    CHECK(TokenFile(path, "OPL000022222").save(kToken).ok());

    const auto loaded = file.load();

    CHECK(loaded.ok());
    CHECK_FALSE(loaded->has_value());
}

TEST(TokenFile, that_is_damaged_says_so_and_what_to_do) {
    check_damaged("");
    check_damaged("[Main]\nregNum = OPL000011111\n");
    check_damaged("[Main]\nregNum = OPL000011111\ntoken =\n");
    check_damaged("[Main]\ntoken = canary\n");
    check_damaged("canary without any sense\n");
    check_damaged("[Main\ntoken = canary\n");
}

TEST(TokenFile, in_whose_place_a_directory_stands_is_an_error) {
    std::filesystem::create_directory(path);

    CHECK(!file.load().ok());
    CHECK(!file.save(kToken).ok());
    STRCMP_CONTAINS(path.c_str(), file.save(kToken).error().text.russian().c_str());
}

TEST(TokenFile, that_cannot_be_written_says_so_and_keeps_the_former_token) {
    CHECK(file.save(Secret("former")).ok());
    chmod(path.parent_path().c_str(), 0500);

    CHECK(root.holds_for_a_user([&] {
        const auto saved = file.save(kToken);
        const auto loaded = file.load();
        return !saved.ok() && saved.error().code == ErrorCode::Denied
               && saved.error().text.russian().find("canary") == std::string::npos
               && (*loaded)->reveal() == "former";
    }));

    chmod(path.parent_path().c_str(), 0700);
}
