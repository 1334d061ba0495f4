// SPDX-License-Identifier: Apache-2.0
#include "terminal/offers.h"

#include <algorithm>
#include <utility>

namespace linuxcash::terminal {

Offers::Offers(Parts parts) : parts_(parts) {
}

OfferedType Offers::offer(const till::PaymentType& type) {
    OfferedType offered{type, true, {}};
    if (type.system.empty()) return offered;
    const Result<host::Instance*> instance = parts_.systems.instance(type.module());
    if (!instance) {
        offered.available = false;
        offered.trouble = parts_.announcer.say(instance.error().text);
    }
    return offered;
}

Result<std::optional<SaleRest>> Offers::sale_rest() {
    const std::string& uid = parts_.desk.receipt()->sale_uid;
    if (uid.empty()) return std::optional<SaleRest>();
    const Result<std::optional<till::Receipt>> sale = parts_.till.receipt_by_uid(uid);
    if (!sale) return sale.error();
    if (!*sale) return std::optional<SaleRest>(SaleRest{});
    Result<SaleRest> rest = parts_.give_backs.rest_of_sale(**sale);
    if (!rest) return rest.error();
    return std::optional<SaleRest>(std::move(*rest));
}

bool Offers::gives_back(const till::PaymentType& type, const std::optional<SaleRest>& rest) {
    if (!rest) {
        return type.system.empty() || parts_.systems.has_operation(type.module(), "refund_free");
    }
    const bool holds =
        std::any_of(rest->payments.begin(), rest->payments.end(), [&type](const PaymentRest& each) {
            return each.payment.valutcode == type.valutcode && each.sum.is_positive();
        });
    return holds && (type.system.empty() || parts_.systems.has_operation(type.module(), "refund"));
}

Result<std::vector<OfferedType>> Offers::list() {
    const Result<std::vector<till::PaymentType>> types = parts_.till.payment_types();
    if (!types) return types.error();
    const till::Receipt* receipt = parts_.desk.receipt();
    const bool refund = receipt != nullptr && receipt->type == core::ReceiptType::Refund;
    Result<std::optional<SaleRest>> rest = std::optional<SaleRest>();
    if (refund) rest = sale_rest();
    if (!rest) return rest.error();
    std::vector<OfferedType> offered;
    for (const till::PaymentType& type : *types) {
        if (!refund || gives_back(type, *rest)) offered.push_back(offer(type));
    }
    return offered;
}

}  // namespace linuxcash::terminal
