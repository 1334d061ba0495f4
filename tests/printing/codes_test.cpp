// SPDX-License-Identifier: Apache-2.0
#include "printing/codes.h"

#include <array>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::printing;
namespace qr = linuxcash::qr;
using linuxcash::ErrorCode;
using linuxcash::core::slip::CodeSize;
using linuxcash::core::slip::QrCode;
using linuxcash::core::slip::QrCorrection;

namespace {

QrCode code_of(std::size_t bytes, CodeSize size, QrCorrection correction) {
    return {std::string(bytes, '~'), size, correction};
}

}  // namespace

TEST_GROUP(QrPlans){};

TEST(QrPlans, know_how_large_a_code_becomes) {
    constexpr std::array kSizes{1, 17, 18, 100, 151, 700, 1273, 1274, 2331, 2953};
    constexpr std::array kLevels{
        qr::Correction::Low, qr::Correction::Medium, qr::Correction::Quartile,
        qr::Correction::High};
    for (const auto level : kLevels) {
        for (const int size : kSizes) {
            const auto bytes = static_cast<std::size_t>(size);
            const auto made = qr::encode(std::string(bytes, '~'), level);
            LONGS_EQUAL(made.ok() ? made->size : 0, qr_modules(bytes, level));
        }
    }
}

TEST(QrPlans, keep_the_size_that_was_asked_for_where_it_fits) {
    const auto plan = plan_qr(code_of(40, CodeSize::Normal, QrCorrection::Medium), 384);

    CHECK(plan.ok());
    CHECK(*plan == (QrPlan{qr::Correction::Medium, 6}));
}

TEST(QrPlans, grow_with_the_size) {
    constexpr std::array kSizes{
        std::pair{CodeSize::Tiny, 3}, std::pair{CodeSize::Small, 4}, std::pair{CodeSize::Normal, 6},
        std::pair{CodeSize::Large, 8}, std::pair{CodeSize::Extralarge, 10}};
    for (const auto& [size, module] : kSizes)
        LONGS_EQUAL(module, plan_qr(code_of(10, size, QrCorrection::Low), 576)->module);
}

TEST(QrPlans, make_the_modules_smaller_first) {
    const auto plan = plan_qr(code_of(300, CodeSize::Extralarge, QrCorrection::High), 384);

    CHECK(plan->correction == qr::Correction::Quartile);
    LONGS_EQUAL(384 / (qr_modules(300, qr::Correction::Quartile) + 8), plan->module);
}

TEST(QrPlans, lower_the_correction_last) {
    const auto plan = plan_qr(code_of(1000, CodeSize::Normal, QrCorrection::Ultra), 384);

    CHECK(plan.ok());
    CHECK(plan->correction == qr::Correction::Medium);
    LONGS_EQUAL(3, plan->module);
}

TEST(QrPlans, report_a_code_that_cannot_fit) {
    const auto wide = plan_qr(code_of(2900, CodeSize::Tiny, QrCorrection::Low), 384);
    const auto none = plan_qr(code_of(0, CodeSize::Tiny, QrCorrection::Low), 384);

    CHECK(wide.error().code == ErrorCode::TooLarge);
    STRCMP_CONTAINS("QR-код из 2900 байт не помещается", wide.error().text.russian().c_str());
    CHECK(none.error().code == ErrorCode::InvalidInput);
}

TEST(QrPlans, narrow_a_bar_code_to_the_paper) {
    CHECK(plan_barcode(CodeSize::Normal, 384) == (BarcodePlan{3, 80}));
    CHECK(plan_barcode(CodeSize::Extralarge, 384) == (BarcodePlan{3, 160}));
    CHECK(plan_barcode(CodeSize::Extralarge, 576) == (BarcodePlan{5, 160}));
    CHECK(plan_barcode(CodeSize::Normal, 240) == (BarcodePlan{2, 80}));
}
