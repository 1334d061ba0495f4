// SPDX-License-Identifier: Apache-2.0
#include "simulator/oplati/routes.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash::simulator::oplati;

TEST_GROUP(OplatiRoutes){};

TEST(OplatiRoutes, the_prefix_may_be_there_or_not) {
    CHECK(find_route("GET", "/ms-pay/tokens").endpoint == Endpoint::Tokens);
    CHECK(find_route("GET", "/tokens").endpoint == Endpoint::Tokens);
    CHECK(find_route("GET", "/ms-paytokens").endpoint == Endpoint::Unknown);
}

TEST(OplatiRoutes, each_call_is_found_by_method_and_path) {
    CHECK(find_route("POST", "/pos/demandPayment").endpoint == Endpoint::Demand);
    CHECK(find_route("DELETE", "/pos/demandPayment").endpoint == Endpoint::DemandClose);
    CHECK(find_route("GET", "/pos/consumerStatus").endpoint == Endpoint::Consumer);
    CHECK(find_route("POST", "/pos/payments").endpoint == Endpoint::Charge);
    CHECK(find_route("GET", "/pos/payments/17").endpoint == Endpoint::Payment);
    CHECK(find_route("POST", "/pos/payments/17/reversals").endpoint == Endpoint::Reversal);
    CHECK(find_route("DELETE", "/pos/payments/A-1").endpoint == Endpoint::Cancel);
    CHECK(find_route("GET", "/pos/paymentReports").endpoint == Endpoint::Report);
}

TEST(OplatiRoutes, the_argument_is_what_stands_between) {
    STRCMP_EQUAL("17", find_route("POST", "/pos/payments/17/reversals").argument.c_str());
    STRCMP_EQUAL("A-1", find_route("DELETE", "/pos/payments/A-1").argument.c_str());
}

TEST(OplatiRoutes, an_argument_is_not_empty_and_holds_no_slash) {
    CHECK(find_route("GET", "/pos/payments/").endpoint == Endpoint::Unknown);
    CHECK(find_route("GET", "/pos/payments/1/2").endpoint == Endpoint::Unknown);
}

TEST(OplatiRoutes, another_method_on_a_known_path_is_told_apart) {
    CHECK(find_route("PUT", "/tokens").endpoint == Endpoint::WrongMethod);
}
