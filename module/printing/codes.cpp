// SPDX-License-Identifier: Apache-2.0
#include "printing/codes.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace linuxcash::printing {

namespace {

using core::slip::CodeSize;
using core::slip::QrCorrection;

constexpr int kQrModuleMin = 3;  // dots; the least that every printer draws and every phone reads
constexpr int kBarcodeModuleMin = 2;
constexpr int kEanModules = 95 + 11 + 7;  // with the quiet zones on both sides

// The bytes that fit into the versions 1 … 40, by correction. A printer may not know the denser
// ways to write digits, so bytes are what counts.
constexpr std::array<std::array<std::size_t, 40>, 4> kQrBytes{{
    {{17,   32,   53,   78,   106,  134,  154,  192,  230,  271,  321,  367,  425,  458,
      520,  586,  644,  718,  792,  858,  929,  1003, 1091, 1171, 1273, 1367, 1465, 1528,
      1628, 1732, 1840, 1952, 2068, 2188, 2303, 2431, 2563, 2699, 2809, 2953}},
    {{14,   26,   42,   62,   84,   106,  122,  152,  180,  213,  251,  287,  331,  362,
      412,  450,  504,  560,  624,  666,  711,  779,  857,  911,  997,  1059, 1125, 1190,
      1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331}},
    {{11,  20,  32,   46,   60,   74,   86,   108,  130,  151,  177,  203, 241, 258,
      292, 322, 364,  394,  442,  482,  509,  565,  611,  661,  715,  751, 805, 868,
      908, 982, 1030, 1112, 1168, 1228, 1283, 1351, 1423, 1499, 1579, 1663}},
    {{7,   14,  24,  34,  44,  58,  64,  84,   98,   119,  137,  155, 177, 194,
      220, 250, 280, 310, 338, 382, 403, 439,  461,  511,  535,  593, 625, 658,
      698, 742, 790, 842, 898, 958, 983, 1051, 1093, 1139, 1219, 1273}},
}};

int qr_module(CodeSize size) {
    switch (size) {
        case CodeSize::Tiny:
            return kQrModuleMin;
        case CodeSize::Small:
            return 4;
        case CodeSize::Normal:
            break;
        case CodeSize::Large:
            return 8;
        case CodeSize::Extralarge:
            return 10;
    }
    return 6;
}

BarcodePlan wanted_barcode(CodeSize size) {
    switch (size) {
        case CodeSize::Tiny:
            return {2, 32};
        case CodeSize::Small:
            return {2, 56};
        case CodeSize::Normal:
            break;
        case CodeSize::Large:
            return {4, 112};
        case CodeSize::Extralarge:
            return {5, 160};
    }
    return {3, 80};
}

qr::Correction wanted_correction(QrCorrection correction) {
    switch (correction) {
        case QrCorrection::Low:
            return qr::Correction::Low;
        case QrCorrection::Medium:
            break;
        case QrCorrection::High:
            return qr::Correction::Quartile;
        case QrCorrection::Ultra:
            return qr::Correction::High;
    }
    return qr::Correction::Medium;
}

// 0 when even the smallest module is too large.
int fitting_module(int modules, int wanted, int dots) {
    if (modules == 0 || modules * kQrModuleMin > dots) return 0;
    return std::clamp(dots / (modules + 2 * qr::kQuietZone), kQrModuleMin, wanted);
}

}  // namespace

int qr_modules(std::size_t bytes, qr::Correction correction) {
    const auto& capacities = kQrBytes[static_cast<std::size_t>(correction)];
    const auto found = std::lower_bound(capacities.begin(), capacities.end(), bytes);
    if (found == capacities.end()) return 0;
    return 21 + 4 * static_cast<int>(found - capacities.begin());
}

Result<QrPlan> plan_qr(const core::slip::QrCode& code, int dots) {
    if (code.data.empty()) return Error{ErrorCode::InvalidInput, tr("нет текста для QR-кода")};
    const int wanted = qr_module(code.size);
    for (auto level = static_cast<int>(wanted_correction(code.correction)); level >= 0; --level) {
        const auto correction = static_cast<qr::Correction>(level);
        const int module = fitting_module(qr_modules(code.data.size(), correction), wanted, dots);
        if (module > 0) return QrPlan{correction, module};
    }
    return Error{
        ErrorCode::TooLarge,
        tr("QR-код из %1 байт не помещается на ленту шириной %2 точек: сократите данные "
           "или печатайте на более широкой ленте",
           code.data.size(), dots)};
}

BarcodePlan plan_barcode(CodeSize size, int dots) {
    BarcodePlan plan = wanted_barcode(size);
    plan.module = std::clamp(dots / kEanModules, kBarcodeModuleMin, plan.module);
    return plan;
}

}  // namespace linuxcash::printing
