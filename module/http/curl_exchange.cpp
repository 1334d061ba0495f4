// SPDX-License-Identifier: Apache-2.0
#include "http/curl_exchange.h"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <utility>

#include "http/broken_pipe.h"
#include "http/transfer.h"

namespace linuxcash::http {
namespace {

using core::Answer;
using core::Completed;
using core::ExchangeId;
using core::Failure;
using core::FailureKind;
using core::Sent;
using Moment = Transfer::Moment;

constexpr long kMaxKeptConnections = 4;
constexpr std::size_t kMaxIdleHandles = 4;

struct MultiDeleter {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
using MultiHandle = std::unique_ptr<CURLM, MultiDeleter>;

std::int64_t ms_since(Moment moment) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now() - moment)
        .count();
}

// Rounded up: a wait must not end just before what it waits for.
int ms_until(Moment moment) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(moment - std::chrono::steady_clock::now());
    constexpr std::int64_t kLongest = 24LL * 60 * 60 * 1000;
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, kLongest));
}

Text ending_of(const Answer& answer) {
    if (const auto* reply = std::get_if<core::Reply>(&answer))
        return tr("статус %1", reply->status);
    return std::get<Failure>(answer).text;
}

}  // namespace

class CurlExchange::Engine {
public:
    explicit Engine(CurlOptions options);
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine();

    void start(ExchangeId id, core::Request request);
    void abort(ExchangeId id);
    std::vector<Completed> wait(int timeout_ms);
    void wake() noexcept;

private:
    using Running = std::map<ExchangeId, std::unique_ptr<Transfer>>;

    [[nodiscard]] Result<std::unique_ptr<Transfer>> prepare(const core::Request& request);
    void perform();
    void collect_finished();
    void end_overdue();
    void complete(Running::iterator which, Answer answer);
    void report(const core::Request& request, Completed completed);
    [[nodiscard]] int patience_ms(Moment until) const;

    CurlOptions options_;
    // In this order: handles go before what they share.
    ShareHandle share_;
    MultiHandle multi_;
    std::vector<EasyHandle> idle_;
    Running running_;
    std::vector<Completed> completed_;
    std::atomic<bool> woken_ = false;
};

CurlExchange::Engine::Engine(CurlOptions options) : options_(std::move(options)) {
    // Counted and safe from several threads in this libcurl; never undone, because other users in
    // the process may still need it (design.md §2).
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return;
    share_.reset(curl_share_init());
    multi_.reset(curl_multi_init());
    if (!share_ || !multi_) return;
    // TLS sessions, so that a fresh connection costs no whole handshake; one thread, so no locks.
    if (curl_share_setopt(share_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION) != CURLSHE_OK
        || curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kMaxKeptConnections) != CURLM_OK)
        multi_.reset();
}

CurlExchange::Engine::~Engine() {
    const BrokenPipeGuard guard;
    for (const auto& [id, transfer] : running_)
        curl_multi_remove_handle(multi_.get(), transfer->easy());
    running_.clear();
    idle_.clear();
    multi_.reset();
    share_.reset();
}

void CurlExchange::Engine::start(ExchangeId id, core::Request request) {
    if (running_.contains(id)) return;
    const BrokenPipeGuard guard;
    auto transfer = prepare(request);
    if (!transfer) {
        Failure failure{FailureKind::Connect, Sent::None, transfer.error().text};
        report(request, Completed{id, std::move(failure), 0});
        return;
    }
    running_.emplace(id, std::move(*transfer));
}

Result<std::unique_ptr<Transfer>> CurlExchange::Engine::prepare(const core::Request& request) {
    const Error unusable{
        ErrorCode::Internal, tr("libcurl не запускается: проверьте память и установку libcurl4")};
    if (!multi_) return unusable;
    auto target = check_target(request.url, options_.allow_http);
    if (!target) return target.error();
    EasyHandle easy;
    if (idle_.empty()) {
        easy.reset(curl_easy_init());
    } else {
        easy = std::move(idle_.back());
        idle_.pop_back();
    }
    if (!easy) return unusable;
    auto transfer = std::make_unique<Transfer>(request, std::move(*target), std::move(easy));
    auto ready = transfer->set_up(options_, share_.get());
    if (!ready) return ready.error();
    if (curl_multi_add_handle(multi_.get(), transfer->easy()) != CURLM_OK) return unusable;
    return transfer;
}

void CurlExchange::Engine::abort(ExchangeId id) {
    const auto which = running_.find(id);
    if (which == running_.end()) return;
    const BrokenPipeGuard guard;
    complete(which, aborted(which->second->ending(CURLE_ABORTED_BY_CALLBACK)));
}

std::vector<Completed> CurlExchange::Engine::wait(int timeout_ms) {
    const BrokenPipeGuard guard;
    const Moment until =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(std::max(timeout_ms, 0));
    for (;;) {
        perform();
        if (!completed_.empty() || woken_.exchange(false)) break;
        if (ms_until(until) == 0 || !multi_) break;
        curl_multi_poll(multi_.get(), nullptr, 0, patience_ms(until), nullptr);
    }
    return std::exchange(completed_, {});
}

void CurlExchange::Engine::wake() noexcept {
    woken_ = true;
    if (multi_) curl_multi_wakeup(multi_.get());
}

void CurlExchange::Engine::perform() {
    if (!multi_) return;
    int still_running = 0;
    curl_multi_perform(multi_.get(), &still_running);
    collect_finished();
    end_overdue();
}

void CurlExchange::Engine::collect_finished() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode code = message->data.result;
        const auto which = std::find_if(running_.begin(), running_.end(), [&](const auto& entry) {
            return entry.second->easy() == message->easy_handle;
        });
        if (which != running_.end()) complete(which, which->second->answer(code));
    }
}

void CurlExchange::Engine::end_overdue() {
    for (auto which = running_.begin(); which != running_.end();) {
        const auto next = std::next(which);
        if (ms_until(which->second->deadline()) == 0)
            complete(which, timed_out(which->second->ending(CURLE_OPERATION_TIMEDOUT)));
        which = next;
    }
}

void CurlExchange::Engine::complete(Running::iterator which, Answer answer) {
    const auto transfer = std::move(which->second);
    const ExchangeId id = which->first;
    running_.erase(which);
    curl_multi_remove_handle(multi_.get(), transfer->easy());
    report(transfer->request(), Completed{id, std::move(answer), ms_since(transfer->began())});
    EasyHandle easy = transfer->release();
    // No option may point into the transfer that ends here.
    curl_easy_reset(easy.get());
    if (idle_.size() < kMaxIdleHandles) idle_.push_back(std::move(easy));
}

void CurlExchange::Engine::report(const core::Request& request, Completed completed) {
    if (options_.log != nullptr)
        options_.log->write(
            core::LogLevel::Info, tr("HTTP %1 %2: %3, %4 мс", request.method, request.log_path,
                                     ending_of(completed.answer), completed.took_ms));
    completed_.push_back(std::move(completed));
}

int CurlExchange::Engine::patience_ms(Moment until) const {
    Moment first = until;
    for (const auto& [id, transfer] : running_)
        first = std::min(first, transfer->deadline());
    return ms_until(first);
}

CurlExchange::CurlExchange(CurlOptions options)
    : engine_(std::make_unique<Engine>(std::move(options))) {
}

CurlExchange::~CurlExchange() = default;

void CurlExchange::start(ExchangeId id, core::Request request) {
    engine_->start(id, std::move(request));
}

void CurlExchange::abort(ExchangeId id) {
    engine_->abort(id);
}

std::vector<Completed> CurlExchange::wait(int timeout_ms) {
    return engine_->wait(timeout_ms);
}

void CurlExchange::wake() noexcept {
    engine_->wake();
}

}  // namespace linuxcash::http
