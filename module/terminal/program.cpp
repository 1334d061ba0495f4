// SPDX-License-Identifier: Apache-2.0
#include "terminal/program.h"

#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "base/printable.h"
#include "base/system_error.h"
#include "host/random_id.h"
#include "i18n/translate.h"
#include "log/terminal_log.h"
#include "sales/exporter.h"
#include "terminal/announcer.h"
#include "terminal/event_loop.h"
#include "terminal/payment_systems.h"
#include "terminal/receipt_printer.h"
#include "terminal/screen.h"
#include "terminal/script.h"
#include "terminal/session.h"
#include "terminal/settings.h"
#include "till/till.h"

namespace linuxcash::terminal {

namespace {

constexpr int kFailed = 1;

int fail(const Text& text) {
    std::cerr << "artix-terminal: " << text.russian() << "\n";
    return kFailed;
}

Translate language_of(const Settings& settings) {
    // Russian is what the texts are written in; a foreign locale of the shell must not change the
    // shop's choice.
    if (settings.language == "ru") return [](const std::string& msgid) { return msgid; };
    i18n::set_program_locale();
    return i18n::translator();
}

// Modules that are switched on, and those that a payment type needs.
Result<> load_systems(
    PaymentSystems& systems, till::Till& till, const Settings& settings, const Places& places) {
    const host::HostIdentity identity{
        places.root().native(), settings.desk, std::string(settings.currency.code()),
        settings.language};
    const Result<std::vector<till::PaymentType>> types = till.payment_types();
    if (!types) return types.error();
    std::vector<std::string> needed;
    for (const till::PaymentType& type : *types) {
        if (!type.system.empty()) needed.emplace_back(type.module());
    }
    for (const std::string& plugin : settings.plugins) {
        std::error_code ignored;  // a module that cannot be seen fails to load with a clear text
        const bool there =
            std::filesystem::exists(settings.modules_dir / (plugin + ".so"), ignored);
        const bool bound = std::find(needed.begin(), needed.end(), plugin) != needed.end();
        // Other features of the register are switched on in the same way, and are no modules.
        if (there || bound) systems.load(settings.modules_dir, plugin, identity);
    }
    for (const std::string& name : needed) {
        systems.add_missing(
            name, tr("платежная система %1 выключена: включите ее в ncash.ini.d/%1.ini", name));
    }
    return Done{};
}

// A terminal's echo, as it was when this goes.
class Echo {
public:
    explicit Echo(int terminal) : terminal_(terminal) {
        known_ = ::isatty(terminal) == 1 && ::tcgetattr(terminal, &before_) == 0;
    }
    Echo(const Echo&) = delete;
    Echo& operator=(const Echo&) = delete;
    ~Echo() { set(true); }

    void set(bool visible) {
        if (!known_) return;
        termios wanted = before_;
        if (!visible) wanted.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        // Nothing hangs on it: a terminal that refuses shows what is typed.
        static_cast<void>(::tcsetattr(terminal_, TCSANOW, &wanted));
    }

private:
    int terminal_;
    termios before_{};
    bool known_ = false;
};

// Everything that both modes stand on.
struct Store {
    Places places;
    Settings settings;
    till::Till till;
    log::TerminalLog log;
    log::CategoryLog business{log, "businesslogic"};
    log::CategoryLog dialogs{log, "dialog"};
    SystemClock clock = {};
    PaymentSystems systems = {};
    std::unique_ptr<ReceiptPrinter> printer = {};
};

// A printer that cannot be used does not stop the register: it sells on, and owes its slips.
std::unique_ptr<ReceiptPrinter> open_printer(const Places& places, Settings& settings) {
    if (!settings.has_printer) return std::make_unique<VirtualPrinter>(settings.slip_columns);
    Result<host::Printer> printer = host::Printer::open(
        {settings.drivers_dir, settings.printer_driver, places.root(), settings.language},
        ::getuid());
    if (printer) return std::make_unique<DriverPrinter>(std::move(*printer));
    settings.warnings.push_back(tr("Принтер: %1", printer.error().text));
    return std::make_unique<MissingPrinter>(settings.slip_columns, printer.error().text);
}

// Tells the back office what has ended: before anybody hears that a command is done, and at each
// turn of the loop.
class SalesExport {
public:
    SalesExport() = default;
    SalesExport(const SalesExport&) = delete;
    SalesExport& operator=(const SalesExport&) = delete;

    // `announcer` must outlive this, and this every use of its own sink().
    void begin(Store& store, Announcer& announcer) {
        exporter_.emplace(sales::Exporter::Parts{
            store.till, store.clock, store.places.sales(store.settings.desk), store.settings.desk,
            store.settings.currency, [&announcer](const Text& text) { announcer.log(text); },
            [&announcer](core::LogLevel level, const Text& text) {
                const bool warning = level == core::LogLevel::Warning;
                announcer.notice(
                    warning ? host::Level::Warning : host::Level::Info, text, "export");
            }});
    }
    void work() {
        if (exporter_) exporter_->work();
    }
    [[nodiscard]] Announcer::Sink before(Announcer::Sink sink) {
        return [this, sink = std::move(sink)](const Event& event) {
            if (std::holds_alternative<FinishedEvent>(event.body)) work();
            sink(event);
        };
    }

private:
    std::optional<sales::Exporter> exporter_;
};

int run_script(Store& store, const ProgramOptions& options, int signals) {
    UniqueFd file;
    if (*options.script != "-") {
        file = UniqueFd(::open(options.script->c_str(), O_RDONLY | O_CLOEXEC));
        if (!file.valid()) {
            return fail(tr(
                "файл %1 не открыт: %2", printable(*options.script), system_error_reason(errno)));
        }
    }
    JsonLines lines(STDOUT_FILENO);
    SalesExport sales;
    Announcer announcer(
        sales.before([&lines](const Event& event) { lines.write(event); }),
        language_of(store.settings), {store.business, store.dialogs});
    sales.begin(store, announcer);
    if (const Result<> loaded =
            load_systems(store.systems, store.till, store.settings, store.places);
        !loaded) {
        return fail(loaded.error().text);
    }
    Session session(
        {store.till, store.systems, store.clock, store.settings, announcer, *store.printer,
         host::random_operation_id});
    Script script(session, announcer, store.settings.currency);
    if (const Result<> started = session.start(); !started) return fail(started.error().text);
    LoopHandlers handlers;
    handlers.line = [&script](const LineReader::Line& line) { script.line(line); };
    handlers.signal = [&session](int) { session.stop(); };
    handlers.tick = [&sales] { sales.work(); };
    handlers.broken = [&lines] { return lines.broken(); };
    run_loop(session, file.valid() ? file.get() : STDIN_FILENO, signals, handlers);
    return script.exit_code();
}

int run_screen(Store& store, int signals) {
    Echo echo(STDIN_FILENO);
    const Translate translate = language_of(store.settings);
    Screen::Options options{store.settings.currency, translate};
    options.is_terminal = ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
    options.show_typed = [&echo](bool visible) { echo.set(visible); };
    Screen screen(std::cout, store.clock, std::move(options));
    SalesExport sales;
    Announcer announcer(
        sales.before([&screen](const Event& event) { screen.show(event); }), translate,
        {store.business, store.dialogs});
    sales.begin(store, announcer);
    if (const Result<> loaded =
            load_systems(store.systems, store.till, store.settings, store.places);
        !loaded) {
        return fail(loaded.error().text);
    }
    Session session(
        {store.till, store.systems, store.clock, store.settings, announcer, *store.printer,
         host::random_operation_id});
    screen.greet();
    if (const Result<> started = session.start(); !started) return fail(started.error().text);
    LoopHandlers handlers;
    handlers.line = [&](const LineReader::Line& line) {
        screen.line(line, session);
        if (screen.wants_exit()) session.end_of_input();
    };
    handlers.signal = [&](int number) {
        if (number != SIGINT) return session.stop();
        if (!session.busy()) return screen.interrupt();
        session.interrupt();
    };
    handlers.tick = [&] {
        sales.work();
        screen.tick(session);
        screen.prompt(session);
    };
    handlers.broken = [] { return !std::cout.good(); };
    run_loop(session, STDIN_FILENO, signals, handlers);
    return 0;
}

}  // namespace

int run_program(const ProgramOptions& options) {
    const Places places = Places::choose(options.root);
    Result<Settings> settings = read_register_settings(places);
    if (!settings) return fail(settings.error().text);
    Result<till::Till> till = till::Till::open(places, till::Access::Owner);
    if (!till) return fail(till.error().text);
    const Result<UniqueFd> signals = open_signals();
    if (!signals) return fail(signals.error().text);
    Store store{
        places, std::move(*settings), std::move(*till), log::TerminalLog(places.terminal_log())};
    store.printer = open_printer(places, store.settings);
    if (options.script) return run_script(store, options, signals->get());
    return run_screen(store, signals->get());
}

}  // namespace linuxcash::terminal
