// SPDX-License-Identifier: Apache-2.0
// A tree of a cash register in a folder of its own, and paysysctl called upon it as its main would.
// One thread.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/places.h"
#include "cli/commands.h"
#include "tests/fakes/temporary_folder.h"

namespace linuxcash::cli {

using Words = std::vector<std::string>;
using Options = std::map<std::string, std::string>;

class Shop {
public:
    Shop() : places(folder_.path() / "root") {
        for (const char* path :
             {"cash/conf/ncash.ini.d", "cash/paysystems", "cash/data/paysystems"})
            std::filesystem::create_directories(places.root() / path);
        put(places.ncash(),
            "; Касса\n[Main]\n;desk = 1\n[paysystems]\nmodules_dir = " TEST_MODULES "\n");
    }

    // The exit code; what was said is in `out` and `err`.
    int run(const Words& words, const Options& options = {}, const std::string& typed = "") {
        std::istringstream in(typed);
        std::ostringstream result;
        std::ostringstream messages;
        Console console(in, result, messages, [](const std::string& text) { return text; });
        const Exit exit = cli::run({places, words, options, patience_ms}, console);
        out = result.str();
        err = messages.str();
        return static_cast<int>(exit);
    }

    static void put(const std::filesystem::path& path, const std::string& text) {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
    }

    static std::string text_of(const std::filesystem::path& path) {
        std::ostringstream text;
        text << std::ifstream(path).rdbuf();
        return text.str();
    }

    static unsigned mode_of(const std::filesystem::path& path) {
        struct stat file {};
        return ::stat(path.c_str(), &file) == 0 ? file.st_mode & 07777U : 0U;
    }

    [[nodiscard]] bool said(const std::string& words) const {
        return err.find(words) != std::string::npos;
    }

private:
    fakes::TemporaryFolder folder_;

public:
    const Places places;
    int patience_ms = 3'000;
    std::string out;
    std::string err;
};

}  // namespace linuxcash::cli
