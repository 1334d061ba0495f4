// SPDX-License-Identifier: Apache-2.0
#include "terminal/announcer.h"

#include <algorithm>
#include <utility>

namespace linuxcash::terminal {

namespace {

core::LogLevel log_level(host::Level level) {
    switch (level) {
        case host::Level::Info:
            return core::LogLevel::Info;
        case host::Level::Warning:
            return core::LogLevel::Warning;
        case host::Level::Error:
            return core::LogLevel::Error;
    }
    return core::LogLevel::Info;
}

}  // namespace

Announcer::Announcer(Sink sink, Translate translate, Logs logs)
    : sink_(std::move(sink)), translate_(std::move(translate)), logs_(logs) {
}

void Announcer::emit(EventBody body) {
    sink_(Event{id_, std::move(body)});
}

void Announcer::error(const Text& text) {
    logs_.business.write(core::LogLevel::Error, tr("Команда не выполнена: %1", text));
    emit(ErrorEvent{say(text)});
}

void Announcer::notice(NoticeEvent notice) {
    logs_.business.write(
        log_level(notice.level), tr("Извещение %1: %2", notice.source, notice.text));
    emit(std::move(notice));
}

void Announcer::notice(host::Level level, const Text& text, const std::string& source) {
    NoticeEvent event;
    event.level = level;
    event.text = say(text);
    event.source = source;
    notice(std::move(event));
}

void Announcer::tell(host::Level level, const std::string& title, const std::string& text) {
    if (text.empty()) return;
    // The mixed letters of the first word's mate are those that administrators' scripts look for in
    // terminal.log.
    log_dialog(level, tr("Диалог cooбщение: %1", text));
    DialogEvent dialog;
    dialog.dialog = new_dialog();
    dialog.level = level;
    dialog.title = title;
    dialog.text = text;
    const int number = dialog.dialog;
    emit(std::move(dialog));
    emit(ClosedEvent{number});
}

void Announcer::log_dialog(host::Level level, const Text& text) {
    std::string line = say(text);
    std::replace(line.begin(), line.end(), '\n', ' ');  // a line of the log is one line
    logs_.dialogs.write(log_level(level), Text::literal(std::move(line)));
}

}  // namespace linuxcash::terminal
