// SPDX-License-Identifier: Apache-2.0
// A folder of its own for each test, gone with it. One thread.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace linuxcash::fakes {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "linuxcash-test-XXXXXX").native();
        path_ = ::mkdtemp(name.data());
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;  // what is left in /tmp harms nobody
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace linuxcash::fakes
