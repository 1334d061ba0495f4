// SPDX-License-Identifier: Apache-2.0
#include "driver/printers.h"

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "driver/fake_device.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::driver;

namespace {

namespace slip = core::slip;

class SilentLog final : public core::Log {
public:
    void write(core::LogLevel, const Text&) noexcept override {}
};

printing::JobResult printed() {
    printing::JobResult result;
    result.delivery = printing::Delivery::Printed;
    result.status.heard = true;
    return result;
}

printing::JobResult failed(printing::Delivery delivery, printing::Trouble trouble) {
    printing::JobResult result;
    result.delivery = delivery;
    result.trouble = trouble;
    result.text = tr("принтер не подключен");
    return result;
}

slip::Slip text_slip(const char* text) {
    slip::Slip made;
    made.elements = {slip::Text{.text = text}};
    return made;
}

PrinterSettings printer(const char* target) {
    PrinterSettings settings;
    settings.target = target;
    settings.address = links::FileAddress{"slips.bin"};
    settings.model.pages = {{printing::find_code_page("cp866"), 17}};
    return settings;
}

constexpr int kPatienceMs = 5000;

}  // namespace

TEST_GROUP(Printers) {
    std::map<std::string, Paper> papers;
    SilentLog log;
    std::unique_ptr<Printers> printers;

    void open(const std::vector<std::string>& targets) {
        Settings settings;
        for (const std::string& target : targets)
            settings.printers.push_back(printer(target.c_str()));
        printers = std::make_unique<Printers>(
            settings,
            [this](const PrinterSettings& one) {
                return std::make_unique<FakeDevice>(papers[one.target]);
            },
            log, 1);
        CHECK_TRUE(printers->start().ok());
    }

    void teardown() override {
        printers.reset();
    }

    // The next event of that kind.
    Event next(EventKind kind) {
        while (true) {
            const std::optional<Event> event = printers->next(kPatienceMs);
            CHECK_TRUE_TEXT(event.has_value(), "no event came");
            if (event->kind == kind) return *event;
        }
    }

    JobEnd end_of(std::uint64_t job) {
        const Event event = next(EventKind::Job);
        LONGS_EQUAL(job, event.job);
        return event.end;
    }
};

TEST(Printers, a_printed_slip_ends_as_printed) {
    open({"receipt"});
    CHECK_TRUE(printers->print(7, "receipt", text_slip("А")).ok());
    papers["receipt"].end_next(printed());

    const Event event = next(EventKind::Job);

    LONGS_EQUAL(7, event.job);
    CHECK(event.end == JobEnd::Printed);
    STRCMP_EQUAL("receipt", event.target.c_str());
    LONGS_EQUAL(1, papers["receipt"].printed().size());
}

TEST(Printers, printing_does_not_wait_for_the_printer) {
    open({"receipt"});

    for (std::uint64_t job = 1; job <= 3; ++job)
        CHECK_TRUE(printers->print(job, "receipt", text_slip("А")).ok());

    CHECK_FALSE(printers->next(0).has_value());
    for (std::uint64_t job = 1; job <= 3; ++job) {
        papers["receipt"].end_next(printed());
        CHECK(end_of(job) == JobEnd::Printed);
    }
}

TEST(Printers, slips_come_out_in_the_order_they_were_given) {
    open({"receipt"});
    CHECK_TRUE(printers->print(1, "receipt", text_slip("1")).ok());
    CHECK_TRUE(printers->print(2, "receipt", text_slip("2")).ok());
    papers["receipt"].end_next(printed());
    papers["receipt"].end_next(printed());

    CHECK(end_of(1) == JobEnd::Printed);
    CHECK(end_of(2) == JobEnd::Printed);

    const std::vector<std::string> all = papers["receipt"].printed();
    CHECK(all[0].find('1') != std::string::npos);
    CHECK(all[1].find('2') != std::string::npos);
}

TEST(Printers, a_print_group_without_a_printer_of_its_own_prints_receipts) {
    open({"receipt", "kitchen"});
    papers["receipt"].end_next(printed());
    papers["kitchen"].end_next(printed());

    CHECK_TRUE(printers->print(1, "bar", text_slip("А")).ok());
    STRCMP_EQUAL("receipt", next(EventKind::Job).target.c_str());
    CHECK_TRUE(printers->print(2, "kitchen", text_slip("А")).ok());
    STRCMP_EQUAL("kitchen", next(EventKind::Job).target.c_str());
}

TEST(Printers, a_slip_for_two_printers_ends_once_when_both_have_ended) {
    open({"receipt", "kitchen"});
    slip::Slip both = text_slip("зал");
    both.elements.emplace_back(slip::Target{"kitchen"});
    both.elements.emplace_back(slip::Text{.text = "кухня"});
    CHECK_TRUE(printers->print(1, "receipt", both).ok());

    papers["kitchen"].end_next(printed());
    papers["receipt"].end_next(printed());

    CHECK(end_of(1) == JobEnd::Printed);
    LONGS_EQUAL(1, papers["kitchen"].printed().size());
    LONGS_EQUAL(1, papers["receipt"].printed().size());
    CHECK_FALSE(printers->next(0).has_value() && printers->next(0)->kind == EventKind::Job);
}

TEST(Printers, a_slip_that_only_one_of_two_printers_printed_is_in_doubt) {
    open({"receipt", "kitchen"});
    slip::Slip both = text_slip("зал");
    both.elements.emplace_back(slip::Target{"kitchen"});
    both.elements.emplace_back(slip::Text{.text = "кухня"});
    CHECK_TRUE(printers->print(1, "receipt", both).ok());

    papers["receipt"].end_next(printed());
    papers["kitchen"].end_next(failed(printing::Delivery::NotPrinted, printing::Trouble::NotFound));

    CHECK(end_of(1) == JobEnd::InDoubt);
}

TEST(Printers, trouble_ends_what_waits_behind_it) {
    open({"receipt"});
    for (std::uint64_t job = 1; job <= 3; ++job)
        CHECK_TRUE(printers->print(job, "receipt", text_slip("А")).ok());
    papers["receipt"].condition({{}, printing::Trouble::NotFound, tr("нет")});

    papers["receipt"].end_next(failed(printing::Delivery::NotPrinted, printing::Trouble::NotFound));

    for (std::uint64_t job = 1; job <= 3; ++job)
        CHECK(end_of(job) == JobEnd::NotPrinted);
}

TEST(Printers, a_printer_in_trouble_is_asked_until_it_is_well) {
    open({"receipt"});
    CHECK_TRUE(printers->print(1, "receipt", text_slip("А")).ok());
    papers["receipt"].condition({{}, printing::Trouble::NotFound, tr("нет")});
    papers["receipt"].end_next(failed(printing::Delivery::NotPrinted, printing::Trouble::NotFound));
    CHECK(next(EventKind::State).state == State::Unreachable);

    printing::PrinterStatus ready;
    ready.heard = true;
    papers["receipt"].condition({ready, printing::Trouble::None, {}});

    CHECK(next(EventKind::State).state == State::Ready);
}

TEST(Printers, a_slip_that_no_paper_holds_is_refused_and_printed_nowhere) {
    open({"receipt", "kitchen"});
    slip::Slip both = text_slip("зал");
    both.elements.emplace_back(slip::Target{"kitchen"});
    both.elements.emplace_back(slip::QrCode{.data = std::string(5000, 'x')});

    CHECK_TRUE(printers->print(1, "receipt", both).ok());

    const Event event = next(EventKind::Job);
    CHECK(event.end == JobEnd::Refused);
    CHECK_FALSE(event.text.empty());
    LONGS_EQUAL(0, papers["receipt"].printed().size());
}

TEST(Printers, an_empty_slip_is_printed_at_once) {
    open({"receipt"});
    CHECK_TRUE(printers->print(1, "receipt", {}).ok());
    CHECK(end_of(1) == JobEnd::Printed);
}

TEST(Printers, a_number_that_is_under_way_is_not_taken_again) {
    open({"receipt"});
    CHECK_TRUE(printers->print(1, "receipt", text_slip("А")).ok());
    CHECK_FALSE(printers->print(1, "receipt", text_slip("Б")).ok());
    papers["receipt"].end_next(printed());
    CHECK(end_of(1) == JobEnd::Printed);
    CHECK_TRUE(printers->print(1, "receipt", text_slip("А")).ok());
}

TEST(Printers, check_tells_the_state_even_when_it_is_the_same) {
    open({"receipt", "kitchen"});

    printers->check();

    CHECK(next(EventKind::State).state == State::Unknown);
    CHECK(next(EventKind::State).state == State::Unknown);
}

TEST(Printers, a_drawer_opens_where_there_is_one) {
    Settings settings;
    settings.printers = {printer("receipt"), printer("kitchen")};
    settings.printers[0].model.drawer = printing::Drawer::Pin2;
    printers = std::make_unique<Printers>(
        settings,
        [this](const PrinterSettings& one) {
            return std::make_unique<FakeDevice>(papers[one.target]);
        },
        log);
    CHECK_TRUE(printers->start().ok());
    papers["receipt"].end_next(printed());

    CHECK_TRUE(printers->open_drawer(5, "receipt").ok());
    CHECK(printers->open_drawer(6, "kitchen").error().code == ErrorCode::Unsupported);

    CHECK(end_of(5) == JobEnd::Printed);
}

TEST(Printers, trouble_does_not_shut_the_drawer) {
    Settings settings;
    settings.printers = {printer("receipt")};
    settings.printers[0].model.drawer = printing::Drawer::Pin2;
    printers = std::make_unique<Printers>(
        settings,
        [this](const PrinterSettings& one) {
            return std::make_unique<FakeDevice>(papers[one.target]);
        },
        log, 1);
    CHECK_TRUE(printers->start().ok());
    papers["receipt"].condition({{}, printing::Trouble::NotFound, tr("нет")});
    CHECK_TRUE(printers->print(1, "receipt", text_slip("А")).ok());
    papers["receipt"].wait_for(1);
    CHECK_TRUE(printers->print(2, "receipt", text_slip("Б")).ok());
    CHECK_TRUE(printers->open_drawer(3, "receipt").ok());
    papers["receipt"].end_next(failed(printing::Delivery::NotPrinted, printing::Trouble::NotFound));
    papers["receipt"].end_next(printed());

    std::map<std::uint64_t, JobEnd> ends;
    while (ends.size() < 3) {
        const Event event = next(EventKind::Job);
        ends[event.job] = event.end;
    }

    LONGS_EQUAL(1, papers["receipt"].printed().size());
    CHECK(ends[2] == JobEnd::NotPrinted);
}

TEST(Printers, a_state_is_told_in_its_own_words) {
    open({"receipt"});
    printing::JobResult result =
        failed(printing::Delivery::NotPrinted, printing::Trouble::PaperOut);
    result.text = tr("чек не напечатан");
    papers["receipt"].end_next(result);
    CHECK_TRUE(printers->print(1, "receipt", text_slip("А")).ok());

    const Event state = next(EventKind::State);

    CHECK(state.state == State::PaperOut);
    CHECK(state.text == printing::state_text(printing::PrinterState::PaperOut));
}

TEST(Printers, going_ends_a_job_that_stands_still) {
    open({"receipt"});
    CHECK_TRUE(printers->print(1, "receipt", text_slip("А")).ok());

    printers.reset();

    LONGS_EQUAL(0, papers["receipt"].printed().size());
}

TEST(Printers, a_queue_without_end_is_not_taken) {
    open({"receipt"});
    papers["receipt"].condition({{}, printing::Trouble::NotFound, tr("нет")});
    constexpr std::uint64_t kMany = 300;
    for (std::uint64_t job = 1; job <= kMany; ++job)
        CHECK_TRUE(printers->print(job, "receipt", text_slip("А")).ok());

    CHECK(next(EventKind::Job).end == JobEnd::NotPrinted);
}
