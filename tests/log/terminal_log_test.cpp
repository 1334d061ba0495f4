// SPDX-License-Identifier: Apache-2.0
#include "log/terminal_log.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <thread>
#include <vector>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace std::string_literals;

using linuxcash::Owner;
using linuxcash::tr;
using linuxcash::core::LogLevel;
using linuxcash::log::CategoryLog;
using linuxcash::log::parse_level;
using linuxcash::log::TerminalLog;
using linuxcash::log::TerminalLogOptions;

namespace fs = std::filesystem;

namespace {

constexpr uid_t kStranger = 65534;
constexpr std::size_t kTimeWidth = 24;  // "2026-11-22 10:15:04.123 "

std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The lines without their time.
std::vector<std::string> lines_of(const fs::path& path) {
    std::vector<std::string> lines;
    std::ifstream file(path, std::ios::binary);
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line.size() > kTimeWidth ? line.substr(kTimeWidth) : line);
    }
    return lines;
}

// No file of this process grows beyond so many bytes: a disk that is full.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, SIG_DFL);
    }

private:
    rlimit before_{};
};

}  // namespace

TEST_GROUP(TerminalLog) {
    std::string folder = (fs::temp_directory_path() / "linuxcash-log-XXXXXX").native();
    fs::path file;
    std::int64_t now_ms = 5'000;

    void setup() override {
        CHECK(::mkdtemp(folder.data()) != nullptr);
        file = fs::path(folder) / "terminal.log";
    }
    void teardown() override {
        fs::remove_all(folder);
    }

    TerminalLogOptions options(LogLevel level = LogLevel::Info) {
        TerminalLogOptions options;
        options.level = level;
        options.monotonic_ms = [this] { return now_ms; };
        return options;
    }

    void check_line(std::size_t index, const std::string& expected) {
        const auto lines = lines_of(file);
        CHECK(index < lines.size());
        STRCMP_EQUAL(expected.c_str(), lines[index].c_str());
    }
};

TEST(TerminalLog, writes_lines_of_the_house_shape) {
    TerminalLog log(file, options());

    log.write(LogLevel::Info, "oplati", "Оплата 24.50");

    const std::regex shape(
        "20[0-9]{2}-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-6][0-9]\\.[0-9]{3} INFO  oplati  "
        "- Оплата 24\\.50\n");
    CHECK_TEXT(std::regex_match(bytes_of(file), shape), bytes_of(file).c_str());
}

TEST(TerminalLog, writes_every_level_five_wide) {
    TerminalLog log(file, options(LogLevel::Debug));

    log.write(LogLevel::Error, "dialog", "а");
    log.write(LogLevel::Warning, "businesslogic", "б");
    log.write(LogLevel::Info, "oplati", "в");
    log.write(LogLevel::Debug, "http", "г");

    check_line(0, "ERROR dialog  - а");
    check_line(1, "WARN  businesslogic  - б");
    check_line(2, "INFO  oplati  - в");
    check_line(3, "DEBUG http  - г");
}

TEST(TerminalLog, leaves_out_what_is_less_urgent_than_its_level) {
    TerminalLog log(file, options(LogLevel::Warning));

    log.write(LogLevel::Debug, "x", "debug");
    log.write(LogLevel::Info, "x", "info");
    log.write(LogLevel::Warning, "x", "warning");
    log.write(LogLevel::Error, "x", "error");

    LONGS_EQUAL(2, lines_of(file).size());
    check_line(0, "WARN  x  - warning");
}

TEST(TerminalLog, cannot_be_made_to_write_a_second_line_or_an_escape) {
    TerminalLog log(file, options());

    log.write(
        LogLevel::Info, "a\nb", "x\r\n2026-01-01 ERROR y\t\x1B[31m\0\x7F\xC2\x9B"s + "z\xFF\xD0");

    LONGS_EQUAL(1, lines_of(file).size());
    check_line(
        0,
        "INFO  a\\x0Ab  - x\\x0D\\x0A2026-01-01 ERROR y\\x09\\x1B[31m\\x00\\x7F\\x9Bz\\xFF\\xD0");
}

TEST(TerminalLog, takes_percent_signs_and_braces_as_text) {
    TerminalLog log(file, options());

    log.write(LogLevel::Info, "%v{}", "50% {} %Y {0} %s %n");

    check_line(0, "INFO  %v{}  - 50% {} %Y {0} %s %n");
}

TEST(TerminalLog, cuts_an_endless_text_between_characters) {
    TerminalLog log(file, options());
    std::string text = "x";
    while (text.size() < 100'000)
        text += "ж";

    log.write(LogLevel::Info, "c", text);

    check_line(0, "INFO  c  - " + text.substr(0, 8191) + " …(обрезано)");
}

TEST(TerminalLog, creates_its_file_for_owner_and_group_only) {
    const mode_t before = ::umask(0);
    TerminalLog log(file, options());
    log.write(LogLevel::Info, "c", "x");
    ::umask(before);

    struct stat now {};
    LONGS_EQUAL(0, ::stat(file.c_str(), &now));
    LONGS_EQUAL(0640, now.st_mode & 07777U);
}

TEST(TerminalLog, gives_only_a_new_file_to_the_owner_asked_for) {
    if (::geteuid() != 0) return;  // nobody else may give files away
    TerminalLogOptions asked = options();
    asked.owner = Owner{kStranger, kStranger};
    TerminalLog log(file, asked);

    log.write(LogLevel::Info, "c", "x");

    struct stat now {};
    LONGS_EQUAL(0, ::stat(file.c_str(), &now));
    LONGS_EQUAL(kStranger, now.st_uid);
}

TEST(TerminalLog, appends_to_what_others_wrote) {
    std::ofstream(file) << "чужая строка\n";
    TerminalLog first(file, options());
    TerminalLog second(file, options());

    first.write(LogLevel::Info, "c", "1");
    second.write(LogLevel::Info, "c", "2");
    first.write(LogLevel::Info, "c", "3");

    CHECK(bytes_of(file).starts_with("чужая строка\n"));
    check_line(1, "INFO  c  - 1");
    check_line(2, "INFO  c  - 2");
    check_line(3, "INFO  c  - 3");
}

TEST(TerminalLog, never_mixes_lines_of_several_threads_and_writers) {
    constexpr int kLines = 200;
    constexpr std::size_t kLength = 3000;
    TerminalLog first(file, {});
    TerminalLog second(file, {});
    {
        const auto work = [](TerminalLog& log, char letter) {
            for (int line = 0; line < kLines; ++line) {
                log.write(LogLevel::Info, "c", std::string(kLength, letter));
            }
        };
        const std::jthread one(work, std::ref(first), 'a');
        const std::jthread two(work, std::ref(first), 'b');
        const std::jthread three(work, std::ref(second), 'c');
    }

    const auto lines = lines_of(file);
    LONGS_EQUAL(3 * kLines, lines.size());
    for (const std::string& line : lines) {
        STRCMP_EQUAL(("INFO  c  - " + std::string(kLength, line.back())).c_str(), line.c_str());
    }
}

TEST(TerminalLog, goes_on_in_a_new_file_within_a_second_of_a_rotation) {
    TerminalLog log(file, options());
    log.write(LogLevel::Info, "c", "1");
    fs::rename(file, fs::path(folder) / "old.log");

    now_ms += 999;
    log.write(LogLevel::Info, "c", "2");
    now_ms += 1;
    log.write(LogLevel::Info, "c", "3");

    LONGS_EQUAL(2, lines_of(fs::path(folder) / "old.log").size());
    LONGS_EQUAL(1, lines_of(file).size());
    check_line(0, "INFO  c  - 3");
}

TEST(TerminalLog, follows_a_file_that_another_program_put_in_its_place) {
    TerminalLog log(file, options());
    log.write(LogLevel::Info, "c", "1");
    fs::rename(file, fs::path(folder) / "old.log");
    std::ofstream(file) << "новый\n";
    now_ms += 1000;

    log.write(LogLevel::Info, "c", "2");

    check_line(1, "INFO  c  - 2");
}

TEST(TerminalLog, loses_lines_without_a_folder_and_says_how_many) {
    const fs::path deep = fs::path(folder) / "logs" / "terminal.log";
    TerminalLog log(deep, options());
    log.write(LogLevel::Info, "c", "1");
    log.write(LogLevel::Info, "c", "2");
    fs::create_directory(deep.parent_path());
    now_ms += 1000;

    log.write(LogLevel::Info, "c", "3");

    file = deep;
    check_line(0, "WARN  log  - потеряно строк журнала: 2");
    check_line(1, "INFO  c  - 3");
}

TEST(TerminalLog, refuses_a_link_in_its_place) {
    fs::create_symlink("victim", file);
    TerminalLog log(file, options());

    log.write(LogLevel::Info, "c", "1");

    CHECK_FALSE(fs::exists(fs::path(folder) / "victim"));
}

TEST(TerminalLog, survives_a_folder_or_a_pipe_in_its_place) {
    fs::create_directory(file);
    TerminalLog log(file, options());
    log.write(LogLevel::Info, "c", "1");
    fs::remove(file);
    LONGS_EQUAL(0, ::mkfifo(file.c_str(), 0600));
    now_ms += 1000;
    log.write(LogLevel::Info, "c", "2");
    fs::remove(file);
    now_ms += 1000;

    log.write(LogLevel::Info, "c", "3");

    check_line(0, "WARN  log  - потеряно строк журнала: 2");
}

TEST(TerminalLog, begins_a_new_line_after_a_full_disk_tore_one) {
    TerminalLog log(file, options());
    {
        const FullDisk full(50);
        log.write(LogLevel::Info, "c", std::string(100, 'x'));
        log.write(LogLevel::Info, "c", "y");
    }

    log.write(LogLevel::Info, "c", "z");

    LONGS_EQUAL(3, lines_of(file).size());
    check_line(1, "WARN  log  - потеряно строк журнала: 2");
    check_line(2, "INFO  c  - z");
}

TEST(TerminalLog, file_is_not_inherited_by_programs_that_are_started) {
    TerminalLog log(file, options());
    log.write(LogLevel::Info, "c", "1");

    bool found = false;
    for (int fd = 3; fd < 100; ++fd) {
        std::error_code failure;
        const auto target = fs::read_symlink("/proc/self/fd/" + std::to_string(fd), failure);
        if (failure || target != file) continue;
        found = true;
        CHECK((::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
    }
    CHECK(found);
}

TEST(TerminalLog, of_a_category_writes_texts_in_russian) {
    TerminalLog log(file, options());
    CategoryLog oplati(log, "oplati");
    linuxcash::core::Log& port = oplati;

    port.write(LogLevel::Warning, tr("попытка %1 из %2", 1, 3));

    check_line(0, "WARN  oplati  - попытка 1 из 3");
}

TEST(TerminalLog, knows_the_words_for_its_levels) {
    CHECK(parse_level("error") == LogLevel::Error);
    CHECK(parse_level("warning") == LogLevel::Warning);
    CHECK(parse_level("info") == LogLevel::Info);
    CHECK(parse_level("debug") == LogLevel::Debug);
    CHECK_FALSE(parse_level("INFO").has_value());
    CHECK_FALSE(parse_level("").has_value());
}
