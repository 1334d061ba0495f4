// SPDX-License-Identifier: Apache-2.0
#include "gateways/oplati/settings.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/integer.h"

namespace linuxcash::oplati {
namespace {

constexpr std::string_view kSection = "Main";

Setting text_setting(const char* key, const char* default_value, std::int64_t longest, Text doc) {
    return {std::string(kSection), key, SettingType::String, default_value, 0, longest, {},
            std::move(doc)};
}

struct Range {
    std::int64_t least;
    std::int64_t greatest;
};

Setting number_setting(const char* key, const char* default_value, Range range, Text doc) {
    return {std::string(kSection), key,     SettingType::Integer, default_value, range.least,
            range.greatest,        tr("с"), std::move(doc)};
}

Setting url_setting() {
    Setting setting = text_setting("url", "http://localhost", 512, tr("Адрес сервера"));
    setting.type = SettingType::Url;
    setting.more_doc = {
        tr("Вместе с путём к API и без косой черты в конце, "
           "например https://cashboxapi.o-plati.by/ms-pay")};
    return setting;
}

Setting mode_setting() {
    Setting setting = text_setting("mode", "0", 0, tr("Режим работы"));
    setting.type = SettingType::Choice;
    setting.choices = {
        {"0", tr("кассир сканирует QR-код с телефона покупателя")},
        {"1", tr("покупатель сканирует табличку с QR-кодом у кассы и вводит код подтверждения")},
        {"2", tr("покупатель сканирует QR-код с экрана кассы")}};
    return setting;
}

Setting pace_setting(const char* key, const char* default_value, Text doc, Text warning) {
    Setting setting = number_setting(key, default_value, {10, 60'000}, std::move(doc));
    setting.unit = tr("мс");
    setting.more_doc = {std::move(warning)};
    return setting;
}

Setting undo_setting() {
    Setting setting = text_setting(
        "undo_by", "orderNumber", 0, tr("Каким номером называть платёж при технической отмене"));
    setting.type = SettingType::Choice;
    setting.choices = {
        {"orderNumber", tr("номером заказа, который дала касса")},
        {"paymentId", tr("номером платежа в О!плати; пока он неизвестен, номером заказа")}};
    return setting;
}

Setting allow_http_setting() {
    Setting setting =
        text_setting("allow_http", "0", 0, tr("Разрешить обращение к серверу без шифрования"));
    setting.type = SettingType::Boolean;
    setting.more_doc = {
        tr("К этому же компьютеру (localhost) оно разрешено всегда"),
        tr("Внимание: токен и пароль кассы тогда видны всей сети")};
    return setting;
}

Setting password_setting() {
    Setting setting = text_setting(
        "password", "", 128,
        tr("Пароль кассы; задан - касса работает в режиме пароля, без токена"));
    setting.file = SettingFile::Secrets;
    return setting;
}

bool printable_ascii(std::string_view text) {
    return std::all_of(
        text.begin(), text.end(), [](char each) { return each > ' ' && each < '\x7f'; });
}

Error wrong(std::string_view key, Text what) {
    return {ErrorCode::InvalidInput, tr("ключ %1: %2", key, std::move(what))};
}

std::optional<Text> wrong_url(std::string_view url) {
    const std::string_view scheme = url.starts_with("https://")  ? "https://"
                                    : url.starts_with("http://") ? "http://"
                                                                 : "";
    if (scheme.empty()) return tr("адрес должен начинаться с https:// или http://");
    if (!printable_ascii(url)) {
        return tr("в адресе есть пробел или символ не из латинского набора");
    }
    const std::string_view rest = url.substr(scheme.size());
    const std::string_view host = rest.substr(0, rest.find('/'));
    if (host.empty() || host.front() == ':') return tr("в адресе нет имени сервера");
    if (rest.find_first_of("?#@\\\"<>") != std::string_view::npos) {
        return tr("в адресе не должно быть ?, #, @, кавычек и скобок: только сервер, порт и путь");
    }
    return std::nullopt;
}

std::optional<Text> wrong_number(const Setting& setting, std::string_view value) {
    const auto number = parse_integer(value);
    if (number && *number >= setting.min && *number <= setting.max) return std::nullopt;
    return tr("нужно целое число от %1 до %2, а задано \"%3\"", setting.min, setting.max, value);
}

std::optional<Text> wrong_choice(const Setting& setting, std::string_view value) {
    std::string known;
    for (const SettingChoice& choice : setting.choices) {
        if (choice.value == value) return std::nullopt;
        known += (known.empty() ? "" : ", ") + choice.value;
    }
    return tr("нужно одно из значений %1, а задано \"%2\"", known, value);
}

std::optional<Text> wrong_value(const Setting& setting, const std::string& value) {
    switch (setting.type) {
        case SettingType::Integer:
            return wrong_number(setting, value);
        case SettingType::Choice:
            return wrong_choice(setting, value);
        case SettingType::Boolean:
            if (value == "0" || value == "1") return std::nullopt;
            return tr("нужно 0 или 1, а задано \"%1\"", value);
        case SettingType::Url:
        case SettingType::String:
            break;
    }
    if (value.size() > static_cast<std::size_t>(setting.max)) {
        return tr("значение длиннее %1 байт", setting.max);
    }
    if (setting.type == SettingType::Url) return wrong_url(value);
    return std::nullopt;
}

// The values that the table has already checked.
class Checked {
public:
    static Result<Checked> all(const std::map<std::string, std::string>& values) {
        Checked checked;
        for (const Setting& setting : setting_table()) {
            const auto given = values.find(setting.key);
            const bool set = given != values.end() && !given->second.empty();
            const std::string& value = set ? given->second : setting.default_value;
            if (auto reason = wrong_value(setting, value)) return wrong(setting.key, *reason);
            checked.values_[setting.key] = value;
        }
        return checked;
    }

    [[nodiscard]] const std::string& text(const char* key) const { return values_.at(key); }
    [[nodiscard]] int number(const char* key) const {
        return static_cast<int>(parse_integer(values_.at(key)).value_or(0));
    }

private:
    std::map<std::string, std::string> values_;
};

std::string without_slashes_at_end(std::string url) {
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

}  // namespace

std::vector<Setting> setting_table() {
    return {
        url_setting(),
        number_setting("timeout", "10", {1, 120}, tr("Время ожидания ответа от сервера")),
        text_setting("regNum", "", 64, tr("Регистрационный номер кассы")),
        mode_setting(),
        number_setting(
            "session_wait_s", "120", {5, 3'600},
            tr("Сколько ждать, пока покупатель отсканирует QR-код или введёт код")),
        number_setting(
            "confirm_wait_s", "180", {5, 3'600},
            tr("Сколько ждать подтверждения оплаты в приложении покупателя")),
        number_setting(
            "doubt_wait_s", "30", {1, 600},
            tr("Сколько выяснять исход оплаты, ответ на которую потерян")),
        number_setting(
            "gone_grace_s", "60", {0, 3'600},
            tr("Сколько не верить ответу \"платёж не найден\" после срока ответа на запрос "
               "оплаты")),
        number_setting(
            "session_keep_s", "300", {0, 3'600},
            tr("Сколько после чтения карты лояльности оплата обходится без нового сканирования")),
        pace_setting(
            "ready_pace_ms", "3000", tr("Как часто спрашивать, отсканировал ли покупатель QR-код"),
            tr("Внимание: О!плати не разрешает чаще 3000 мс, меньшее значение только для "
               "испытаний")),
        pace_setting(
            "status_pace_ms", "5000", tr("Как часто спрашивать об исходе оплаты"),
            tr("Внимание: О!плати не разрешает чаще 5000 мс, меньшее значение только для "
               "испытаний")),
        undo_setting(),
        text_setting(
            "footer", "", 512, tr("Последняя строка электронного чека в приложении покупателя")),
        allow_http_setting(),
        text_setting(
            "ca_file", "", 512, tr("Файл с сертификатами удостоверяющих центров вместо системных")),
        password_setting(),
    };
}

Result<Settings> make_settings(const std::map<std::string, std::string>& values) {
    const Result<Checked> checked = Checked::all(values);
    if (!checked) return checked.error();
    Settings settings;
    settings.url = without_slashes_at_end(checked->text("url"));
    settings.timeout_s = checked->number("timeout");
    settings.reg_num = checked->text("regNum");
    settings.mode = static_cast<Mode>(checked->number("mode"));
    settings.password = Secret(checked->text("password"));
    settings.session_wait_s = checked->number("session_wait_s");
    settings.confirm_wait_s = checked->number("confirm_wait_s");
    settings.doubt_wait_s = checked->number("doubt_wait_s");
    settings.gone_grace_s = checked->number("gone_grace_s");
    settings.session_keep_s = checked->number("session_keep_s");
    settings.ready_pace_ms = checked->number("ready_pace_ms");
    settings.status_pace_ms = checked->number("status_pace_ms");
    settings.undo_key =
        checked->text("undo_by") == "paymentId" ? UndoKey::PaymentId : UndoKey::OrderNumber;
    settings.footer = checked->text("footer");
    settings.allow_http = checked->text("allow_http") == "1";
    settings.ca_file = checked->text("ca_file");
    if (!printable_ascii(settings.reg_num)) {
        return wrong(
            "regNum", tr("нужны латинские буквы и цифры без пробелов, как в личном кабинете "
                         "О!плати, например OPL000011111"));
    }
    if (!printable_ascii(settings.password.reveal())) {
        return wrong("password", tr("в пароле есть пробел или символ не из латинского набора"));
    }
    return settings;
}

}  // namespace linuxcash::oplati
