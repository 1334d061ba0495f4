// SPDX-License-Identifier: Apache-2.0
#include "core/comparison.h"

#include <array>

#include "core/word_table.h"

namespace linuxcash::core {
namespace {

constexpr std::array kKinds{
    std::pair{DifferenceKind::Sum, std::string_view{"sum"}},
    std::pair{DifferenceKind::Status, std::string_view{"status"}},
    std::pair{DifferenceKind::OnlyOurs, std::string_view{"only_ours"}},
    std::pair{DifferenceKind::OnlyTheirs, std::string_view{"only_theirs"}},
    std::pair{DifferenceKind::Owed, std::string_view{"owed"}},
    std::pair{DifferenceKind::Undecided, std::string_view{"undecided"}},
    std::pair{DifferenceKind::NotInTill, std::string_view{"not_in_till"}},
    std::pair{DifferenceKind::NotInJournal, std::string_view{"not_in_journal"}},
};

}  // namespace

std::string_view name(DifferenceKind kind) {
    return word_of(kKinds, kind);
}

}  // namespace linuxcash::core
