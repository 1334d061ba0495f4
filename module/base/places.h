// SPDX-License-Identifier: Apache-2.0
// Where things live below /linuxcash, or below the root that stands for it. Plain values, no
// threads.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace linuxcash {

class Places {
public:
    // `root` replaces /linuxcash everywhere; relative paths are made absolute.
    explicit Places(std::filesystem::path root);
    // --root if given, else LINUXCASH_ROOT if set and not empty, else /linuxcash.
    [[nodiscard]] static Places choose(const std::optional<std::string>& root_option);

    [[nodiscard]] const std::filesystem::path& root() const { return root_; }

    // cash/paysystems/<module>: the module's settings folder.
    [[nodiscard]] std::filesystem::path module_folder(std::string_view module) const;
    // …/<module>.conf, …/secrets.conf, …/token.conf
    [[nodiscard]] std::filesystem::path settings(std::string_view module) const;
    [[nodiscard]] std::filesystem::path secrets(std::string_view module) const;
    [[nodiscard]] std::filesystem::path token(std::string_view module) const;

    // cash/data, cash/data/paysystems, and in it <module>.journal, <module>.lock, <module>.reserve
    [[nodiscard]] std::filesystem::path data() const;
    [[nodiscard]] std::filesystem::path module_data() const;
    [[nodiscard]] std::filesystem::path journal(std::string_view module) const;
    [[nodiscard]] std::filesystem::path lock(std::string_view module) const;
    [[nodiscard]] std::filesystem::path reserve(std::string_view module) const;
    // cash/data/till.db and its lock: the reference POS's own database.
    [[nodiscard]] std::filesystem::path till() const;
    [[nodiscard]] std::filesystem::path till_lock() const;

    // cash/conf/ncash.ini, cash/conf/ncash.ini.d/<feature>.ini
    [[nodiscard]] std::filesystem::path ncash() const;
    [[nodiscard]] std::filesystem::path feature(std::string_view feature) const;

    // cash/conf/printers.ini: models of receipt printers
    [[nodiscard]] std::filesystem::path printers() const;

    // cash/exchange/sale<register>: the sales export
    [[nodiscard]] std::filesystem::path sales(std::string_view desk) const;

    [[nodiscard]] std::filesystem::path reports() const;  // cash/reports
    [[nodiscard]] std::filesystem::path logs() const;  // logs/current
    [[nodiscard]] std::filesystem::path terminal_log() const;  // logs/current/terminal.log

private:
    std::filesystem::path root_;
};

}  // namespace linuxcash
