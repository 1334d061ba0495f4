// SPDX-License-Identifier: Apache-2.0
// The virtual printer on a TCP port, as printers listen on 9100: one connection at a time, the next
// one waits. Calls may come from any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/result.h"
#include "json/json.h"
#include "simulator/printer/device.h"
#include "simulator/sockets.h"

namespace linuxcash::simulator {

struct PrinterOptions {
    Address listen;
    std::optional<Address> control;  // HTTP: /control/…
    PrinterProfile profile;
    std::optional<std::filesystem::path> out;  // a PNG and a text file for each slip
    PrinterFaults faults;
};

class PrinterSimulator {
public:
    explicit PrinterSimulator(PrinterOptions options);
    PrinterSimulator(const PrinterSimulator&) = delete;
    PrinterSimulator& operator=(const PrinterSimulator&) = delete;
    ~PrinterSimulator();

    // Once; ready when this returns well.
    [[nodiscard]] Result<> start();
    // Ends all connections; may be called twice, and comes with the destructor.
    void stop() noexcept;
    [[nodiscard]] int port() const;
    [[nodiscard]] int control_port() const;

    [[nodiscard]] Result<> change_faults(const json::Value& document);
    // Closed: connecting is refused by the system. Open connections go on.
    [[nodiscard]] Result<> set_open(bool open);
    // {"faults":{…},"connections":1,"bytes":120,"drawerPulses":0,
    //  "remarks":[{"offset":17,"text":"…"}]}
    [[nodiscard]] json::Value state() const;
    // [{"lines":["…"],"codes":[{"kind":"qr","data":"…"}],"cut":"partly","dots":[576,1200]}]
    [[nodiscard]] json::Value slips() const;
    // Forgets the slips.
    void clear();

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace linuxcash::simulator
