// SPDX-License-Identifier: Apache-2.0
// What the core needs from the world, as interfaces: wire, journal, secrets, clock, randomness,
// log. All are used from the instance's loop thread alone, except where a comment says otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "core/records.h"

namespace linuxcash::core {

// ---- The wire ----

struct Header {
    std::string name;
    std::string value;
};

// One HTTP request, complete but for nothing.
struct Request {
    std::string method;  // GET, POST, DELETE
    std::string url;
    std::vector<Header> headers;
    std::vector<std::pair<std::string, Secret>> secret_headers;
    std::string body;
    std::string log_path;  // what logs may show of the address: no number, no secret
    int timeout_ms = 10'000;  // of the whole exchange
    bool fresh_connection =
        false;  // may move money or bears a rotating secret: never resent by the library (H1)
};

struct Reply {
    int status = 0;
    std::vector<Header> headers;  // names in lower case
    std::string body;

    // The first header of that (lower-case) name, or nullopt.
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

// Whether a byte of the request may have reached the other side.
enum class Sent { None, Maybe };

enum class FailureKind {
    Resolve,
    Connect,
    Tls,  // the certificate or the handshake: has its own text
    Timeout,
    Broken,  // reset, half a reply, not HTTP
    TooLarge,  // the reply is over the limit
    Aborted,  // by us
    Access,  // the channel did not let it out: token or password refused
    Storage,  // the channel could not save a rotated token
};

struct Failure {
    FailureKind kind = FailureKind::Broken;
    Sent sent = Sent::Maybe;
    Text text;  // what happened, for the log and the administrator
};

using Answer = std::variant<Reply, Failure>;

using ExchangeId = std::uint64_t;

struct Completed {
    ExchangeId id = 0;
    Answer answer;
    std::int64_t took_ms = 0;
};

// Runs requests side by side.
class Exchange {
public:
    virtual ~Exchange() = default;
    // Returns at once. Every id completes exactly once, an aborted one too.
    virtual void start(ExchangeId id, Request request) = 0;
    // Asks for an early end: Completed follows with FailureKind::Aborted, at once. Unknown ids are
    // ignored.
    virtual void abort(ExchangeId id) = 0;
    // What completed; waits for something, or for wake(), at most timeout_ms.
    [[nodiscard]] virtual std::vector<Completed> wait(int timeout_ms) = 0;
    // Ends a wait() early. Any thread.
    virtual void wake() noexcept = 0;
};

// ---- The journal ----

enum class Durability {
    Synced,  // on the disk when append() returns
    Relaxed,  // may be lost by a power cut, never by a kill
};

// One transaction.
struct Commit {
    std::vector<std::pair<OperationId, Fact>> facts;
    Durability durability = Durability::Synced;
    // Which of the operations are closed by this commit: they are not read at the next start.
    std::vector<OperationId> closed;
};

// A wish that another process left (paysysctl).
struct Wish {
    std::int64_t number = 0;
    std::string what;  // "push", "token-reset", "explain"
};

// How one thing that is owed stands, for whoever wished "explain".
struct Standing {
    OperationId operation;
    int tries = 0;  // of this run
    bool blocks = false;  // new payments wait for it
    Text last_error;  // empty: none yet
};

class Store {
public:
    virtual ~Store() = default;
    // All or nothing. When it fails, nothing of it is on the disk.
    [[nodiscard]] virtual Result<> append(const Commit& commit) = 0;
    // Records of every operation that is not closed, in journal order.
    [[nodiscard]] virtual Result<std::vector<Record>> open_records() = 0;
    // Records of one operation, closed or not; empty if it is not known.
    [[nodiscard]] virtual Result<std::vector<Record>> records_of(const OperationId& operation) = 0;
    // Records of every operation whose intent has that target (undos and refunds of a payment), in
    // journal order.
    [[nodiscard]] virtual Result<std::vector<Record>> records_about(const OperationId& target) = 0;
    // Records of every operation whose intent bears that label of a shift, in journal order.
    [[nodiscard]] virtual Result<std::vector<Record>> records_of_shift(
        const std::string& label) = 0;
    // Wishes above that number, oldest first. Cheap: called each second.
    [[nodiscard]] virtual Result<std::vector<Wish>> wishes_after(std::int64_t number) = 0;
    // Leaves an answer to a wish. One that is lost harms nobody: a store may drop it.
    virtual void answer_wish(
        std::int64_t /*number*/, const std::vector<Standing>& /*everything_owed*/) {}
    // Work that may wait for a quiet moment (checkpoints).
    virtual void tidy() = 0;
};

// ---- Secrets, clock, log ----

// The one rotating secret of a gateway (token.conf).
class Secrets {
public:
    virtual ~Secrets() = default;
    // nullopt: there is none yet.
    [[nodiscard]] virtual Result<std::optional<Secret>> load() = 0;
    // Atomic and synced; 0600 from the first byte.
    [[nodiscard]] virtual Result<> save(const Secret& secret) = 0;
};

using linuxcash::Clock;
using linuxcash::Millis;

enum class LogLevel { Error, Warning, Info, Debug };

// Any thread; never throws, never blocks on anything but one write().
class Log {
public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, const Text& text) noexcept = 0;
};

}  // namespace linuxcash::core
