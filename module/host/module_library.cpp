// SPDX-License-Identifier: Apache-2.0
#include "host/module_library.h"

#include <cstddef>
#include <utility>

#include "base/foreign.h"
#include "base/printable.h"
#include "host/documents.h"
#include "host/shared_object.h"

namespace linuxcash::host {

namespace {

Error error(ErrorCode code, Text text) {
    return Error{code, std::move(text)};
}

// Copies a table and says what of it cannot be missing.
bool is_complete(const lc_module& table, const lc_conversation& conversation) {
    return table.describe != nullptr && table.create != nullptr && table.start != nullptr
           && table.destroy != nullptr && conversation.next != nullptr
           && conversation.answer != nullptr && conversation.cancel != nullptr
           && conversation.release != nullptr;
}

}  // namespace

Result<ModuleLibrary> ModuleLibrary::load(
    const std::filesystem::path& modules_dir, const std::string& name, uid_t uid) {
    const std::filesystem::path file = modules_dir / (name + ".so");
    const Result<void*> symbol = load_symbol({modules_dir, name, LC_ENTRY_NAME}, uid);
    if (!symbol) return symbol.error();
    Result<ModuleLibrary> adopted = adopt(reinterpret_cast<const lc_module* (*)()>(*symbol)());
    if (!adopted) return adopted.error();
    if (adopted->description().name != name) {
        return error(
            ErrorCode::InvalidInput,
            tr("модуль из файла %1 называет себя %2", printable(file.native()),
               printable(adopted->description().name)));
    }
    return adopted;
}

Result<ModuleLibrary> ModuleLibrary::adopt(const lc_module* table) {
    const std::optional<lc_module> read = read_foreign(table);
    const bool has_version =
        read && read->size >= offsetof(lc_module, abi_major) + sizeof read->abi_major;
    if (!has_version) return error(ErrorCode::Unsupported, tr("у модуля нет таблицы функций"));
    if (read->abi_major != LC_ABI_MAJOR) {
        return error(
            ErrorCode::Unsupported,
            tr("модуль сделан для версии %1 интерфейса, а касса знает версию %2: обновите "
               "то, что старше",
               read->abi_major, LC_ABI_MAJOR));
    }
    ModuleLibrary library;
    library.table_ = *read;
    library.conversation_ = read_foreign(read->conversation).value_or(lc_conversation{});
    if (!is_complete(library.table_, library.conversation_)) {
        return error(ErrorCode::Unsupported, tr("в таблице модуля нет обязательных функций"));
    }
    const char* document = library.table_.describe();
    Result<Description> description = read_description(document == nullptr ? "" : document);
    if (!description) return description.error();
    library.description_ = std::move(*description);
    return library;
}

}  // namespace linuxcash::host
