// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::ErrorCode;
using linuxcash::FileLock;
using linuxcash::make_folders;
using linuxcash::Owner;
using linuxcash::read_file;
using linuxcash::UniqueFd;
using linuxcash::write_file;

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLimit = 1000;
constexpr uid_t kStranger = 65534;

fs::path new_folder() {
    std::string name = (fs::temp_directory_path() / "linuxcash-files-XXXXXX").native();
    return ::mkdtemp(name.data());
}

mode_t mode_of(const fs::path& path) {
    struct stat now {};
    return ::lstat(path.c_str(), &now) == 0 ? now.st_mode & 07777U : 0;
}

Owner owner_of(const fs::path& path) {
    struct stat now {};
    return ::lstat(path.c_str(), &now) == 0 ? Owner{now.st_uid, now.st_gid} : Owner{0, 0};
}

bool is_root() {
    return ::geteuid() == 0;
}

// Root may read and write everything, so it becomes somebody else for a while.
class Powerless {
public:
    Powerless() {
        if (root_ && ::seteuid(kStranger) != 0) std::abort();
    }
    Powerless(const Powerless&) = delete;
    Powerless& operator=(const Powerless&) = delete;
    ~Powerless() {
        if (root_ && ::seteuid(0) != 0) std::abort();
    }

private:
    bool root_ = is_root();
};

std::size_t entries_in(const fs::path& folder) {
    std::size_t count = 0;
    for (auto entry = fs::directory_iterator(folder); entry != fs::directory_iterator(); ++entry)
        ++count;
    return count;
}

}  // namespace

TEST_GROUP(Files) {
    fs::path folder = new_folder();
    fs::path file = folder / "settings.conf";

    void teardown() override {
        fs::remove_all(folder);
    }

    void put(const fs::path& path, const std::string& bytes, mode_t mode) {
        const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
        CHECK(fd.valid());
        LONGS_EQUAL(bytes.size(), ::write(fd.get(), bytes.data(), bytes.size()));
        LONGS_EQUAL(0, ::fchmod(fd.get(), mode));
    }

    std::string text_of(const fs::path& path) {
        const auto bytes = read_file(path, kLimit);
        return bytes ? bytes.value() : "error: " + bytes.error().text.russian();
    }
};

TEST(Files, reads_a_whole_file) {
    put(file, "первая\nвторая\n", 0644);

    STRCMP_EQUAL("первая\nвторая\n", text_of(file).c_str());
}

TEST(Files, reads_a_file_of_just_the_limit_and_none_above_it) {
    put(file, std::string(kLimit, 'x'), 0644);
    CHECK(read_file(file, kLimit).ok());

    const auto result = read_file(file, kLimit - 1);

    CHECK(result.error().code == ErrorCode::TooLarge);
}

TEST(Files, names_the_missing_file) {
    const auto result = read_file(file, kLimit);

    CHECK(result.error().code == ErrorCode::NotFound);
    STRCMP_CONTAINS(file.c_str(), result.error().text.russian().c_str());
}

TEST(Files, refuses_to_read_a_folder) {
    fs::create_directory(file);

    CHECK(read_file(file, kLimit).error().code == ErrorCode::InvalidInput);
}

TEST(Files, does_not_hang_on_a_pipe_in_the_files_place) {
    LONGS_EQUAL(0, ::mkfifo(file.c_str(), 0600));

    CHECK(read_file(file, kLimit).error().code == ErrorCode::InvalidInput);
}

TEST(Files, says_that_it_has_no_right_to_read) {
    put(file, "x", 0000);
    fs::permissions(folder, fs::perms(0755));
    const Powerless powerless;

    const auto result = read_file(file, kLimit);

    CHECK(result.error().code == ErrorCode::Denied);
    STRCMP_CONTAINS("нет прав доступа", result.error().text.russian().c_str());
}

TEST(Files, reads_through_a_link) {
    put(folder / "target", "за ссылкой", 0644);
    fs::create_symlink("target", file);

    STRCMP_EQUAL("за ссылкой", text_of(file).c_str());
}

TEST(Files, writes_a_new_file_with_its_mode_whatever_the_umask) {
    const mode_t before = ::umask(0077);

    const auto result = write_file(file, "новое", 0644);

    ::umask(before);
    CHECK(result.ok());
    STRCMP_EQUAL("новое", text_of(file).c_str());
    LONGS_EQUAL(0644, mode_of(file));
}

TEST(Files, writes_a_secret_closed_under_an_open_umask) {
    const mode_t before = ::umask(0000);

    const auto result = write_file(file, "тайна", 0600);

    ::umask(before);
    CHECK(result.ok());
    LONGS_EQUAL(0600, mode_of(file));
}

TEST(Files, writing_keeps_the_mode_of_an_existing_file) {
    put(file, "старое", 0664);

    CHECK(write_file(file, "новое", 0644).ok());

    LONGS_EQUAL(0664, mode_of(file));
}

TEST(Files, writing_a_secret_closes_an_open_file) {
    put(file, "старое", 0644);

    CHECK(write_file(file, "новое", 0600).ok());

    LONGS_EQUAL(0600, mode_of(file));
}

TEST(Files, writing_keeps_the_owner_of_an_existing_file) {
    if (!is_root()) return;  // nobody else may give files away
    put(file, "старое", 0644);
    LONGS_EQUAL(0, ::chown(file.c_str(), kStranger, kStranger));

    CHECK(write_file(file, "новое", 0644, Owner{1, 1}).ok());

    LONGS_EQUAL(kStranger, owner_of(file).uid);
    LONGS_EQUAL(kStranger, owner_of(file).gid);
}

TEST(Files, new_file_gets_the_owner_asked_for) {
    if (!is_root()) return;  // nobody else may give files away

    CHECK(write_file(file, "новое", 0640, Owner{kStranger, kStranger}).ok());

    LONGS_EQUAL(kStranger, owner_of(file).uid);
    LONGS_EQUAL(0640, mode_of(file));
}

TEST(Files, writing_replaces_the_target_of_a_link_and_keeps_the_link) {
    fs::create_directory(folder / "real");
    put(folder / "real" / "target", "старое", 0644);
    fs::create_symlink("real/target", folder / "middle");
    fs::create_symlink("middle", file);

    CHECK(write_file(file, "новое", 0644).ok());

    CHECK(fs::is_symlink(file));
    CHECK(fs::is_symlink(folder / "middle"));
    STRCMP_EQUAL("новое", text_of(folder / "real" / "target").c_str());
}

TEST(Files, writing_creates_the_target_of_a_dangling_link) {
    fs::create_symlink("target", file);

    CHECK(write_file(file, "новое", 0644).ok());

    CHECK(fs::is_symlink(file));
    STRCMP_EQUAL("новое", text_of(folder / "target").c_str());
}

TEST(Files, refuses_to_write_through_a_ring_of_links) {
    fs::create_symlink("other", file);
    fs::create_symlink("settings.conf", folder / "other");

    CHECK(write_file(file, "новое", 0644).error().code == ErrorCode::InvalidInput);
}

TEST(Files, refuses_to_write_over_a_folder) {
    fs::create_directory(file);

    CHECK(write_file(file, "новое", 0644).error().code == ErrorCode::InvalidInput);
    LONGS_EQUAL(1, entries_in(folder));
}

TEST(Files, refuses_to_write_into_a_missing_folder) {
    const auto result = write_file(folder / "missing" / "x", "новое", 0644);

    CHECK(result.error().code == ErrorCode::NotFound);
}

TEST(Files, says_that_it_has_no_right_to_write) {
    put(file, "старое", 0644);
    fs::permissions(folder, fs::perms(0555));
    const Powerless powerless;

    const auto result = write_file(file, "новое", 0644);

    CHECK(result.error().code == ErrorCode::Denied);
}

TEST(Files, refuses_to_take_a_file_from_its_owner) {
    if (!is_root()) return;  // needs a file of somebody else
    put(file, "старое", 0666);
    fs::permissions(folder, fs::perms(0777));
    {
        const Powerless powerless;

        CHECK(write_file(file, "новое", 0644).error().code == ErrorCode::Denied);
    }
    STRCMP_EQUAL("старое", text_of(file).c_str());
}

TEST(Files, failed_writing_leaves_no_temporary_file) {
    if (!is_root()) return;  // needs a file of somebody else
    put(file, "старое", 0666);
    fs::permissions(folder, fs::perms(0777));
    {
        const Powerless powerless;
        CHECK_FALSE(write_file(file, "новое", 0644).ok());
    }

    LONGS_EQUAL(1, entries_in(folder));
}

TEST(Files, writing_leaves_only_the_file) {
    CHECK(write_file(file, "раз", 0644).ok());
    CHECK(write_file(file, "два", 0644).ok());

    LONGS_EQUAL(1, entries_in(folder));
}

TEST(Files, writing_gets_past_a_temporary_file_that_was_left_or_planted) {
    const std::string planted = ".settings.conf." + std::to_string(::getpid()) + ".0.tmp";
    put(folder / "victim", "нетронуто", 0644);
    fs::create_symlink("victim", folder / planted);

    CHECK(write_file(file, "новое", 0644).ok());

    STRCMP_EQUAL("нетронуто", text_of(folder / "victim").c_str());
    STRCMP_EQUAL("новое", text_of(file).c_str());
}

TEST(Files, writing_removes_what_killed_processes_left) {
    const pid_t gone = ::fork();
    if (gone == 0) ::_exit(0);
    ::waitpid(gone, nullptr, 0);
    put(folder / (".settings.conf." + std::to_string(gone) + ".0.tmp"), "секрет", 0600);
    const std::string of_living = ".settings.conf." + std::to_string(::getppid()) + ".0.tmp";
    put(folder / of_living, "ещё пишется", 0600);
    put(folder / ".settings.conf.old.tmp", "чужое", 0600);

    CHECK(write_file(file, "новое", 0600).ok());

    LONGS_EQUAL(3, entries_in(folder));
    STRCMP_EQUAL("ещё пишется", text_of(folder / of_living).c_str());
}

TEST(Files, leftovers_of_a_killed_process_go_without_a_write) {
    const pid_t gone = ::fork();
    if (gone == 0) ::_exit(0);
    ::waitpid(gone, nullptr, 0);
    put(file, "старое", 0600);
    put(folder / (".settings.conf." + std::to_string(gone) + ".0.tmp"), "секрет", 0600);

    linuxcash::remove_leftovers(file);
    linuxcash::remove_leftovers(folder / "gone" / "settings.conf");

    LONGS_EQUAL(1, entries_in(folder));
    STRCMP_EQUAL("старое", text_of(file).c_str());
}

TEST(Files, writes_bytes_that_are_no_text) {
    const std::string bytes("\0\xFF\n\0", 4);

    CHECK(write_file(file, bytes, 0600).ok());

    CHECK(read_file(file, kLimit).value() == bytes);
}

TEST_GROUP(FileLock) {
    fs::path folder = new_folder();
    fs::path file = folder / "oplati.lock";

    void teardown() override {
        fs::remove_all(folder);
    }
};

TEST(FileLock, is_held_by_one_at_a_time) {
    const auto first = FileLock::take(file, 0640);

    const auto second = FileLock::take(file, 0640);

    CHECK(first.ok());
    CHECK(second.error().code == ErrorCode::Busy);
}

TEST(FileLock, is_free_again_when_its_holder_ends) {
    { CHECK(FileLock::take(file, 0640).ok()); }

    CHECK(FileLock::take(file, 0640).ok());
}

TEST(FileLock, moves_with_its_holder) {
    auto first = FileLock::take(file, 0640);
    const FileLock holder = std::move(first).value();

    CHECK_FALSE(FileLock::take(file, 0640).ok());
}

TEST(FileLock, refuses_a_link_in_its_place) {
    fs::create_symlink("elsewhere", file);

    CHECK(FileLock::take(file, 0640).error().code == ErrorCode::InvalidInput);
    CHECK_FALSE(fs::exists(folder / "elsewhere"));
}

TEST(FileLock, gives_only_a_new_file_to_the_owner_asked_for) {
    if (!is_root()) return;  // nobody else may give files away
    { CHECK(FileLock::take(file, 0640, Owner{kStranger, kStranger}).ok()); }
    { CHECK(FileLock::take(file, 0640, Owner{1, 1}).ok()); }

    LONGS_EQUAL(kStranger, owner_of(file).uid);
}

TEST_GROUP(UniqueFd){};

TEST(UniqueFd, closes_what_it_owned) {
    const int raw = ::dup(0);
    { const UniqueFd fd(raw); }

    LONGS_EQUAL(-1, ::fcntl(raw, F_GETFD));
}

TEST(UniqueFd, owns_nothing_after_a_move) {
    UniqueFd first(::dup(0));
    const UniqueFd second(std::move(first));

    CHECK_FALSE(first.valid());
    CHECK(second.valid());
}

TEST(Files, makes_the_folders_that_are_missing) {
    const fs::path inner = folder / "a" / "b";

    CHECK(make_folders(inner, 0700).ok());

    struct stat made {};
    LONGS_EQUAL(0, ::stat(inner.c_str(), &made));
    LONGS_EQUAL(0700, made.st_mode & 07777);
}

TEST(Files, leaves_a_folder_that_is_there_as_it_is) {
    LONGS_EQUAL(0, ::chmod(folder.c_str(), 0750));

    CHECK(make_folders(folder, 0700).ok());

    struct stat kept {};
    LONGS_EQUAL(0, ::stat(folder.c_str(), &kept));
    LONGS_EQUAL(0750, kept.st_mode & 07777);
}

TEST(Files, names_what_stands_in_a_folders_place) {
    put(file, "x", 0644);

    const auto made = make_folders(file / "inner", 0700);

    CHECK_FALSE(made.ok());
    STRCMP_CONTAINS(file.c_str(), made.error().text.russian().c_str());
}
