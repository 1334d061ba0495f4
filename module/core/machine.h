// SPDX-License-Identifier: Apache-2.0
// The common shape of all machines: step(state, input, now) → Step{next, commit, then}. Pure
// values, no I/O, no threads.
//
// At most one commit a step, and the actions happen only after it: "journal before wire" and
// "journal before answer" are true by construction. When the commit fails, `next` and `then` are
// dropped, and the machine that still is in its old state gets CommitFailed.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "core/event.h"
#include "core/gateway.h"
#include "core/ports.h"

namespace linuxcash::core {

// Names a request or a timer of one machine; a machine ignores what it no longer waits for.
using Tag = std::uint32_t;

// ---- Inputs ----

struct Started {
    bool blocked = false;  // the gateway owes an undo and takes no payments meanwhile
    bool link_down = false;  // the last exchange failed: try something harmless first
};
struct Answered {
    Response response;
};
struct Cancelled {};
struct Replied {
    Tag tag = 0;
    Answer answer;
};
struct TimeUp {
    Tag tag = 0;
};
struct CommitFailed {
    Text text;
};
// The machine was rebuilt from the journal after a restart.
struct Recovered {};
// Somebody wants an obligation to be tried now.
struct Pushed {};
// The obligation that an undo waits for was tried.
struct Reported {
    bool discharged = false;
    bool link_failed = false;  // if not discharged: nothing was heard from the gateway
};

using Input = std::variant<
    Started, Answered, Cancelled, Replied, TimeUp, CommitFailed, Recovered, Pushed, Reported>;

// ---- Actions ----

struct Send {
    Tag tag = 0;
    Call call;
};
// Not wanted any more. What bears a secret or may move money runs on to its end all the same.
struct Abort {
    Tag tag = 0;
};
struct Wake {
    Tag tag = 0;
    int after_ms = 0;
};
struct Emit {
    Event event;
};
// An obligation was tried: for those who wait for it, for notices and the log.
struct Report {
    Reported reported;
    Text text;
};
// Try what the target owes now.
struct Push {
    OperationId target;
};

using Action = std::variant<Send, Abort, Wake, Emit, Report, Push>;

template <typename State>
struct Step {
    State next;
    std::optional<Commit> commit;
    std::vector<Action> then;
};

}  // namespace linuxcash::core
