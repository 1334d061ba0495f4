// SPDX-License-Identifier: Apache-2.0
#include "gateways/oplati/scanned_code.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {

TEST_GROUP(ScannedCode){};

TEST(ScannedCode, loses_the_blanks_around_it) {
    CHECK(scanned_code("\t AbC 1+/= \r\n") == "AbC 1+/=");
}

TEST(ScannedCode, is_mapped_back_from_the_russian_layout_with_its_case) {
    CHECK(scanned_code("ФисВУА-йцукенгшщзхъ") == "AbcDEF-qwertyuiop[]");
    CHECK(scanned_code("ячсмитьбюжэё") == "zxcvbnm,.;'`");
    CHECK(scanned_code("ЯЧСМИТЬБЮЖЭЁХЪ") == "ZXCVBNM<>:\"~{}");
}

TEST(ScannedCode, keeps_what_no_key_of_that_layout_types) {
    CHECK(scanned_code("中A\xff") == "中A\xff");
}

TEST(ScannedCode, may_be_empty) {
    CHECK(scanned_code(" \r\n").empty());
    CHECK(scanned_code("").empty());
}

}  // namespace linuxcash::oplati
