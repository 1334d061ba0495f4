// SPDX-License-Identifier: Apache-2.0
#include "printing/job.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/word_table.h"

namespace linuxcash::printing {

namespace {

using core::Millis;

// One look at a printer that takes nothing or prints in silence.
constexpr Millis kLookMs = 1'000;
// Old answers that are still on their way come within this time.
constexpr Millis kSettleMs = 60;
constexpr Millis kMillisPerSecond = 1'000;
// More than this before the first question is no answer of a printer: we stop listening to it.
constexpr int kStaleReadsMax = 64;

constexpr std::array kDeliveryWords{
    std::pair{Delivery::Printed, std::string_view("printed")},
    std::pair{Delivery::Sent, std::string_view("sent")},
    std::pair{Delivery::NotPrinted, std::string_view("not-printed")},
    std::pair{Delivery::InDoubt, std::string_view("in-doubt")},
};
constexpr std::array kTroubleWords{
    std::pair{Trouble::None, std::string_view("none")},
    std::pair{Trouble::PaperOut, std::string_view("paper-out")},
    std::pair{Trouble::CoverOpen, std::string_view("cover-open")},
    std::pair{Trouble::Cutter, std::string_view("cutter")},
    std::pair{Trouble::Offline, std::string_view("offline")},
    std::pair{Trouble::PrinterError, std::string_view("error")},
    std::pair{Trouble::NotFound, std::string_view("not-found")},
    std::pair{Trouble::Busy, std::string_view("busy")},
    std::pair{Trouble::Denied, std::string_view("denied")},
    std::pair{Trouble::Unplugged, std::string_view("unplugged")},
    std::pair{Trouble::TimedOut, std::string_view("timed-out")},
    std::pair{Trouble::Stopped, std::string_view("stopped")},
    std::pair{Trouble::Broken, std::string_view("broken")},
};

Trouble trouble_of(PrinterState state) {
    switch (state) {
        case PrinterState::Unknown:
        case PrinterState::Ready:
        case PrinterState::PaperNearEnd:
            return Trouble::None;
        case PrinterState::Offline:
            return Trouble::Offline;
        case PrinterState::Error:
            return Trouble::PrinterError;
        case PrinterState::Cutter:
            return Trouble::Cutter;
        case PrinterState::CoverOpen:
            return Trouble::CoverOpen;
        case PrinterState::PaperOut:
            return Trouble::PaperOut;
    }
    return Trouble::None;
}

// Of so many bytes on the line.
Millis line_ms(std::size_t bytes, const LinkTraits& traits) {
    if (traits.bytes_per_second <= 0) return 0;
    return static_cast<Millis>(bytes) * kMillisPerSecond / traits.bytes_per_second;
}

// Of so many bytes on the paper.
Millis paper_ms(std::size_t bytes, const Patience& patience) {
    return static_cast<Millis>(bytes) * kMillisPerSecond / std::max(1, patience.bytes_per_second);
}

bool prints(PrinterState state) {
    return trouble_of(state) == Trouble::None;
}

// Why it is not certain that everything is printed.
struct Fault {
    Trouble trouble = Trouble::None;
    Text reason;
};

Fault fault_of(PrinterState state) {
    return {trouble_of(state), state_text(state)};
}

std::optional<Fault> fault_of(Ended ended, const Text& reason) {
    switch (ended) {
        case Ended::Complete:
        case Ended::Deadline:
            return std::nullopt;
        case Ended::Stopped:
            return Fault{Trouble::Stopped, tr("печать прервана")};
        case Ended::Gone:
            return Fault{
                Trouble::Unplugged,
                tr("пропала связь с принтером (%1): проверьте кабель и питание", reason)};
        case Ended::Failed:
            return Fault{Trouble::Broken, tr("не удалось передать данные принтеру: %1", reason)};
    }
    return std::nullopt;
}

// Asks questions and tells their answers from everything else that a printer says.
class Talk {
public:
    Talk(Link& link, int answer_ms, const core::Clock& clock)
        : link_(link), answer_ms_(answer_ms), clock_(clock) {}

    // Of the link; nothing can be asked or sent any more.
    [[nodiscard]] const std::optional<Fault>& fault() const { return fault_; }
    [[nodiscard]] Millis now() const { return clock_.monotonic(); }

    // Throws away what was answered to somebody else.
    void settle() {
        const Millis until = now() + kSettleMs;
        for (int reads = 0; reads < kStaleReadsMax && !fault_; ++reads) {
            if (read(until).empty()) break;
        }
        reader_.forget();
        queued_.reset();
    }

    // Takes over what the printer has said of its own accord.
    void listen(PrinterStatus& status) {
        if (!fault_) (void)take_in(read(now()), status);
    }

    // The answers of the printer in the order of the questions. A fresh status, not heard when it
    // says nothing to the first one.
    [[nodiscard]] PrinterStatus ask() {
        PrinterStatus status;
        for (const Question question :
             {Question::Printer, Question::OfflineCause, Question::ErrorCause, Question::Paper}) {
            if (!send(realtime_question(question))) break;
            const auto answer = wait_realtime(now() + answer_ms_, status);
            if (answer) apply_realtime(status, question, *answer);
            if (!answer && question == Question::Printer) break;
        }
        return status;
    }

    // An answer to somebody else's marker.
    void forget_marker() { queued_.reset(); }

    // A question that the printer did not take whole is ended before the next one begins.
    [[nodiscard]] bool send(std::string_view bytes) {
        if (!unsent_.empty()) {
            if (!send_rest()) return false;
            settle();
        }
        unsent_ = bytes;
        return send_rest();
    }

    // Whether the answer to a marker has come; one that came while something else was asked
    // counts.
    [[nodiscard]] bool marker_answered(Millis deadline, PrinterStatus& status) {
        while (!fault_ && !queued_ && now() < deadline)
            (void)take_in(read(deadline), status);
        if (!queued_) return false;
        apply_queued(status, *queued_);
        queued_.reset();
        return true;
    }

private:
    [[nodiscard]] bool send_rest() {
        if (fault_) return false;
        const Written written = link_.write(unsent_, now() + answer_ms_);
        unsent_.erase(0, written.count);
        fault_ = fault_of(written.ended, written.reason);
        return unsent_.empty() && !fault_;
    }

    [[nodiscard]] std::string read(Millis deadline) {
        Arrived arrived = link_.read(deadline);
        fault_ = fault_of(arrived.ended, arrived.reason);
        return std::move(arrived.bytes);
    }

    // The last answer to a question among the bytes: what is before it was late.
    [[nodiscard]] std::optional<std::uint8_t> take_in(
        const std::string& bytes, PrinterStatus& status) {
        std::optional<std::uint8_t> realtime;
        for (const StatusAnswer& answer : reader_.feed(bytes)) {
            const auto first = static_cast<std::uint8_t>(answer.bytes.front());
            if (answer.kind == AnswerKind::Automatic) apply_automatic(status, answer.bytes);
            if (answer.kind == AnswerKind::Queued) queued_ = first;
            if (answer.kind == AnswerKind::Realtime) realtime = first;
        }
        return realtime;
    }

    [[nodiscard]] std::optional<std::uint8_t> wait_realtime(
        Millis deadline, PrinterStatus& status) {
        while (!fault_ && now() < deadline) {
            if (const auto answer = take_in(read(deadline), status)) return answer;
        }
        return std::nullopt;
    }

    Link& link_;
    int answer_ms_;
    const core::Clock& clock_;
    StatusReader reader_;
    std::string unsent_;
    std::optional<std::uint8_t> queued_;
    std::optional<Fault> fault_;
};

class Run {
public:
    Run(Link& link, const Job& job, const core::Clock& clock)
        : link_(link),
          job_(job),
          traits_(link.traits()),
          talk_(link, job.patience.answer_ms, clock) {}

    [[nodiscard]] JobResult run() {
        const Millis work = job_limit_ms(job_.bytes.size(), traits_, job_.patience);
        end_ = talk_.now() + work + job_.patience.repair_ms;
        if (const auto fault = look_before()) return ended(Delivery::NotPrinted, *fault);
        auto fault = send_all();
        if (!fault) fault = flush();
        if (fault) return ended(doubt(), *fault);
        if (traits_.keeps_whole_jobs) return ended(Delivery::Printed, {});
        return answers_ ? confirm() : look_after_silence();
    }

private:
    // Why nothing may be sent now.
    [[nodiscard]] std::optional<Fault> look_before() {
        if (!asks()) return std::nullopt;
        if (traits_.two_way) {
            talk_.settle();
            result_.status = talk_.ask();
        }
        if (talk_.fault()) return talk_.fault();
        answers_ = result_.status.heard;
        const bool promised = traits_.two_way && job_.answers == StatusAnswers::Full;
        if (!answers_ && promised) {
            return Fault{
                Trouble::Offline, tr("принтер не отвечает: проверьте, что он включён и подключён")};
        }
        if (!answers_) ask_port();
        const PrinterState state = result_.status.state();
        if (!prints(state)) return fault_of(state);
        return promised ? wait_for_turn() : std::nullopt;
    }

    [[nodiscard]] bool asks() const {
        return !traits_.keeps_whole_jobs && job_.answers != StatusAnswers::None;
    }

    // What an earlier job left in the printer is printed first; its late confirmation must not be
    // taken for ours.
    [[nodiscard]] std::optional<Fault> wait_for_turn() {
        PrinterStatus status = result_.status;
        const Millis limit = talk_.now() + job_.patience.stall_ms;
        talk_.forget_marker();
        if (talk_.send(marker()) && talk_.marker_answered(limit, status)) {
            talk_.settle();
            return talk_.fault();
        }
        if (talk_.fault()) return talk_.fault();
        return Fault{
            Trouble::TimedOut, tr("принтер занят прежней печатью: подождите и попробуйте снова")};
    }

    // Whatever the printer takes, until it takes nothing for too long.
    [[nodiscard]] std::optional<Fault> send_all() {
        std::string stream(job_.bytes);
        if (answers_ && job_.answers != StatusAnswers::Realtime) stream += marker();
        std::size_t sent = 0;
        Millis moved = talk_.now();
        while (sent < stream.size()) {
            const Written written =
                link_.write(std::string_view(stream).substr(sent), talk_.now() + kLookMs);
            sent += written.count;
            result_.taken = std::min(sent, job_.bytes.size());
            // A file takes nothing before it takes all.
            maybe_begun_ = !traits_.keeps_whole_jobs && (result_.taken > 0 || written.maybe_more);
            if (const auto fault = fault_of(written.ended, written.reason)) return fault;
            if (written.count > 0) moved = talk_.now();
            if (talk_.now() >= stalled_until(moved)) return stalled();
            if (written.count == 0) look_at_stall(moved);
        }
        report(PrinterState::Ready);
        return std::nullopt;
    }

    // Nothing may be asked amid the data: the printer must speak of its own accord.
    void look_at_stall(Millis since) {
        if (traits_.two_way) talk_.listen(result_.status);
        const PrinterState state = result_.status.state();
        if (!prints(state)) return report(state);
        if (talk_.now() - since >= job_.patience.stall_ms) report(PrinterState::Offline);
    }

    // A printer that has answered is on, so that only people can make it go on.
    [[nodiscard]] Millis stalled_until(Millis since) const {
        const Patience& patience = job_.patience;
        return std::min(end_, since + (answers_ ? patience.repair_ms : patience.stall_ms));
    }

    [[nodiscard]] Fault stalled() {
        if (!answers_) ask_port();
        if (!prints(result_.status.state())) return fault_of(result_.status.state());
        return {
            Trouble::TimedOut,
            tr("принтер перестал принимать данные: проверьте бумагу, крышку и питание")};
    }

    [[nodiscard]] std::optional<Fault> flush() {
        const Millis limit = stalled_until(talk_.now() + line_ms(job_.bytes.size(), traits_));
        while (true) {
            const Written written = link_.flush(std::min(limit, talk_.now() + kLookMs));
            if (written.ended == Ended::Complete) return std::nullopt;
            maybe_begun_ = maybe_begun_ || written.maybe_more;
            if (const auto fault = fault_of(written.ended, written.reason)) return fault;
            if (talk_.now() >= limit) return stalled();
        }
    }

    // Waits for the answer behind the last byte, as long as the printer prints or is being
    // repaired.
    [[nodiscard]] JobResult confirm() {
        Millis limit = talk_.now() + printing_ms();
        std::optional<Millis> broken_since;
        while (!talk_.marker_answered(talk_.now() + kLookMs, result_.status)) {
            if (talk_.fault() || talk_.now() >= end_) return in_doubt();
            look();
            const bool broken = !prints(result_.status.state());
            report(broken ? result_.status.state() : PrinterState::Ready);
            if (broken && !broken_since) broken_since = talk_.now();
            if (!broken && broken_since) limit = talk_.now() + printing_ms();
            if (!broken) broken_since.reset();
            const Millis until = broken ? *broken_since + job_.patience.repair_ms : limit;
            if (talk_.now() >= until) return unanswered();
        }
        report(PrinterState::Ready);
        return look_after();
    }

    [[nodiscard]] JobResult look_after() {
        look();
        // A printer that answers the marker although it has stopped does not keep its order.
        if (!prints(result_.status.state())) return in_doubt();
        return ended(Delivery::Printed, {});
    }

    // Keeps the last known status when the printer is silent now.
    void look() {
        const PrinterStatus status = talk_.ask();
        if (status.heard) result_.status = status;
        answers_now_ = status.heard;
    }

    // The marker was not answered in time.
    [[nodiscard]] JobResult unanswered() {
        const bool well = answers_now_ && prints(result_.status.state());
        // Some printers know DLE EOT and not GS r.
        if (well && job_.answers != StatusAnswers::Full) return ended(Delivery::Sent, {});
        return in_doubt();
    }

    [[nodiscard]] JobResult in_doubt() {
        if (talk_.fault()) return ended(doubt(), *talk_.fault());
        const PrinterState state = result_.status.state();
        if (!prints(state)) return ended(doubt(), fault_of(state));
        return ended(doubt(), {Trouble::TimedOut, tr("принтер не подтвердил, что чек напечатан")});
    }

    [[nodiscard]] JobResult look_after_silence() {
        if (asks()) ask_port();
        if (!prints(result_.status.state())) return in_doubt();
        return ended(Delivery::Sent, {});
    }

    void ask_port() {
        const auto byte = link_.port_status(talk_.now() + job_.patience.answer_ms);
        if (byte) apply_port_status(result_.status, *byte);
    }

    [[nodiscard]] Delivery doubt() const {
        return maybe_begun_ ? Delivery::InDoubt : Delivery::NotPrinted;
    }

    [[nodiscard]] Millis printing_ms() const {
        const Millis paper = paper_ms(job_.bytes.size(), job_.patience);
        // One that never confirms is watched only as long as it prints.
        return job_.answers == StatusAnswers::Realtime ? paper : paper + job_.patience.stall_ms;
    }

    void report(PrinterState state) {
        if (state == reported_) return;
        reported_ = state;
        if (job_.on_change) job_.on_change(state);
    }

    [[nodiscard]] JobResult ended(Delivery delivery, const Fault& fault) {
        result_.delivery = delivery;
        result_.trouble = fault.trouble;
        result_.text = words(fault);
        return std::move(result_);
    }

    [[nodiscard]] Text words(const Fault& fault) const {
        switch (result_.delivery) {
            case Delivery::NotPrinted:
                return tr("чек не напечатан: %1", fault.reason);
            case Delivery::InDoubt:
                return tr(
                    "чек мог напечататься не весь: %1; посмотрите на бумагу и, если чека нет, "
                    "напечатайте его ещё раз",
                    fault.reason);
            case Delivery::Printed:
            case Delivery::Sent:
                return result_.status.near_end ? state_text(PrinterState::PaperNearEnd) : Text();
        }
        return {};
    }

    Link& link_;
    const Job& job_;
    LinkTraits traits_;
    Talk talk_;
    bool answers_ = false;  // before the job
    bool answers_now_ = false;
    bool maybe_begun_ = false;  // a byte of the job may be in the printer
    PrinterState reported_ = PrinterState::Ready;
    Millis end_ = 0;
    JobResult result_;
};

Trouble trouble_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::NotFound:
            return Trouble::NotFound;
        case ErrorCode::Denied:
            return Trouble::Denied;
        case ErrorCode::Busy:
            return Trouble::Busy;
        case ErrorCode::Timeout:
            return Trouble::TimedOut;
        case ErrorCode::InvalidInput:
        case ErrorCode::Io:
        case ErrorCode::NoSpace:
        case ErrorCode::TooLarge:
        case ErrorCode::Damaged:
        case ErrorCode::Unsupported:
        case ErrorCode::Internal:
            return Trouble::Broken;
    }
    return Trouble::Broken;
}

}  // namespace

std::string_view delivery_word(Delivery delivery) {
    return core::word_of(kDeliveryWords, delivery);
}

std::string_view trouble_word(Trouble trouble) {
    return core::word_of(kTroubleWords, trouble);
}

JobResult run_job(Link& link, const Job& job, const core::Clock& clock) {
    return Run(link, job, clock).run();
}

JobResult not_opened(const Error& error) {
    JobResult result;
    result.trouble = trouble_of(error.code);
    result.text = tr("чек не напечатан: %1", error.text);
    return result;
}

core::Millis job_limit_ms(std::size_t bytes, const LinkTraits& traits, const Patience& patience) {
    // Two looks at the printer of four questions each; waiting for its turn, and for its last word.
    constexpr int kAnswers = 8;
    constexpr int kStalls = 2;
    return line_ms(bytes, traits) + paper_ms(bytes, patience)
           + static_cast<Millis>(kAnswers) * patience.answer_ms
           + static_cast<Millis>(kStalls) * patience.stall_ms;
}

Condition query(
    Link& link, StatusAnswers answers, const Patience& patience, const core::Clock& clock) {
    Condition condition;
    const LinkTraits traits = link.traits();
    if (answers == StatusAnswers::None || traits.keeps_whole_jobs) {
        condition.text = state_text(PrinterState::Unknown);
        return condition;
    }
    Talk talk(link, patience.answer_ms, clock);
    if (traits.two_way) {
        talk.settle();
        condition.status = talk.ask();
    }
    if (const auto& fault = talk.fault()) {
        condition.trouble = fault->trouble;
        condition.text = fault->reason;
        return condition;
    }
    if (!condition.status.heard) {
        const auto byte = link.port_status(talk.now() + patience.answer_ms);
        if (byte) apply_port_status(condition.status, *byte);
    }
    condition.text = state_text(condition.status.state());
    return condition;
}

}  // namespace linuxcash::printing
