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

// A locale that writes numbers with a comma, as a host may have set it, for this thread.
class CommaLocale {
public:
    CommaLocale() {
        std::string name =
            (std::filesystem::temp_directory_path() / "linuxcash-json-XXXXXX").native();
        folder_ = ::mkdtemp(name.data());
        made_ = make_locale(folder_ + "/de_DE.UTF-8");
        ::setenv("LOCPATH", folder_.c_str(), 1);
        locale_ = ::newlocale(LC_NUMERIC_MASK, "de_DE.UTF-8", nullptr);
        if (locale_ != nullptr) before_ = ::uselocale(locale_);
    }
    CommaLocale(const CommaLocale&) = delete;
    CommaLocale& operator=(const CommaLocale&) = delete;
    ~CommaLocale() {
        if (locale_ != nullptr) {
            ::uselocale(before_);
            ::freelocale(locale_);
        }
        ::unsetenv("LOCPATH");
        std::filesystem::remove_all(folder_);
    }

    // False where the machine has no sources of locales.
    [[nodiscard]] bool is_set() const {
        return made_ && std::string(localeconv()->decimal_point) == ",";
    }

private:
    std::string folder_;
    bool made_ = false;
    locale_t locale_ = nullptr;
    locale_t before_ = nullptr;
};

}  // namespace

TEST_GROUP(JsonLocale){};

TEST(JsonLocale, of_the_host_never_changes_a_number) {
    const CommaLocale locale;
    if (!locale.is_set()) return;

    STRCMP_EQUAL("[24.50,-0.10,1.5e3]", parse("[24.50,-0.10,1.5e3]").value().str().c_str());
    CHECK_FALSE(parse("24,50").ok());
}
