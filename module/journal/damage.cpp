// SPDX-License-Identifier: Apache-2.0
#include "journal/damage.h"

#include <utility>

#include "journal/files.h"
#include "journal/reader.h"
#include "journal/witness.h"

namespace linuxcash::journal {

namespace {

namespace fs = std::filesystem;

constexpr const char* kDamaged = "damaged";
constexpr const char* kAccepted = "accepted";

// Files that were set aside when they could not be read.
Result<std::vector<fs::path>> accept_set_aside(const fs::path& journal, std::int64_t wall_ms) {
    std::vector<fs::path> accepted;
    for (const fs::path& each : set_aside_files(journal, kDamaged)) {
        const auto renamed = rename_aside(each, journal, {kAccepted, wall_ms});
        if (!renamed) return renamed.error();
        accepted.push_back(*renamed);
    }
    return accepted;
}

}  // namespace

Error explained(const Error& error, const Places& places, std::string_view module) {
    if (error.code != ErrorCode::Damaged) return error;
    return {
        ErrorCode::Damaged,
        tr("журнал %1 повреждён: %2. Оплаты через %3 не принимаются, чтобы ничего не потерять: "
           "проверьте журнал командой «paysysctl journal verify %3», восстановите его из "
           "резервной копии или, сверив оплаты с платёжной системой, примите потерю командой "
           "«paysysctl journal accept %3»",
           places.journal(module).native(), error.text, module)};
}

Error missing_end(std::int64_t last_seq, std::int64_t synced_seq) {
    return {
        ErrorCode::Damaged,
        tr("последняя запись %1, а на диск была записана и запись %2", last_seq, synced_seq)};
}

Result<Accepted> accept_damage(
    const Places& places, std::string_view module, std::int64_t wall_ms) {
    const fs::path journal = places.journal(module);
    if (size_of(places.lock(module)) < 0 && size_of(journal) < 0
        && set_aside_files(journal, kDamaged).empty())
        return Error{
            ErrorCode::NotFound,
            tr("журнала %1 нет: модуль %2 ещё не проводил оплат", journal.native(), module)};
    auto witness = Witness::take(places, module, std::nullopt);
    if (!witness) return witness.error();
    Accepted accepted;
    std::int64_t kept_seq = 0;
    if (size_of(journal) >= 0) {
        const auto verified = verify_file(journal, module);
        if (!verified && verified.error().code != ErrorCode::Damaged) return verified.error();
        accepted.journal_kept = verified.ok();
        if (verified) kept_seq = verified->records;
    }
    auto aside = accept_set_aside(journal, wall_ms);
    if (!aside) return aside.error();
    accepted.set_aside = std::move(*aside);
    if (!accepted.journal_kept && size_of(journal) >= 0) {
        auto renamed = set_aside(journal, kAccepted, wall_ms);
        if (!renamed) return renamed.error();
        accepted.set_aside.push_back(*renamed);
    }
    const bool end_was_missing = witness->seq() > kept_seq;
    if (accepted.set_aside.empty() && !end_was_missing)
        return Error{
            ErrorCode::InvalidInput,
            tr("журнал %1 не повреждён: принимать нечего", journal.native())};
    witness->note(kept_seq);
    return accepted;
}

}  // namespace linuxcash::journal
