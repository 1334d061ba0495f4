// SPDX-License-Identifier: Apache-2.0
// One module put together: settings read, gateway made, ports opened, runtime ready. Created and
// destroyed by one thread; the instance inside may be used from any.
#pragma once

#include <memory>
#include <string>

#include "app/definition.h"
#include "base/places.h"
#include "base/result.h"
#include "runtime/instance.h"

namespace linuxcash::app {

struct HostFacts {
    std::string root;
    std::string desk;
    std::string currency;
};

class Module {
    struct Parts;

public:
    // Made by create().
    explicit Module(std::unique_ptr<Parts> parts);

    // Reads the settings and opens the journal. NotFound: not configured; InvalidInput: a wrong
    // setting, or a file of settings that cannot be read; Busy: another process owns the data;
    // anything else: the journal.
    [[nodiscard]] static Result<std::unique_ptr<Module>> create(
        const Definition& definition, const HostFacts& facts);
    ~Module();

    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;

    [[nodiscard]] Result<> start();
    [[nodiscard]] runtime::Instance& instance();
    [[nodiscard]] const std::string& name() const;
    // Its gateway takes no payments while it owes an undo.
    [[nodiscard]] bool blocks_while_owing() const;

private:
    std::unique_ptr<Parts> parts_;
};

}  // namespace linuxcash::app
