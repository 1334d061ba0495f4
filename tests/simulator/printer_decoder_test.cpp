// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/decoder.h"

#include <cstdint>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::simulator;
using namespace std::string_literals;
using linuxcash::paper::Bitmap;

namespace {

PrinterProfile profile(const char* name = "epson-80") {
    return *find_printer_profile(name);
}

struct Outcome {
    std::vector<std::string> lines;
    std::vector<PrintedCode> codes;
    std::string answers;
    Bitmap picture{0, 0};
    std::size_t remarks = 0;
    std::uint64_t first_remark = 0;
    std::size_t slips = 0;
};

Outcome outcome(const std::string& bytes, const PrinterProfile& printer = profile()) {
    Decoder decoder(printer);
    decoder.feed(bytes);
    Outcome result;
    result.slips = decoder.roll().finished().size();
    const PrintedSlip& slip =
        result.slips > 0 ? decoder.roll().finished()[0] : decoder.roll().unfinished();
    result.lines = slip.lines;
    result.codes = slip.codes;
    result.picture = slip.picture;
    result.remarks = decoder.remarks().size();
    if (result.remarks > 0) result.first_remark = decoder.remarks()[0].offset;
    result.answers = decoder.take_answers();
    return result;
}

std::string line(const std::string& bytes, const PrinterProfile& printer = profile()) {
    const Outcome result = outcome(bytes, printer);
    return result.lines.size() == 1 ? result.lines[0] : "not one line";
}

std::string qr(const std::string& data, char module = 4) {
    const std::size_t size = data.size() + 3;
    return "\x1D(k\x03\0"s "1C" + module + "\x1D(k\x03\0" "1E0\x1D(k"s
           + static_cast<char>(size & 0xFFU) + static_cast<char>(size >> 8U) + "1P0" + data
           + "\x1D(k\x03\0" "1Q0"s;
}

std::string contents(const char* name) {
    std::ostringstream text;
    text << std::ifstream(std::string(TEST_DATA "/printing/") + name, std::ios::binary).rdbuf();
    return text.str();
}

}  // namespace

TEST_GROUP(PrinterDecoder){};

TEST(PrinterDecoder, prints_a_line_when_it_is_fed) {
    STRCMP_EQUAL("Abc", line("Abc\n").c_str());
    LONGS_EQUAL(0, outcome("Abc").lines.size());
}

TEST(PrinterDecoder, reads_letters_by_the_numbers_of_the_model) {
    STRCMP_EQUAL("Чек", line("\x1Bt\x11\x97\xA5\xAA\n").c_str());
    STRCMP_EQUAL("Чек", line("\x1Bt\x2E\xD7\xE5\xEA\n").c_str());
    STRCMP_EQUAL("Чек", line("\x1C.\x1Bt\x3B\x97\xA5\xAA\n", profile("nt-5890k")).c_str());
    STRCMP_EQUAL("Чек", line("\x1Bt\x0A\x97\xA5\xAA\n", profile("star")).c_str());
}

TEST(PrinterDecoder, notes_a_page_that_the_model_lacks) {
    const Outcome result = outcome("\x1Bt\x3B\x97\n");

    LONGS_EQUAL(1, result.remarks);
    STRCMP_EQUAL("\uFFFD", result.lines[0].c_str());
}

TEST(PrinterDecoder, reads_letters_in_pairs_until_it_is_told_not_to) {
    STRCMP_EQUAL("\u3013", line("\x97\xA5\n", profile("clone-58")).c_str());
    STRCMP_EQUAL("Ч", line("\x1C.\x1Bt\x11\x97\n", profile("clone-58")).c_str());
    STRCMP_EQUAL("\u3013", line("\x1C.\x1B@\x1Bt\x11\x97\xA5\n", profile("clone-58")).c_str());
}

TEST(PrinterDecoder, wraps_what_is_too_long) {
    const Outcome result = outcome(std::string(50, 'a') + "\n");

    LONGS_EQUAL(2, result.lines.size());
    LONGS_EQUAL(48, result.lines[0].size());
}

TEST(PrinterDecoder, draws_sizes_weights_and_places) {
    LONGS_EQUAL(30, outcome("a\n").picture.height());
    LONGS_EQUAL(
        48, outcome("\x1D!\x11"
                    "a\n")
                .picture.height());
    CHECK_FALSE(
        outcome("a\n").picture
        == outcome("\x1B"
                   "E\1a\n")
               .picture);
    CHECK_FALSE(outcome("a\n").picture == outcome("\x1BM\1a\n").picture);
    CHECK(
        outcome("\x1B!\x10"
                "a\n"s)
            .picture
        == outcome("\x1D!\1a\n").picture);
    CHECK(
        outcome("\x1B"
                "a\1a\n")
            .picture
        == outcome("\x1B$\x1A\1a\n").picture);
}

TEST(PrinterDecoder, forgets_an_unfinished_line_when_it_begins_anew) {
    STRCMP_EQUAL("b", line("a\x1B@b\n").c_str());
}

TEST(PrinterDecoder, draws_a_qr_code) {
    const Outcome result = outcome(qr("http://a"));

    LONGS_EQUAL(1, result.codes.size());
    CHECK(result.codes[0] == (PrintedCode{"qr", "http://a"}));
    LONGS_EQUAL(21 * 4, result.picture.height());
}

TEST(PrinterDecoder, prints_nothing_of_a_code_that_is_too_wide) {
    const Outcome result = outcome(qr(std::string(1000, 'a'), 8), profile("epson-58"));

    LONGS_EQUAL(0, result.codes.size());
    LONGS_EQUAL(0, result.picture.height());
    LONGS_EQUAL(1, result.remarks);
}

TEST(PrinterDecoder, draws_no_code_where_the_model_cannot) {
    const Outcome result = outcome(qr("http://a"), profile("clone-58"));

    LONGS_EQUAL(0, result.codes.size());
    CHECK(result.remarks > 0);
}

TEST(PrinterDecoder, draws_bar_codes_of_both_forms) {
    for (const std::string& bytes :
         {"\x1Dk\x02"
          "460123456789\0"s,
          "\x1DkC\x0D"
          "4601234567893"s})
        CHECK(outcome(bytes).codes == (std::vector<PrintedCode>{{"ean13", "4601234567893"}}));
    CHECK(outcome("\x1DkI\x06{BAb-1"s).codes == (std::vector<PrintedCode>{{"code128", "Ab-1"}}));
}

TEST(PrinterDecoder, prints_digits_instead_of_a_bar_code_that_is_wrong) {
    const Outcome result = outcome(
        "\x1DkC\x0D"
        "4601234567890");

    LONGS_EQUAL(0, result.codes.size());
    STRCMP_EQUAL("4601234567890", result.lines[0].c_str());
}

TEST(PrinterDecoder, prints_pictures_of_every_kind) {
    const std::string dots = "\xFF\x81\xFF";
    const Bitmap raster = outcome("\x1Dv0\0\1\0\3\0"s + dots).picture;
    const std::string stored =
        "0p0\1\1"
        "1\x08\0\3\0"s
        + dots;
    const std::string print =
        "\x1D(L\2\0"
        "02"s;

    CHECK(raster.is_black(0, 0) && raster.is_black(7, 1) && !raster.is_black(1, 1));
    CHECK(outcome("\x1D(L\x0D\0"s + stored + print).picture == raster);
    CHECK(
        outcome(
            "\x1D"
            "8L\x0D\0\0\0"s
            + stored + print)
            .picture
        == raster);
    const Bitmap strip = outcome("\x1B*\x21\1\0\x80\0\0\n"s).picture;
    CHECK(strip.is_black(0, 0) && !strip.is_black(1, 0) && !strip.is_black(0, 1));
    LONGS_EQUAL(6, outcome("\x1Dv0\3\1\0\3\0"s + dots).picture.height());
}

TEST(PrinterDecoder, cuts_off_slips) {
    LONGS_EQUAL(1, outcome("a\n\x1DVB\0"s).slips);
    LONGS_EQUAL(1, outcome("a\n\x1DV\1"s).slips);
    LONGS_EQUAL(0, outcome("\x1DV\1"s).slips);
    LONGS_EQUAL(0, outcome("a\n\x1DVB\0"s, profile("nt-5890k")).slips);
}

TEST(PrinterDecoder, answers_in_its_turn) {
    CHECK(outcome("\x1Dr\1").answers == "\0"s);
    CHECK(
        outcome("\x1D"
                "a\xFF")
            .answers
        == "\x10\0\0\0"s);
    CHECK(
        outcome("\x1DI"
                "C")
            .answers
        == "_TM-T20III\0"s);
    CHECK(outcome(
              "\x1DI"
              "C",
              profile("clone-58"))
              .answers.empty());
    CHECK(outcome("\x1D(H\6\0" "00abcd"s).answers == "\x37\x22" "abcd\0"s);
}

TEST(PrinterDecoder, counts_pulses_of_the_drawer) {
    Decoder decoder(profile());
    decoder.feed("\x1Bp\0\x32\x64"s);

    LONGS_EQUAL(1, decoder.drawer_pulses());
}

TEST(PrinterDecoder, notes_what_it_does_not_know_and_goes_on) {
    const Outcome result = outcome(
        "ab\x1Bz\x1D\x7F"
        "c\n");

    LONGS_EQUAL(2, result.remarks);
    LONGS_EQUAL(2, result.first_remark);
    STRCMP_EQUAL("abc", result.lines[0].c_str());
}

TEST(PrinterDecoder, does_not_care_how_the_bytes_are_cut_up) {
    for (const char* name :
         {"receiptline.bin", "receipt-printer-encoder.bin", "node-thermal-printer.bin"}) {
        const std::string bytes = contents(name);
        CHECK(!bytes.empty());
        const Outcome whole = outcome(bytes);
        Decoder decoder(profile());
        for (const char byte : bytes)
            decoder.feed({&byte, 1});

        CHECK(decoder.roll().finished()[0].lines == whole.lines);
        CHECK(decoder.roll().finished()[0].picture == whole.picture);
    }
}

TEST(PrinterDecoder, survives_streams_torn_at_every_byte) {
    for (const char* name : {"receipt-printer-encoder.bin", "node-thermal-printer.bin"}) {
        const std::string bytes = contents(name);
        for (std::size_t size = 0; size < bytes.size(); size += 7) {
            Decoder decoder(profile());
            decoder.feed(std::string_view(bytes).substr(0, size));
            LONGS_EQUAL(size, decoder.decoded_bytes() + decoder.waiting_bytes());
        }
    }
}

TEST(PrinterDecoder, survives_any_bytes) {
    constexpr std::uint32_t kSeed = 9100;
    constexpr int kStreams = 300;
    std::mt19937 engine(kSeed);
    const std::string starts = "\x1B\x1D\x1C\x10(kLv08*V"s;
    for (int count = 0; count < kStreams; ++count) {
        std::string bytes;
        for (int size = 0; size < 400; ++size) {
            const auto number = engine();
            const bool start = (number & 0x300U) == 0;
            bytes += start ? starts[number % starts.size()] : static_cast<char>(number & 0xFFU);
        }
        Decoder decoder(profile());

        decoder.feed(bytes);

        LONGS_EQUAL(bytes.size(), decoder.decoded_bytes() + decoder.waiting_bytes());
    }
}
