// SPDX-License-Identifier: Apache-2.0
#include "printing/job.h"

#include <string>
#include <vector>

#include "fakes/scripted_printer.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::printing;
using linuxcash::Error;
using linuxcash::ErrorCode;
using linuxcash::fakes::ManualClock;
using linuxcash::fakes::ScriptedPrinter;

namespace {

const char* const kSlip = "\x1B@\x1C.slip text\n\x1DV\x41\x03";

}  // namespace

TEST_GROUP(PrintJob) {
    ManualClock clock;
    ScriptedPrinter printer{clock};
    Job job;
    std::vector<PrinterState> changes;

    void setup() override {
        job.bytes = kSlip;
        job.on_change = [this](PrinterState state) { changes.push_back(state); };
    }

    JobResult printed() {
        return run_job(printer, job, clock);
    }

    void check(const JobResult& result, Delivery delivery, Trouble trouble) {
        STRCMP_EQUAL(
            std::string(delivery_word(delivery)).c_str(),
            std::string(delivery_word(result.delivery)).c_str());
        STRCMP_EQUAL(
            std::string(trouble_word(trouble)).c_str(),
            std::string(trouble_word(result.trouble)).c_str());
    }
};

TEST(PrintJob, is_printed_when_the_printer_answers_behind_its_last_byte) {
    const JobResult result = printed();

    check(result, Delivery::Printed, Trouble::None);
    STRCMP_EQUAL(kSlip, printer.paper().c_str());
    LONGS_EQUAL(job.bytes.size(), result.taken);
    CHECK(result.text.empty());
    CHECK(changes.empty());
}

TEST(PrintJob, is_not_begun_when_the_paper_is_out_the_cover_open_or_the_knife_stuck) {
    const struct {
        std::array<unsigned char, 4> says;
        Trouble trouble;
    } kinds[] = {
        {{0x1A, 0x32, 0x12, 0x7E}, Trouble::PaperOut},
        {{0x1A, 0x16, 0x12, 0x12}, Trouble::CoverOpen},
        {{0x1A, 0x52, 0x1A, 0x12}, Trouble::Cutter},
        {{0x1A, 0x52, 0x32, 0x12}, Trouble::PrinterError},
        {{0x1A, 0x12, 0x12, 0x12}, Trouble::Offline},
    };
    for (const auto& kind : kinds) {
        printer.says = kind.says;

        const JobResult result = printed();

        check(result, Delivery::NotPrinted, kind.trouble);
        STRCMP_EQUAL("", printer.paper().c_str());
        STRCMP_CONTAINS("чек не напечатан: ", result.text.russian().c_str());
    }
}

TEST(PrintJob, warns_of_paper_near_its_end) {
    printer.says[3] = 0x1E;

    const JobResult result = printed();

    check(result, Delivery::Printed, Trouble::None);
    CHECK(result.status.near_end);
    STRCMP_CONTAINS("бумага скоро закончится", result.text.russian().c_str());
}

TEST(PrintJob, is_taken_as_printed_by_a_printer_that_never_answers) {
    printer.knows_questions = false;
    printer.knows_markers = false;

    const JobResult result = printed();

    check(result, Delivery::Sent, Trouble::None);
    STRCMP_EQUAL(kSlip, printer.paper().c_str());
    CHECK(printer.received().find("\x1D\x72") == std::string::npos);
    CHECK(clock.now < 1'000 + 3'000);
}

TEST(PrintJob, asks_nothing_of_a_printer_that_is_never_to_be_asked) {
    job.answers = StatusAnswers::None;
    printer.paper_out();

    const JobResult result = printed();

    check(result, Delivery::Sent, Trouble::None);
    STRCMP_EQUAL(kSlip, printer.received().c_str());
}

TEST(PrintJob, is_not_begun_when_a_printer_that_always_answers_is_silent) {
    job.answers = StatusAnswers::Full;
    printer.knows_questions = false;

    const JobResult result = printed();

    check(result, Delivery::NotPrinted, Trouble::Offline);
    STRCMP_EQUAL("", printer.paper().c_str());
}

TEST(PrintJob, is_sent_when_the_printer_is_well_but_does_not_know_the_marker) {
    printer.knows_markers = false;

    check(printed(), Delivery::Sent, Trouble::None);
}

TEST(PrintJob, of_a_printer_that_never_confirms_is_watched_while_it_prints) {
    job.answers = StatusAnswers::Realtime;

    check(printed(), Delivery::Sent, Trouble::None);

    CHECK(printer.received().find("\x1D\x72") == std::string::npos);
    CHECK(clock.now < 1'000 + 3'000);
    printer.at(clock.now + 400, [this] { printer.paper_out(); });
    printer.bite = 1;
    printer.slowness = 20;
    check(printed(), Delivery::InDoubt, Trouble::PaperOut);
}

TEST(PrintJob, is_in_doubt_when_the_marker_is_promised_and_does_not_come) {
    job.answers = StatusAnswers::Full;
    // The marker before the job is answered, the one behind it is not.
    printer.slowness = 1;
    printer.at(clock.now + 200, [this] { printer.knows_markers = false; });
    printer.bite = 1;
    job.patience.stall_ms = 500;
    const std::string longer(1'000, 'x');
    job.bytes = longer;

    check(printed(), Delivery::InDoubt, Trouble::TimedOut);
}

TEST(PrintJob, is_not_begun_while_an_earlier_one_is_still_in_the_printer) {
    job.answers = StatusAnswers::Full;
    printer.knows_markers = false;

    check(printed(), Delivery::NotPrinted, Trouble::TimedOut);
    STRCMP_EQUAL("", printer.paper().c_str());
}

TEST(PrintJob, is_not_confirmed_by_the_late_answer_to_an_earlier_one) {
    job.answers = StatusAnswers::Full;
    using namespace std::string_literals;
    // It comes while the printer is asked about itself, behind the first settling.
    printer.answer_delay = 100;
    printer.at(clock.now + 150, [this] {
        printer.to_read += '\0';
        printer.at(clock.now + 900, [this] { printer.knows_markers = false; });
    });
    printer.bite = 1;
    printer.slowness = 20;
    job.patience.stall_ms = 2'000;

    check(printed(), Delivery::InDoubt, Trouble::TimedOut);
}

TEST(PrintJob, is_not_misled_by_old_answers) {
    printer.to_read = "\x72\x7E\x18\x03\x0F";

    check(printed(), Delivery::Printed, Trouble::None);
}

TEST(PrintJob, waits_for_new_paper_and_is_printed_then) {
    printer.at(clock.now + 400, [this] { printer.paper_out(); });
    printer.at(clock.now + 60'000, [this] { printer.ready(); });
    printer.bite = 1;
    printer.slowness = 20;

    const JobResult result = printed();

    check(result, Delivery::Printed, Trouble::None);
    LONGS_EQUAL(2, changes.size());
    CHECK(changes[0] == PrinterState::PaperOut);
    CHECK(changes[1] == PrinterState::Ready);
}

TEST(PrintJob, is_in_doubt_when_nobody_brings_new_paper) {
    printer.at(clock.now + 400, [this] { printer.paper_out(); });
    printer.bite = 1;
    printer.slowness = 20;

    const JobResult result = printed();

    check(result, Delivery::InDoubt, Trouble::PaperOut);
    STRCMP_CONTAINS("закончилась бумага", result.text.russian().c_str());
    STRCMP_CONTAINS("посмотрите на бумагу", result.text.russian().c_str());
    CHECK(clock.now < 1'000 + 130'000 + 20'000);
}

TEST(PrintJob, is_in_doubt_when_the_marker_is_answered_out_of_turn) {
    // Answers to markers come although it says that it has stopped.
    printer.bite = 1;
    printer.slowness = 20;
    printer.at(clock.now + 400, [this] { printer.says = {0x12, 0x12, 0x12, 0x7E}; });

    check(printed(), Delivery::InDoubt, Trouble::PaperOut);
}

TEST(PrintJob, is_cut_off_at_any_byte_without_a_half_known_state) {
    job.answers = StatusAnswers::None;
    for (std::size_t cut = 0; cut < job.bytes.size(); ++cut) {
        for (const Ended how : {Ended::Gone, Ended::Failed, Ended::Stopped}) {
            ScriptedPrinter cut_off(clock);
            cut_off.goes_at = cut;
            cut_off.goes_how = how;

            const JobResult result = run_job(cut_off, job, clock);

            const Trouble trouble = how == Ended::Gone     ? Trouble::Unplugged
                                    : how == Ended::Failed ? Trouble::Broken
                                                           : Trouble::Stopped;
            check(result, cut == 0 ? Delivery::NotPrinted : Delivery::InDoubt, trouble);
            LONGS_EQUAL(cut, result.taken);
        }
    }
}

TEST(PrintJob, is_in_doubt_when_nobody_knows_whether_its_first_byte_went) {
    job.answers = StatusAnswers::None;
    printer.goes_at = 0;
    printer.loses_count = true;

    check(printed(), Delivery::InDoubt, Trouble::Unplugged);
}

TEST(PrintJob, with_questions_is_cut_off_at_any_byte_without_a_half_known_state) {
    printed();
    const std::size_t all = printer.received().size();
    constexpr std::size_t kQuestions = 12;
    for (std::size_t cut = 0; cut < all; ++cut) {
        ScriptedPrinter cut_off(clock);
        cut_off.goes_at = cut;

        const JobResult result = run_job(cut_off, job, clock);

        const std::size_t behind = kQuestions + job.bytes.size() + marker().size();
        if (cut > behind) {
            // It had said that it is printed.
            check(result, Delivery::Printed, Trouble::None);
            continue;
        }
        check(
            result, cut <= kQuestions ? Delivery::NotPrinted : Delivery::InDoubt,
            Trouble::Unplugged);
    }
}

TEST(PrintJob, is_continued_from_where_a_partial_write_ended) {
    printer.bite = 3;
    printer.slowness = 700;
    const std::string longer = "0123456789012345678901234567890123456789";
    job.bytes = longer;

    const JobResult result = printed();

    check(result, Delivery::Printed, Trouble::None);
    STRCMP_EQUAL(longer.c_str(), printer.paper().c_str());
}

TEST(PrintJob, goes_on_when_a_full_printer_takes_bytes_again) {
    printer.room = 12 + 5;
    printer.at(clock.now + 40'000, [this] { printer.room = ScriptedPrinter::kEndless; });

    const JobResult result = printed();

    check(result, Delivery::Printed, Trouble::None);
    STRCMP_EQUAL(kSlip, printer.paper().c_str());
    LONGS_EQUAL(2, changes.size());
    CHECK(changes[0] == PrinterState::Offline);
}

TEST(PrintJob, is_in_doubt_when_a_full_printer_never_takes_bytes_again) {
    printer.room = 12 + 5;

    const JobResult result = printed();

    check(result, Delivery::InDoubt, Trouble::TimedOut);
    LONGS_EQUAL(5, result.taken);
}

TEST(PrintJob, is_not_printed_when_a_silent_printer_takes_nothing) {
    printer.room = 0;

    const JobResult result = printed();

    check(result, Delivery::NotPrinted, Trouble::TimedOut);
    CHECK(clock.now <= 1'000 + 20'000);
}

TEST(PrintJob, hears_amid_the_data_why_the_printer_stopped) {
    using namespace std::string_literals;
    printer.room = 12 + 5;
    printer.at(clock.now + 3'000, [this] { printer.to_read += "\x18\0\x0F\0"s; });

    const JobResult result = printed();

    check(result, Delivery::InDoubt, Trouble::PaperOut);
    CHECK(changes.at(0) == PrinterState::PaperOut);
}

TEST(PrintJob, takes_the_usb_port_as_a_hint_when_the_printer_says_nothing) {
    printer.knows_questions = false;
    printer.port = 0x30;

    check(printed(), Delivery::NotPrinted, Trouble::PaperOut);
    STRCMP_EQUAL("", printer.paper().c_str());
}

TEST(PrintJob, believes_the_printer_rather_than_its_usb_port) {
    printer.port = 0x30;

    check(printed(), Delivery::Printed, Trouble::None);
}

TEST(PrintJob, asks_the_usb_port_of_a_one_way_printer) {
    printer.kind.two_way = false;
    printer.port = 0x30;

    check(printed(), Delivery::NotPrinted, Trouble::PaperOut);
    STRCMP_EQUAL("", printer.received().c_str());
}

TEST(PrintJob, is_whole_or_nothing_in_a_file) {
    printer.kind = {false, true, 0};

    check(printed(), Delivery::Printed, Trouble::None);
    STRCMP_EQUAL(kSlip, printer.received().c_str());

    printer.goes_at = printer.received().size() + job.bytes.size();
    printer.goes_how = Ended::Failed;
    check(printed(), Delivery::NotPrinted, Trouble::Broken);
}

TEST(PrintJob, survives_every_answer_to_every_question) {
    for (int question = 0; question < 4; ++question) {
        for (int byte = 0; byte < 256; ++byte) {
            ScriptedPrinter odd(clock);
            odd.says[static_cast<std::size_t>(question)] = static_cast<unsigned char>(byte);
            job.patience.repair_ms = 2'000;

            const JobResult result = run_job(odd, job, clock);

            CHECK(result.delivery == Delivery::NotPrinted || odd.paper() == kSlip);
            CHECK(result.delivery != Delivery::NotPrinted || odd.paper().empty());
        }
    }
}

TEST(PrintJob, lets_a_slow_line_and_a_slow_printer_finish) {
    const Patience patience;

    CHECK(job_limit_ms(2'000, {true, false, 960}, patience) >= 2'083 + 5'000);
    CHECK(job_limit_ms(18'432, {true, false, 960}, patience) >= 19'200 + 46'080);
    CHECK(job_limit_ms(2'000, {true, false, 0}, patience) < 60'000);
}

TEST(PrintJob, that_found_no_printer_tells_why) {
    const struct {
        ErrorCode code;
        Trouble trouble;
    } kinds[] = {
        {ErrorCode::NotFound, Trouble::NotFound}, {ErrorCode::Denied, Trouble::Denied},
        {ErrorCode::Busy, Trouble::Busy},         {ErrorCode::Timeout, Trouble::TimedOut},
        {ErrorCode::Io, Trouble::Broken},         {ErrorCode::InvalidInput, Trouble::Broken},
    };
    for (const auto& kind : kinds) {
        const JobResult result = not_opened(Error{kind.code, linuxcash::Text::literal("причина")});

        check(result, Delivery::NotPrinted, kind.trouble);
        STRCMP_EQUAL("чек не напечатан: причина", result.text.russian().c_str());
    }
}

TEST_GROUP(PrinterQuery) {
    ManualClock clock;
    ScriptedPrinter printer{clock};

    Condition ask(StatusAnswers answers = StatusAnswers::Auto) {
        return query(printer, answers, {}, clock);
    }
};

TEST(PrinterQuery, tells_the_state_and_what_to_do) {
    printer.cover_open();

    const Condition condition = ask();

    CHECK(condition.status.state() == PrinterState::CoverOpen);
    STRCMP_CONTAINS("закройте", condition.text.russian().c_str());
}

TEST(PrinterQuery, of_a_silent_printer_is_unknown_and_no_trouble) {
    printer.knows_questions = false;

    const Condition condition = ask();

    CHECK(condition.status.state() == PrinterState::Unknown);
    CHECK(condition.trouble == Trouble::None);
    CHECK(clock.now <= 1'000 + 1'100);
}

TEST(PrinterQuery, of_a_printer_that_is_never_asked_sends_nothing) {
    const Condition condition = ask(StatusAnswers::None);

    CHECK(condition.status.state() == PrinterState::Unknown);
    STRCMP_EQUAL("", printer.received().c_str());
}

TEST(PrinterQuery, tells_that_the_printer_is_gone) {
    printer.goes_at = 0;

    CHECK(ask().trouble == Trouble::Unplugged);
}

TEST(PrinterQuery, takes_a_late_answer_for_silence) {
    printer.answer_delay = 1'500;

    CHECK(ask().status.state() == PrinterState::Unknown);
    // The late one is thrown away before the next question.
    printer.answer_delay = 0;
    printer.paper_out();
    CHECK(ask().status.state() == PrinterState::PaperOut);
}
