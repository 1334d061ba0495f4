// SPDX-License-Identifier: Apache-2.0
// The way to one printer, as a port: bytes out, bytes in, each until a deadline. One thread at a
// time; a StopSignal that was given at the opening ends every wait from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "core/ports.h"

namespace linuxcash::printing {

// How a wait ended.
enum class Ended {
    Complete,  // all is written, or something was read
    Deadline,
    Stopped,  // by the StopSignal
    Gone,  // unplugged, or the other side closed the connection: open it again
    Failed,  // the system refused: open it again
};

struct Written {
    std::size_t count = 0;  // from the start of the bytes: the rest is continued, never all resent
    Ended ended = Ended::Complete;
    Text reason;  // of Gone and Failed
    bool maybe_more = false;  // of Gone and Failed: bytes behind `count` may have gone, too
};

struct Arrived {
    std::string bytes;  // empty unless Complete
    Ended ended = Ended::Complete;
    Text reason;  // of Gone and Failed
};

struct LinkTraits {
    bool two_way = true;  // what the printer says can be read
    bool keeps_whole_jobs = false;  // a file: what is flushed is there to stay, and never answers
    int bytes_per_second = 0;  // of the line; 0: faster than any printer
};

// Deadlines are moments of the clock that was given at the opening.
class Link {
public:
    virtual ~Link() = default;

    [[nodiscard]] virtual LinkTraits traits() const = 0;

    // Gives the printer as much as it takes.
    [[nodiscard]] virtual Written write(std::string_view bytes, core::Millis deadline) = 0;

    // Waits for the first bytes to come. A one-way link only waits.
    [[nodiscard]] virtual Arrived read(core::Millis deadline) = 0;

    // Waits until everything written has left this computer; a file is synced. `count` is not
    // used.
    [[nodiscard]] virtual Written flush(core::Millis deadline) = 0;

    // The status byte of the printer's USB port, where there is one.
    [[nodiscard]] virtual std::optional<std::uint8_t> port_status(core::Millis /*deadline*/) {
        return std::nullopt;
    }

    // "MFG:…;MDL:…;" as the printer says it; empty: it says nothing. Some printers are upset by the
    // question (Model::device_id).
    [[nodiscard]] virtual std::string device_id(core::Millis /*deadline*/) { return {}; }

    // Ends it so that nothing written is lost, as far as the deadline allows. The destructor ends
    // it at once.
    virtual void close(core::Millis /*deadline*/) {}
};

}  // namespace linuxcash::printing
