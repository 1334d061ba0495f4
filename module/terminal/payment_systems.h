// SPDX-License-Identifier: Apache-2.0
// The payment modules of this register, by name: loaded, started, or the reason why not. One
// thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "host/module.h"
#include "till/till.h"

namespace linuxcash::terminal {

class PaymentSystems {
public:
    struct System {
        std::string name;
        std::string title;
        host::Description about;  // empty when its file could not be loaded
        std::optional<host::Instance> instance;  // nullopt: see `trouble`
        Text trouble;  // why it does not work; empty: it does
    };

    // Loads and starts a module; what goes wrong is kept as its trouble.
    void load(
        const std::filesystem::path& modules_dir, const std::string& name,
        const host::HostIdentity& identity);
    // The same for a module that is in this process already.
    void add(const host::ModuleLibrary& library, const host::HostIdentity& identity);
    // A name that somebody needs and that was not switched on.
    void add_missing(const std::string& name, Text trouble);

    // In order of their names.
    [[nodiscard]] const std::vector<System*>& all() { return order_; }
    // nullptr: no such module.
    [[nodiscard]] System* find(std::string_view name);
    // The instance of that module; the error says why there is none.
    [[nodiscard]] Result<host::Instance*> instance(std::string_view name);
    // Whether that module says that it has the operation ("refund", "totals", …).
    [[nodiscard]] bool has_operation(std::string_view name, std::string_view operation);
    // What people call the payment system "oplati" or "webmoney:SBP".
    [[nodiscard]] std::string title_of(const till::PaymentType& type);

private:
    void run(
        System& system, const host::ModuleLibrary& library, const host::HostIdentity& identity);
    System& place(const std::string& name);

    std::map<std::string, System, std::less<>> systems_;
    std::vector<System*> order_;
};

}  // namespace linuxcash::terminal
