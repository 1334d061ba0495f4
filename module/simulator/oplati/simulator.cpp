// SPDX-License-Identifier: Apache-2.0
#include "simulator/oplati/simulator.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "simulator/control.h"
#include "simulator/http_frame.h"
#include "simulator/oplati/bank.h"
#include "simulator/oplati/control.h"

namespace linuxcash::simulator {

namespace {

// How late the buyer's answer may reach the ledger when nobody asks.
constexpr std::chrono::milliseconds kTick(20);

std::shared_ptr<Clock> chosen(const std::shared_ptr<Clock>& clock) {
    return clock ? clock : std::make_shared<SystemClock>();
}

}  // namespace

class OplatiSimulator::State final : public HttpHandler {
public:
    explicit State(OplatiOptions options)
        : options_(std::move(options)), clock_(chosen(options_.clock)) {}
    ~State() override { stop(); }

    Result<> start() {
        auto ledger = Ledger::open(options_.ledger);
        if (!ledger) return ledger.error();
        bank_.emplace(options_, std::move(*ledger));
        const auto read = bank_->read_back();
        if (!read) return read;
        control_.emplace(*bank_, *clock_, dynamic_cast<ManualClock*>(clock_.get()));
        if (options_.script.kind() != json::Kind::Null) {
            const auto run = control_->run_script(options_.script);
            if (!run) return run;
        }
        return listen();
    }

    void stop() noexcept {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        if (ticker_.joinable()) ticker_.join();
        if (control_frame_) control_frame_->stop();
        if (frame_) frame_->stop();
    }

    HttpReply handle(const HttpRequest& request) override {
        const std::lock_guard lock(mutex_);
        if (is_control(request)) {
            control_connections_.insert(request.connection);
            return control_->handle(request, stats());
        }
        return bank_->handle(request, clock_->now_ms());
    }

    void client_left(std::uint64_t swallowed) override {
        const std::lock_guard lock(mutex_);
        bank_->client_left(swallowed, clock_->now_ms());
    }

    [[nodiscard]] int port() const { return frame_ ? frame_->port() : 0; }
    [[nodiscard]] int control_port() const { return control_frame_ ? control_frame_->port() : 0; }

    HttpReply control(const HttpRequest& request) {
        const std::lock_guard lock(mutex_);
        return control_ ? control_->handle(request, stats()) : control_unknown();
    }

private:
    // The second listener, which knows nothing but /control/…
    class ControlOnly final : public HttpHandler {
    public:
        explicit ControlOnly(State& state) : state_(state) {}
        HttpReply handle(const HttpRequest& request) override {
            return is_control(request) ? state_.control(request) : control_unknown();
        }
        void client_left(std::uint64_t) override {}

    private:
        State& state_;
    };

    Result<> listen() {
        TlsContext tls;
        if (options_.tls_folder) {
            auto opened = open_tls(*options_.tls_folder, options_.tls_fault);
            if (!opened) return opened.error();
            tls = std::move(*opened);
        }
        frame_.emplace(*this, std::move(tls));
        auto started = frame_->start(options_.listen);
        if (!started) return started;
        if (options_.control) {
            control_frame_.emplace(control_only_, nullptr);
            started = control_frame_->start(*options_.control);
            if (!started) return started;
        }
        ticker_ = std::thread([this] { tick(); });
        return Done{};
    }

    void tick() {
        std::unique_lock lock(mutex_);
        while (!wake_.wait_for(lock, kTick, [this] { return stopping_; })) {
            bank_->advance_to(clock_->now_ms());
        }
    }

    [[nodiscard]] json::Value stats() const {
        const FrameCounts counts = frame_ ? frame_->counts() : FrameCounts{};
        // Connections that were used to control the simulator are not the till's.
        const std::uint64_t own = counts.connections - control_connections_.size();
        return json::object({
            {"connections", own},
            {"tlsFailed", counts.tls_failed},
            {"tlsResumed", counts.tls_resumed},
        });
    }

    OplatiOptions options_;
    std::shared_ptr<Clock> clock_;
    ControlOnly control_only_{*this};
    std::mutex mutex_;  // guards the bank, its control, and what follows
    std::condition_variable wake_;
    bool stopping_ = false;
    std::set<std::uint64_t> control_connections_;
    std::optional<oplati::Bank> bank_;
    std::optional<oplati::Control> control_;
    std::optional<HttpFrame> control_frame_;
    std::optional<HttpFrame> frame_;
    std::thread ticker_;
};

OplatiSimulator::OplatiSimulator(OplatiOptions options)
    : state_(std::make_unique<State>(std::move(options))) {
}

OplatiSimulator::~OplatiSimulator() = default;

Result<> OplatiSimulator::start() {
    return state_->start();
}

void OplatiSimulator::stop() noexcept {
    state_->stop();
}

int OplatiSimulator::port() const {
    return state_->port();
}

int OplatiSimulator::control_port() const {
    return state_->control_port();
}

json::Value OplatiSimulator::control(
    std::string_view method, std::string_view command, const json::Value& body) {
    HttpRequest request;
    request.method = method;
    const std::size_t question = command.find('?');
    request.path = std::string(kControlPrefix) + std::string(command.substr(0, question));
    constexpr std::string_view kEndpoint = "?endpoint=";
    if (question != std::string_view::npos && command.substr(question).starts_with(kEndpoint)) {
        request.query.emplace("endpoint", command.substr(question + kEndpoint.size()));
    }
    request.peer = "127.0.0.1";
    if (body.kind() != json::Kind::Null) request.body = body.str();
    const HttpReply reply = state_->control(request);
    auto document = json::parse(reply.body, {std::size_t{64} * 1024 * 1024, 64});
    return document ? *document : json::Value(document.error().text.russian());
}

}  // namespace linuxcash::simulator
