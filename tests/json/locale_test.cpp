// SPDX-License-Identifier: Apache-2.0
#include <locale.h>  // NOLINT: newlocale is in no C++ header
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

#include "json/json.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::json::parse;

namespace {

constexpr const char* kNumbers = "[24.50,-0.10,1.5e3]";
enum Ending : int { Kept, Changed, NoLocale };

// False where the machine lacks localedef or its sources.
bool make_locale(std::string path) {
    std::array<std::string, 6> words{"localedef", "-i", "de_DE", "-f", "UTF-8", std::move(path)};
    std::array<char*, 7> arguments{};
    std::ranges::transform(words, arguments.begin(), [](std::string& word) { return word.data(); });
    pid_t child = 0;
    int status = 1;
    return ::posix_spawnp(&child, words[0].c_str(), nullptr, nullptr, arguments.data(), environ)
               == 0
           && ::waitpid(child, &status, 0) == child && status == 0;
}

// Takes a locale that writes numbers with a comma, as a host may have set it, and reads numbers.
Ending read_in_comma_locale(const std::string& folder) {
    ::setenv("LOCPATH", folder.c_str(), 1);
    const locale_t locale = ::newlocale(LC_NUMERIC_MASK, "de_DE.UTF-8", nullptr);
    if (locale == nullptr) return NoLocale;
    ::uselocale(locale);
    if (std::string(localeconv()->decimal_point) != ",") return NoLocale;
    const auto value = parse(kNumbers);
    return value && value->str() == kNumbers && !parse("24,50") ? Kept : Changed;
}

}  // namespace

TEST_GROUP(JsonLocale) {
    std::string folder =
        (std::filesystem::temp_directory_path() / "linuxcash-json-XXXXXX").native();

    void setup() override {
        CHECK(::mkdtemp(folder.data()) != nullptr);
    }
    void teardown() override {
        std::filesystem::remove_all(folder);
    }
};

TEST(JsonLocale, of_the_host_never_changes_a_number) {
    if (!make_locale(folder + "/de_DE.UTF-8")) return;

    // In a process of its own: the C library keeps memory of a locale for good.
    const pid_t child = ::fork();
    if (child == 0) ::_exit(read_in_comma_locale(folder));
    int status = 0;
    LONGS_EQUAL(child, ::waitpid(child, &status, 0));

    LONGS_EQUAL(Kept, WEXITSTATUS(status));
}
