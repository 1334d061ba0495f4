// SPDX-License-Identifier: Apache-2.0
#include "printing/models.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/integer.h"
#include "config/ini.h"
#include "config/schema.h"
#include "core/word_table.h"

namespace linuxcash::printing {

namespace {

using config::Settings;

constexpr int kNumberMax = 255;

constexpr std::array kCodePrintings{
    std::pair{CodePrinting::None, std::string_view("none")},
    std::pair{CodePrinting::Raster, std::string_view("raster")},
    std::pair{CodePrinting::Native, std::string_view("native")},
};
constexpr std::array kCutters{
    std::pair{Cutter::None, std::string_view("none")},
    std::pair{Cutter::Partial, std::string_view("partial")},
    std::pair{Cutter::Full, std::string_view("full")},
};
constexpr std::array kDrawers{
    std::pair{Drawer::None, std::string_view("none")},
    std::pair{Drawer::Pin2, std::string_view("pin2")},
    std::pair{Drawer::Pin5, std::string_view("pin5")},
};
constexpr std::array kStatusAnswers{
    std::pair{StatusAnswers::None, std::string_view("none")},
    std::pair{StatusAnswers::Auto, std::string_view("auto")},
    std::pair{StatusAnswers::Realtime, std::string_view("realtime")},
    std::pair{StatusAnswers::Full, std::string_view("full")},
};

// The keys of one model, whose section has its name.
class ModelKeys {
public:
    explicit ModelKeys(std::string section) : section_(std::move(section)) {}

    [[nodiscard]] config::Schema schema() const {
        return {
            key("title", SettingType::String, "", tr("Название модели")),
            number("columns", "32", {16, 96}, tr("Сколько символов в строке")),
            number("small_columns", "0", {0, 128}, tr("Сколько символов мелкого шрифта в строке")),
            number("dots", "384", {240, 1280}, tr("Ширина печати в точках")),
            pages(),
            choice("qr", "raster", kCodePrintings, tr("Как печатать QR-код")),
            choice("barcode", "raster", kCodePrintings, tr("Как печатать штрихкод")),
            key("images", SettingType::Boolean, "1", tr("Печатает ли принтер картинки")),
            choice("cutter", "none", kCutters, tr("Как отрезать чек")),
            choice("drawer", "none", kDrawers, tr("К какому контакту подключён денежный ящик")),
            key("leave_two_byte_mode", SettingType::Boolean, "1",
                tr("Выходить ли из двухбайтового режима командой FS .")),
            choice("status", "auto", kStatusAnswers, tr("Отвечает ли принтер о своём состоянии")),
            key("device_id", SettingType::Boolean, "1",
                tr("Можно ли спрашивать у принтера его имя по USB")),
        };
    }

private:
    [[nodiscard]] Setting key(
        const char* name, SettingType type, const char* otherwise, Text doc) const {
        Setting setting;
        setting.section = section_;
        setting.key = name;
        setting.type = type;
        setting.default_value = otherwise;
        setting.doc = std::move(doc);
        return setting;
    }

    [[nodiscard]] Setting number(
        const char* name, const char* otherwise, std::pair<int, int> range, Text doc) const {
        Setting setting = key(name, SettingType::Integer, otherwise, std::move(doc));
        setting.min = range.first;
        setting.max = range.second;
        return setting;
    }

    [[nodiscard]] Setting pages() const {
        Setting setting =
            key("code_pages", SettingType::String, "",
                tr("Кодовые страницы с номерами команды ESC t, через пробел; первая — главная"));
        setting.required = true;
        return setting;
    }

    template <typename Table>
    [[nodiscard]] Setting choice(
        const char* name, const char* otherwise, const Table& words, Text doc) const {
        Setting setting = key(name, SettingType::Choice, otherwise, std::move(doc));
        for (const auto& [value, word] : words)
            setting.choices.push_back({std::string(word), Text()});
        return setting;
    }

    std::string section_;
};

std::optional<NumberedPage> read_page(std::string_view item) {
    const std::size_t colon = item.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const CodePage* page = find_code_page(item.substr(0, colon));
    const auto number = parse_integer(item.substr(colon + 1));
    if (page == nullptr || !number || *number < 0 || *number > kNumberMax) return std::nullopt;
    return NumberedPage{page, static_cast<unsigned char>(*number)};
}

std::string known_pages() {
    std::string names;
    for (const CodePage& page : code_pages())
        names += (names.empty() ? "" : ", ") + std::string(page.name);
    return names;
}

Error page_fault(const config::Ini& ini, const std::string& section, std::string_view item) {
    const config::IniEntry* entry = ini.find(section, "code_pages");
    return {
        ErrorCode::InvalidInput,
        tr("%1:%2: «%3» — не кодовая страница с номером: напишите, например, cp866:17; известны %4",
           ini.file(), entry == nullptr ? 0 : entry->line, item, known_pages())};
}

Result<std::vector<NumberedPage>> read_pages(
    const config::Ini& ini, const std::string& section, std::string_view list) {
    std::vector<NumberedPage> pages;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        const std::string_view item = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        if (item.empty()) continue;
        const auto page = read_page(item);
        if (!page) return page_fault(ini, section, item);
        pages.push_back(*page);
    }
    return pages;
}

template <typename Table>
auto word(const Table& table, const Settings& settings, const Model& model, const char* key) {
    // The schema has let through the words of the table only.
    return core::of_word(table, settings.text(model.name, key)).value_or(table.front().first);
}

Result<Model> read_model(const config::Ini& ini, const Settings& settings, std::string name) {
    Model model;
    model.name = std::move(name);
    const std::string& section = model.name;
    auto pages = read_pages(ini, section, settings.text(section, "code_pages"));
    if (!pages) return pages.error();
    model.pages = std::move(*pages);
    model.title = settings.text(section, "title");
    model.columns = static_cast<int>(settings.integer(section, "columns"));
    model.small_columns = static_cast<int>(settings.integer(section, "small_columns"));
    model.dots = static_cast<int>(settings.integer(section, "dots"));
    model.images = settings.boolean(section, "images");
    model.leave_two_byte_mode = settings.boolean(section, "leave_two_byte_mode");
    model.qr = word(kCodePrintings, settings, model, "qr");
    model.barcode = word(kCodePrintings, settings, model, "barcode");
    model.cutter = word(kCutters, settings, model, "cutter");
    model.drawer = word(kDrawers, settings, model, "drawer");
    model.status = word(kStatusAnswers, settings, model, "status");
    model.device_id = settings.boolean(section, "device_id");
    return model;
}

std::vector<std::string> sections_of(const config::Ini& ini) {
    std::vector<std::string> names;
    for (const config::IniEntry& entry : ini.entries()) {
        if (std::find(names.begin(), names.end(), entry.section) == names.end())
            names.push_back(entry.section);
    }
    return names;
}

}  // namespace

const Model* Models::find(std::string_view name) const {
    const auto found = std::find_if(
        models.begin(), models.end(), [name](const Model& model) { return model.name == name; });
    return found == models.end() ? nullptr : &*found;
}

Result<Models> read_models(const std::filesystem::path& path) {
    const auto ini = config::Ini::read(path);
    if (!ini) return ini.error();
    const std::vector<std::string> names = sections_of(*ini);
    if (names.empty()) {
        return Error{
            ErrorCode::InvalidInput,
            tr("%1: нет ни одной модели принтера: опишите её в разделе с её именем", ini->file())};
    }
    config::Schema schema;
    for (const std::string& name : names) {
        for (Setting& setting : ModelKeys(name).schema())
            schema.push_back(std::move(setting));
    }
    auto read = config::apply_schema(*ini, schema);
    if (!read) return read.error();
    Models result;
    result.warnings = std::move(read->warnings);
    for (const std::string& name : names) {
        auto model = read_model(*ini, read->settings, name);
        if (!model) return model.error();
        result.models.push_back(std::move(*model));
    }
    return result;
}

}  // namespace linuxcash::printing
