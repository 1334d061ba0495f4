// SPDX-License-Identifier: Apache-2.0
// The simulated O!plati itself, without sockets and threads: a request and the time go in, a reply
// comes out. One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulator/http_frame.h"
#include "simulator/ledger.h"
#include "simulator/oplati/book.h"
#include "simulator/oplati/options.h"
#include "simulator/oplati/refusals.h"
#include "simulator/oplati/routes.h"
#include "simulator/random.h"
#include "simulator/request_log.h"
#include "simulator/rules.h"

namespace linuxcash::simulator::oplati {

class Bank {
public:
    Bank(const OplatiOptions& options, Ledger ledger);
    Bank(const Bank&) = delete;
    Bank& operator=(const Bank&) = delete;

    // Learns from the ledger what happened before; called once, first. Damaged when it holds what
    // this version does not understand.
    [[nodiscard]] Result<> read_back();

    [[nodiscard]] HttpReply handle(const HttpRequest& request, std::int64_t now_ms);
    // The client of a swallowed request has gone: its late commit is due later.
    void client_left(std::uint64_t swallowed, std::int64_t now_ms);
    // Does what has become due by now, in the order in which it became due.
    void advance_to(std::int64_t now_ms);

    // The buyer of what comes from now on.
    void set_buyer(Buyer buyer) { buyer_ = std::move(buyer); }
    [[nodiscard]] const Buyer& buyer() const { return buyer_; }
    // The buyer scans the QR of every open session now.
    void join_now(std::int64_t now_ms);
    // The buyer answers now, to one order or to all that wait; how many payments ended by it.
    int answer_now(std::string_view order_number, int status, std::int64_t now_ms);
    // What the merchant does in his cabinet. False: the desk has no token.
    bool reset_token(const std::string& desk, std::int64_t now_ms);

    [[nodiscard]] Rules& rules() { return rules_; }
    [[nodiscard]] RequestLog& log() { return log_; }
    [[nodiscard]] const Book& book() const { return book_; }
    [[nodiscard]] const Ledger& ledger() const { return ledger_; }

private:
    struct Session {
        std::int64_t id = 0;
        int mode = 0;
        std::int64_t created_ms = 0;
        std::int64_t ready_ms = -1;  // -1: the buyer never joins
        std::int64_t polled_ms = -1;
        bool used = false;
    };
    struct Call {
        const HttpRequest& request;
        const Route& route;
        std::string desk;
        std::int64_t now_ms;
    };
    // A call that may be done, or the reason why not.
    struct Prepared {
        std::optional<HttpReply> refusal;
        // Does it. Run at once or, for a late commit, when its time has come.
        std::function<HttpReply(const Effect&, std::int64_t now_ms)> commit;
        std::optional<Money> sum;
    };
    struct Swallowed {
        Prepared prepared;
        Effect effect;
    };

    [[nodiscard]] HttpReply answer(
        const HttpRequest& request, const Route& route, std::int64_t now_ms);
    [[nodiscard]] HttpReply done(const Prepared& prepared, const Effect& effect, const Call& call);

    [[nodiscard]] std::optional<HttpReply> admit(const Call& call) const;
    [[nodiscard]] std::optional<HttpReply> check_secret(const Call& call) const;
    [[nodiscard]] bool is_registered(const std::string& desk) const;
    [[nodiscard]] bool has_password(const std::string& desk) const;

    [[nodiscard]] Prepared prepare(const Call& call);
    [[nodiscard]] Prepared prepare_tokens(const Call& call);
    [[nodiscard]] Prepared prepare_demand(const Call& call);
    [[nodiscard]] Prepared prepare_close(const Call& call);
    [[nodiscard]] Prepared prepare_consumer(const Call& call);
    [[nodiscard]] Prepared prepare_charge(const Call& call);
    [[nodiscard]] Prepared prepare_payment(const Call& call);
    [[nodiscard]] Prepared prepare_reversal(const Call& call);
    [[nodiscard]] Prepared prepare_cancel(const Call& call);
    [[nodiscard]] Prepared prepare_report(const Call& call);

    [[nodiscard]] Session* session_of(const Call& call, std::optional<std::int64_t> id);
    [[nodiscard]] json::Value open_session(const std::string& desk, int mode, std::int64_t now_ms);
    void create(Event event, const Effect& effect, std::int64_t now_ms);
    void end(const Payment& payment, int status, std::int64_t at_ms);
    void cancel(const Payment& payment, std::int64_t now_ms);
    void rotate(const std::string& desk, HttpReply& reply, std::int64_t now_ms);
    void record(const Event& event);
    [[nodiscard]] bool too_early(
        std::int64_t last_ms, std::int64_t now_ms, std::int64_t pace_ms) const;

    OplatiOptions options_;
    Ledger ledger_;
    Book book_;
    Random random_;
    Rules rules_;
    RequestLog log_;
    Buyer buyer_;
    std::map<std::string, Session> sessions_;  // by desk: one lives at a time
    std::map<std::int64_t, std::int64_t> polled_ms_;  // by payment
    std::multimap<std::int64_t, std::int64_t> due_;  // time → payment
    std::map<std::uint64_t, Swallowed> swallowed_;
    std::multimap<std::int64_t, Swallowed> late_;  // time → what to do
    std::uint64_t swallowed_number_ = 0;
    std::int64_t next_payment_id_ = 0;
    std::int64_t next_session_id_ = 0;
    bool ledger_broken_ = false;
};

}  // namespace linuxcash::simulator::oplati
