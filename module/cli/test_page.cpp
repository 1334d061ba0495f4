// SPDX-License-Identifier: Apache-2.0
#include "cli/test_page.h"

#include <utility>

#include "links/address.h"

namespace linuxcash::cli {

namespace {

namespace slip = core::slip;

slip::Text line(std::string words, slip::Size size = slip::Size::Default) {
    slip::Text text;
    text.text = std::move(words);
    text.size = size;
    text.wrapping = slip::Wrapping::Wordwrap;
    return text;
}

slip::Text heading(std::string words) {
    slip::Text text = line(std::move(words));
    text.alignment = slip::Alignment::Center;
    text.bold = true;
    return text;
}

slip::Pair pair(std::string left, std::string right) {
    slip::Pair made;
    made.left = std::move(left);
    made.right = std::move(right);
    made.alignment = slip::Alignment::Right;
    return made;
}

// As many digits as a line holds: they end at the edge of the paper, or the setting is wrong.
std::string ruler(int columns) {
    constexpr int kDigits = 10;
    std::string digits;
    for (int column = 1; column <= columns; ++column)
        digits += std::to_string(column % kDigits);
    return digits;
}

}  // namespace

slip::Slip test_page(
    const driver::PrinterSettings& printer, const std::function<std::string(const Text&)>& say) {
    slip::Slip page;
    auto& elements = page.elements;
    elements.emplace_back(heading(say(tr("ПРОВЕРКА ПРИНТЕРА"))));
    elements.emplace_back(pair(say(tr("Модель")), printer.model.name));
    elements.emplace_back(pair(say(tr("Подключение")), links::address_text(printer.address)));
    elements.emplace_back(
        pair(say(tr("Символов в строке")), std::to_string(printer.model.columns)));
    elements.emplace_back(line(ruler(printer.model.columns)));
    elements.emplace_back(slip::Line{});
    elements.emplace_back(line("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"));
    elements.emplace_back(line("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"));
    elements.emplace_back(line("Беларуская: Іі Ўў Ёё ’  Қазақша: Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ"));
    elements.emplace_back(line("№ « » — – … ₽ € § ° ± × ÷"));
    elements.emplace_back(line(say(tr("Мелкий шрифт")), slip::Size::Small));
    elements.emplace_back(line(say(tr("Средний шрифт")), slip::Size::Medium));
    elements.emplace_back(line(say(tr("Крупный")), slip::Size::Large));
    slip::QrCode code;
    code.data = "https://example.com/linuxcash/printer-test";
    elements.emplace_back(std::move(code));
    slip::Barcode bars;
    bars.data = "4601234567893";
    bars.print_text = slip::PrintText::Below;
    elements.emplace_back(std::move(bars));
    elements.emplace_back(
        line(say(tr("Буквы читаются, цифры доходят до края, оба кода сканируются — настройки "
                    "верны."))));
    elements.emplace_back(slip::Cut{});
    return page;
}

}  // namespace linuxcash::cli
