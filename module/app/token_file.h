// SPDX-License-Identifier: Apache-2.0
// token.conf: the one rotating secret of a register at its gateway, 0600, replaced whole. Used by
// the loop thread; every call may block on the disk.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/ports.h"

namespace linuxcash::app {

class TokenFile : public core::Secrets {
public:
    // `register_key`: the gateway's name for this register; a token of another register is not
    // used.
    TokenFile(std::filesystem::path path, std::string register_key);

    [[nodiscard]] Result<std::optional<Secret>> load() override;
    [[nodiscard]] Result<> save(const Secret& secret) override;

private:
    const std::filesystem::path path_;
    const std::string register_key_;
};

}  // namespace linuxcash::app
