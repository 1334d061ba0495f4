// SPDX-License-Identifier: Apache-2.0
// Slips from outside may hold anything: whatever JSON says is read, laid out and written again.
#include <random>
#include <string>
#include <vector>

#include "core/slip_layout.h"
#include "slips/document.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::slips;

namespace {

constexpr int kDocuments = 200;
constexpr unsigned kSeed = 20261122;

// Documents that are nearly slips.
class Author {
public:
    explicit Author(unsigned seed) : random_(seed) {}

    std::string document() {
        return R"({"elements":)" + array([this] { return element(0); }) + "}";
    }
    std::string information() {
        return array(
            [this] { return below(3) == 0 ? array([this] { return element(0); }) : element(0); });
    }

private:
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

    template <typename Make>
    std::string array(Make make) {
        std::string text = "[";
        const unsigned count = below(6);
        for (unsigned each = 0; each < count; ++each)
            text += (each == 0 ? "" : ",") + make();
        return text + "]";
    }

    std::string pick(const std::vector<std::string>& words) {
        return words[below(static_cast<unsigned>(words.size()))];
    }

    std::string value() {
        return pick(
            {R"("")",
             R"("text")",
             R"("pair")",
             R"("center")",
             R"("large")",
             R"("wordwrap")",
             R"("Молоко 1 л, пастеризованное, в пакете")",
             R"("\u0000\u001b@\n\t")",
             R"("₽ № «Ў»")",
             R"("4601234567893")",
             "0",
             "-1",
             "1e9",
             "999999999999999999999",
             "3.50",
             "true",
             "false",
             "null",
             "[]",
             "{}",
             R"(["##.","..#"])",
             R"([1,null,"#"])"});
    }

    std::string element(int depth) {
        const std::string type = pick(
            {"text", "pair", "line", "br", "cut", "qrcode", "barcode", "columns", "image", "target",
             "hologram"});
        std::string text = below(8) == 0 ? "{" : R"({"type":")" + type + R"(",)";
        for (const char* key :
             {"text", "left", "right", "separator", "symbol", "size", "alignment", "wrapping",
              "bold", "data", "correction", "printText", "rows", "name", "width"}) {
            if (below(3) == 0) text += std::string("\"") + key + "\":" + value() + ",";
        }
        const bool nests = depth < 2 && below(3) == 0;
        text += nests ? R"("columns":)" + array([this, depth] { return element(depth + 1); })
                      : R"("x":)" + value();
        return text + "}";
    }

    std::mt19937 random_;
};

}  // namespace

TEST_GROUP(RandomSlips){};

TEST(RandomSlips, are_read_laid_out_and_read_back_the_same) {
    Author author(kSeed);
    int elements = 0;
    for (int count = 0; count < kDocuments; ++count) {
        const std::string text = author.document();
        const auto document = json::parse(text);
        CHECK_TRUE_TEXT(document.ok(), text.c_str());

        const auto slip = read_document(*document);

        CHECK_TRUE_TEXT(slip.ok(), text.c_str());
        elements += static_cast<int>(slip->elements.size());
        for (const int columns : {8, 30, 48}) {
            for (const std::string& line : core::slip::plain_text(*slip, columns))
                CHECK_TRUE_TEXT(!line.ends_with(' '), text.c_str());
        }
        const auto again = read_document(document_of(*slip));
        CHECK_TRUE_TEXT(again.ok() && *again == *slip, text.c_str());
    }
    CHECK(elements > kDocuments);
}

TEST(RandomSlips, of_loyalty_servers_lose_no_slip_that_has_elements) {
    Author author(kSeed + 1);
    for (int count = 0; count < kDocuments; ++count) {
        const std::string text = author.information();
        const auto document = json::parse(text);
        CHECK_TRUE_TEXT(document.ok(), text.c_str());
        for (const core::slip::Slip& slip : read_printing_information(*document))
            CHECK_TRUE_TEXT(!slip.empty(), text.c_str());
    }
}

TEST(RandomSlips, torn_anywhere_are_refused_or_read) {
    Author author(kSeed + 2);
    const std::string whole = author.document();
    for (std::size_t length = 0; length < whole.size(); ++length)
        CHECK_FALSE(json::parse(whole.substr(0, length)).ok());
}
