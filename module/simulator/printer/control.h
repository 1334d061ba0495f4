// SPDX-License-Identifier: Apache-2.0
// The HTTP control interface of the virtual printer. Calls may come from any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "json/json.h"
#include "simulator/http_frame.h"

namespace linuxcash::simulator {

class PrinterSimulator;

class PrinterControl final : public HttpHandler {
public:
    // `printer` must outlive this.
    explicit PrinterControl(PrinterSimulator& printer) : printer_(printer) {}

    [[nodiscard]] HttpReply handle(const HttpRequest& request) override;
    void client_left(std::uint64_t swallowed) override;

private:
    [[nodiscard]] Result<> obey(std::string_view command, const json::Value& body);

    PrinterSimulator& printer_;
};

}  // namespace linuxcash::simulator
