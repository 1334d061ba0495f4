// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

#include <algorithm>
#include <utility>

#include "cli/journal_commands.h"
#include "cli/printer_commands.h"
#include "cli/queue_commands.h"
#include "cli/report_commands.h"
#include "cli/settings_commands.h"
#include "cli/till_commands.h"
#include "cli/token_commands.h"

namespace linuxcash::cli {

namespace {

struct Command {
    std::vector<std::string_view> name;
    std::size_t least_words = 0;  // behind the name
    std::size_t most_words = 0;
    std::vector<std::string_view> options;
    Exit (*run)(const Invocation&, Console&) = nullptr;
    Text usage;
};

constexpr std::size_t kAnyNumber = 1000;

// What an administrator sets up.
std::vector<Command> setup_commands() {
    return {
        {{"set"},
         1,
         kAnyNumber,
         {"stdin"},
         set_settings,
         tr("set СИСТЕМА КЛЮЧ=ЗНАЧЕНИЕ… | set СИСТЕМА --stdin — записать настройки и включить; "
            "pos вместо системы — сама касса, plugin.СИСТЕМА=off выключает, printer или "
            "printer:ГРУППА — принтер")},
        {{"get"},
         1,
         2,
         {},
         get_settings,
         tr("get СИСТЕМА [КЛЮЧ] — показать настройки, секреты как ***")},
        {{"payment-type"},
         3,
         3,
         {"kkm", "kind", "fiscal"},
         put_payment_type,
         tr("payment-type НОМЕР СИСТЕМА НАЗВАНИЕ [--kkm 2–13] [--kind cash|card|other] "
            "[--fiscal yes|no] — завести тип оплаты; СИСТЕМА может быть none")},
        {{"payment-types"},
         0,
         0,
         {"json"},
         list_payment_types,
         tr("payment-types [--json] — показать типы оплаты")},
        {{"card-group"},
         2,
         2,
         {"inputmask", "pattern"},
         put_card_group,
         tr("card-group НОМЕР НАЗВАНИЕ [--inputmask ЧИСЛО] [--pattern ВЫРАЖЕНИЕ] — завести группу "
            "карт")},
        {{"action"},
         2,
         kAnyNumber,
         {},
         put_action,
         tr("action КЛАВИША КОМАНДА [ПАРАМЕТР=ЗНАЧЕНИЕ…] — назначить действие клавише")},
    };
}

// What an administrator looks at.
std::vector<Command> journal_commands() {
    const std::vector<std::string_view> filters = {"receipt", "sum",   "kind",  "outcome",
                                                   "shift",   "since", "until", "open",
                                                   "limit",   "skip",  "json"};
    return {
        {{"journal", "list"},
         0,
         1,
         filters,
         list_journal,
         tr("journal list [СИСТЕМА] [--receipt НОМЕР] [--sum СУММА] [--kind ВИД] [--outcome ИТОГ] "
            "[--shift МЕТКА] [--since ГГГГ-ММ-ДД] [--until ГГГГ-ММ-ДД] [--open] [--limit N] "
            "[--skip N] [--json] — операции из журнала, последние N (1000), кроме самых последних "
            "--skip")},
        {{"journal", "show"},
         1,
         2,
         {"json"},
         show_journal,
         tr("journal show [СИСТЕМА] ОПЕРАЦИЯ [--json] — все записи об операции, её отмены и "
            "возвраты")},
        {{"journal", "verify"},
         0,
         1,
         {},
         verify_journal,
         tr("journal verify [СИСТЕМА] — проверить целостность журнала")},
        {{"journal", "accept"},
         1,
         1,
         {},
         accept_journal,
         tr("journal accept СИСТЕМА — принять потерю повреждённого журнала, сверив оплаты в "
            "личном кабинете")},
    };
}

// What an administrator helps along.
std::vector<Command> owner_commands() {
    return {
        {{"queue", "list"},
         0,
         1,
         {"json"},
         list_queue,
         tr("queue list [СИСТЕМА] [--json] — что ещё должно быть отменено или возвращено")},
        {{"queue", "explain"},
         0,
         2,
         {"json"},
         explain_queue,
         tr("queue explain [СИСТЕМА] [ОПЕРАЦИЯ] [--json] — что случилось, чего ждёт очередь и что "
            "делать")},
        {{"queue", "push"},
         0,
         1,
         {},
         push_queue,
         tr("queue push [СИСТЕМА] — доставить очередь сейчас")},
        {{"report"},
         0,
         1,
         {"shift", "check", "print", "preview", "model"},
         show_report,
         tr("report x|z|oplat|queue [--shift N] [--print | --preview КАРТИНКА.png [--model "
            "МОДЕЛЬ]] — показать, напечатать или нарисовать отчёт кассы; report [ФОРМА] --check "
            "ФАЙЛ — проверить шаблон")},
        {{"token", "status"},
         0,
         1,
         {"json"},
         show_token,
         tr("token status [СИСТЕМА] [--json] — режим работы и файл токена, без самого токена")},
        {{"token", "reset"},
         1,
         1,
         {},
         reset_token,
         tr("token reset СИСТЕМА — забыть токен кассы, когда его сбросили в личном кабинете")},
    };
}

// What an administrator plugs in.
std::vector<Command> printer_commands() {
    return {
        {{"printer", "list"},
         0,
         0,
         {"json"},
         list_printers,
         tr("printer list [--json] — подключённые принтеры: значения для set printer device=…")},
        {{"printer", "status"},
         0,
         0,
         {"json"},
         show_printers,
         tr("printer status [--json] — состояние принтеров кассы и ненапечатанные слипы")},
        {{"printer", "test"},
         0,
         1,
         {},
         print_test_page,
         tr("printer test [ГРУППА] — напечатать проверочную страницу")},
        {{"printer", "drawer"},
         0,
         1,
         {},
         open_drawer,
         tr("printer drawer [ГРУППА] — открыть денежный ящик")},
        {{"printer", "preview"},
         1,
         1,
         {"output", "model"},
         preview_file,
         tr("printer preview ФАЙЛ -o КАРТИНКА.png [--model МОДЕЛЬ] — слип на бумаге; ФАЙЛ — слип в "
            "JSON или в разметке iiko")},
    };
}

std::vector<Command> commands() {
    std::vector<Command> all = setup_commands();
    for (Command& command : printer_commands())
        all.push_back(std::move(command));
    for (Command& command : journal_commands())
        all.push_back(std::move(command));
    for (Command& command : owner_commands())
        all.push_back(std::move(command));
    return all;
}

bool names(const Command& command, const std::vector<std::string>& words) {
    return words.size() >= command.name.size()
           && std::equal(command.name.begin(), command.name.end(), words.begin());
}

std::optional<Text> option_fault(const Command& command, const Invocation& invocation) {
    for (const auto& [name, value] : invocation.options)
        if (std::ranges::count(command.options, name) == 0)
            return tr("команда %1 не знает параметра --%2", invocation.words.front(), name);
    return std::nullopt;
}

}  // namespace

std::optional<std::string> Invocation::option(const std::string& name) const {
    const auto found = options.find(name);
    if (found == options.end()) return std::nullopt;
    return found->second;
}

Exit run(const Invocation& invocation, Console& console) {
    if (invocation.words.empty()) return console.wrong(tr("не указана команда"));
    const std::vector<Command> known = commands();
    const auto command = std::ranges::find_if(
        known, [&](const Command& one) { return names(one, invocation.words); });
    if (command == known.end())
        return console.wrong(tr("нет такой команды: %1", invocation.words.front()));
    if (const auto fault = option_fault(*command, invocation)) return console.wrong(*fault);
    Invocation rest = invocation;
    const auto name_end = rest.words.begin() + static_cast<std::ptrdiff_t>(command->name.size());
    rest.words.erase(rest.words.begin(), name_end);
    if (rest.words.size() < command->least_words || rest.words.size() > command->most_words)
        return console.wrong(command->usage);
    return command->run(rest, console);
}

std::vector<Text> usage() {
    std::vector<Text> lines;
    for (const Command& command : commands())
        lines.push_back(command.usage);
    return lines;
}

}  // namespace linuxcash::cli
