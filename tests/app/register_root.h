// SPDX-License-Identifier: Apache-2.0
// A register's root with the files that a module reads and writes. One thread.
#pragma once

#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

#include "app/module.h"
#include "fakes/temporary_folder.h"

namespace linuxcash::app::test {

class RegisterRoot {
public:
    RegisterRoot() {
        for (const char* below : {"cash/paysystems/oplati", "cash/data", "logs/current"})
            std::filesystem::create_directories(folder_.path() / below);
        places_ = std::make_unique<Places>(folder_.path());
    }

    [[nodiscard]] const Places& places() const { return *places_; }
    [[nodiscard]] std::filesystem::path settings() const { return places_->settings("oplati"); }
    [[nodiscard]] std::filesystem::path secrets() const { return places_->secrets("oplati"); }

    static void write(
        const std::filesystem::path& path, std::string_view text, mode_t mode = 0644) {
        std::ofstream(path) << text;
        chmod(path.c_str(), mode);
    }
    // A file of settings that works, and these lines.
    void configure(std::string_view lines = "") const {
        const std::string good = "[Main]\nregNum = OPL000011111\nurl = http://127.0.0.1:9/ms-pay\n";
        write(settings(), good + std::string(lines));
    }

    [[nodiscard]] Result<std::unique_ptr<Module>> create() const {
        return Module::create(definition(), {places_->root().native(), "1", "BYN"});
    }
    [[nodiscard]] std::string log() const {
        std::ostringstream text;
        text << std::ifstream(places_->terminal_log()).rdbuf();
        return text.str();
    }

    // Whether it holds for a user who is not root: root's permissions hide what a shop would see.
    template <typename Check>
    [[nodiscard]] bool holds_for_a_user(Check check) const {
        constexpr uid_t kNobody = 65534;
        if (geteuid() != 0) return check();
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path()))
            static_cast<void>(lchown(entry.path().c_str(), kNobody, kNobody));
        static_cast<void>(lchown(folder_.path().c_str(), kNobody, kNobody));
        const pid_t child = fork();
        if (child == 0) {
            const bool dropped =
                setgroups(0, nullptr) == 0 && setgid(kNobody) == 0 && setuid(kNobody) == 0;
            _exit(dropped && check() ? 0 : 1);
        }
        int status = 0;
        waitpid(child, &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

private:
    fakes::TemporaryFolder folder_;
    std::unique_ptr<Places> places_;
};

}  // namespace linuxcash::app::test
