// SPDX-License-Identifier: Apache-2.0
// Text for people: a Russian msgid and its arguments, translated only where it is shown. Plain
// values, no threads.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace linuxcash {

// Maps a Russian msgid to the reader's language; the identity gives Russian.
using Translate = std::function<std::string(const std::string& msgid)>;

// A translatable sentence with %1 … %9 standing for its arguments, or a literal that is never
// translated.
class Text {
public:
    Text() = default;

    // Numbers, names, paths, a server's own words: shown as they are.
    [[nodiscard]] static Text literal(std::string words);

    [[nodiscard]] bool empty() const { return words_.empty(); }
    // The msgid of a sentence, or the words of a literal.
    [[nodiscard]] const std::string& words() const { return words_; }
    [[nodiscard]] bool is_literal() const { return literal_; }
    [[nodiscard]] const std::vector<Text>& arguments() const { return arguments_; }

    [[nodiscard]] std::string russian() const;
    [[nodiscard]] std::string translated(const Translate& translate) const;

    friend bool operator==(const Text&, const Text&) = default;

private:
    template <typename... Arguments>
    friend Text tr(const char* msgid, Arguments&&... arguments);

    std::string words_;
    std::vector<Text> arguments_;
    bool literal_ = false;
};

// An argument of a sentence.
[[nodiscard]] Text as_text(Text text);
[[nodiscard]] Text as_text(std::string words);
[[nodiscard]] Text as_text(std::string_view words);
[[nodiscard]] Text as_text(const char* words);
[[nodiscard]] Text as_text(long long number);
[[nodiscard]] inline Text as_text(int number) {
    return as_text(static_cast<long long>(number));
}
[[nodiscard]] inline Text as_text(long number) {
    return as_text(static_cast<long long>(number));
}
[[nodiscard]] inline Text as_text(unsigned number) {
    return as_text(static_cast<long long>(number));
}
[[nodiscard]] inline Text as_text(unsigned long number) {
    return as_text(static_cast<long long>(number));
}

// A sentence; xgettext collects the first argument of every call.
template <typename... Arguments>
[[nodiscard]] Text tr(const char* msgid, Arguments&&... arguments) {
    Text text;
    text.words_ = msgid;
    (text.arguments_.push_back(as_text(std::forward<Arguments>(arguments))), ...);
    return text;
}

}  // namespace linuxcash
