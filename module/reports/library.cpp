// SPDX-License-Identifier: Apache-2.0
#include "reports/library.h"

#include "base/files.h"
#include "base/printable.h"

namespace linuxcash::reports {

namespace {

// A template must go with its data before it is used.
Result<Template> checked(Result<Template> made, const Shape* record) {
    if (!made || record == nullptr) return made;
    const std::vector<Text> faults = made->check(*record);
    if (faults.empty()) return made;
    Text all = faults.front();
    for (std::size_t at = 1; at < faults.size(); ++at)
        all = tr("%1\n%2", all, faults[at]);
    return Error{ErrorCode::InvalidInput, std::move(all)};
}

Result<Source> read_source(const std::filesystem::path& file) {
    const Result<std::string> text = read_file(file, kTemplateBytesMax);
    if (!text) return text.error();
    return Source{file.native(), *text};
}

}  // namespace

Result<Source> Library::pristine_source(const std::string& name) const {
    const std::optional<std::string_view> text = pristine_(name);
    if (text) return Source{name + ".xml", std::string(*text)};
    return Error{
        ErrorCode::NotFound,
        tr("шаблона %1.xml нет ни в папке %2, ни в поставке", name, printable(site_.native()))};
}

Result<Template> Library::read(
    const Source& source, const std::filesystem::path& folder, const Shape* record) const {
    const auto include = [&](const std::string& wanted) -> Result<Source> {
        Result<Source> beside = read_source(folder / (wanted + ".xml"));
        if (beside || beside.error().code != ErrorCode::NotFound) return beside;
        return pristine_source(wanted);
    };
    return checked(Template::read(source, include), record);
}

Result<Template> Library::shipped(const std::string& name, const Shape& record) const {
    const Result<Source> source = pristine_source(name);
    if (!source) return source.error();
    const auto include = [this](const std::string& wanted) { return pristine_source(wanted); };
    return checked(Template::read(*source, include), &record);
}

Result<Library::Found> Library::find(const std::string& name, const Shape& record) const {
    const auto own = [&]() -> Result<Template> {
        if (site_.empty()) return Error{ErrorCode::NotFound, {}};
        const Result<Source> source = read_source(site_ / (name + ".xml"));
        if (!source) return source.error();
        return read(*source, site_, &record);
    }();
    if (own) return Found{*own};
    Result<Template> pristine = shipped(name, record);
    if (!pristine) return own.error().code == ErrorCode::NotFound ? pristine.error() : own.error();
    Found found{std::move(*pristine)};
    if (own.error().code != ErrorCode::NotFound) found.trouble = own.error().text;
    return found;
}

Result<Template> Library::check(const std::filesystem::path& file, const Shape* record) const {
    const Result<Source> source = read_source(file);
    if (!source) return source.error();
    return read(*source, file.parent_path(), record);
}

}  // namespace linuxcash::reports
