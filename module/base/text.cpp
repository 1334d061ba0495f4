// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

namespace linuxcash {

namespace {

// The index of the argument that the two characters at `at` stand for; the number of arguments when
// for none.
std::size_t argument_at(const std::string& sentence, std::size_t at, std::size_t count) {
    if (sentence[at] != '%' || at + 1 >= sentence.size()) return count;
    const char digit = sentence[at + 1];
    if (digit < '1' || digit > '9') return count;
    const auto index = static_cast<std::size_t>(digit - '1');
    return index < count ? index : count;
}

std::string filled_in(const std::string& sentence, const std::vector<std::string>& arguments) {
    std::string filled;
    filled.reserve(sentence.size());
    for (std::size_t at = 0; at < sentence.size(); ++at) {
        const std::size_t index = argument_at(sentence, at, arguments.size());
        if (index == arguments.size()) {
            filled.push_back(sentence[at]);
            continue;
        }
        filled += arguments[index];
        ++at;  // the digit belongs to the mark
    }
    return filled;
}

}  // namespace

Text Text::literal(std::string words) {
    Text text;
    text.words_ = std::move(words);
    text.literal_ = true;
    return text;
}

std::string Text::russian() const {
    return translated([](const std::string& msgid) { return msgid; });
}

std::string Text::translated(const Translate& translate) const {
    // gettext answers an empty msgid with the header of its catalogue.
    if (literal_ || words_.empty()) return words_;
    std::vector<std::string> arguments;
    arguments.reserve(arguments_.size());
    for (const Text& argument : arguments_)
        arguments.push_back(argument.translated(translate));
    return filled_in(translate(words_), arguments);
}

Text as_text(Text text) {
    return text;
}

Text as_text(std::string words) {
    return Text::literal(std::move(words));
}

Text as_text(std::string_view words) {
    return Text::literal(std::string(words));
}

Text as_text(const char* words) {
    return Text::literal(words);
}

Text as_text(long long number) {
    return Text::literal(std::to_string(number));
}

}  // namespace linuxcash
