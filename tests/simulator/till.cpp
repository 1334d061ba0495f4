// SPDX-License-Identifier: Apache-2.0
#include "simulator/till.h"

#include <utility>

namespace linuxcash::simulator::test {

Till::Till(const OplatiOptions& options) {
    auto ledger = Ledger::open(options.ledger);
    bank = std::make_unique<oplati::Bank>(options, std::move(*ledger));
    static_cast<void>(bank->read_back());
}

HttpReply Till::send(
    const std::string& method, const std::string& target, const std::string& body) {
    HttpRequest request;
    request.method = method;
    request.target = "/ms-pay" + target;
    const std::size_t question = request.target.find('?');
    request.path = request.target.substr(0, question);
    std::string query = question == std::string::npos ? "" : request.target.substr(question + 1);
    while (!query.empty()) {
        const std::string part = query.substr(0, query.find('&'));
        request.query[part.substr(0, part.find('='))] = part.substr(part.find('=') + 1);
        query.erase(0, part.size() + 1);
    }
    request.body = body;
    request.headers = {{"regNum", desk}};
    if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
    if (!token.empty()) request.headers.emplace_back("token", token);
    if (!password.empty()) request.headers.emplace_back("password", password);
    HttpReply reply = bank->handle(request, now_ms);
    for (const auto& [name, value] : reply.headers) {
        if (name == "token") token = value;
    }
    return reply;
}

void Till::register_desk() {
    static_cast<void>(send("GET", "/tokens"));
}

std::int64_t Till::joined_session() {
    const auto reply = send("POST", "/pos/demandPayment", R"({"paymentMode":3})");
    bank->join_now(now_ms);
    return document_of(reply).integer("sessionId").value_or(0);
}

HttpReply Till::charge(const std::string& sum, const std::string& order_number) {
    const std::string session = "\"sessionId\":" + std::to_string(joined_session());
    return send("POST", "/pos/payments", charge_body(sum, order_number, session));
}

std::int64_t Till::paid(const std::string& sum, const std::string& order_number) {
    const auto reply = charge(sum, order_number);
    bank->advance_to(now_ms += 1000);
    return document_of(reply).integer("paymentId").value_or(0);
}

HttpReply Till::query(std::int64_t payment_id) {
    return send("GET", "/pos/payments/" + std::to_string(payment_id));
}

HttpReply Till::refund(
    std::int64_t payment_id, const std::string& sum, const std::string& order_number) {
    const std::string body = "{\"sum\":" + sum + ",\"orderNumber\":\"" + order_number
                             + "\",\"details\":{\"amountTotal\":" + sum + "}}";
    return send("POST", "/pos/payments/" + std::to_string(payment_id) + "/reversals", body);
}

HttpReply Till::cancel(const std::string& order_number) {
    return send("DELETE", "/pos/payments/" + order_number);
}

void Till::wait(std::int64_t time_ms) {
    now_ms += time_ms;
    bank->advance_to(now_ms);
}

void Till::rule(const std::string& document) {
    auto rule = parse_rule(*json::parse(document), oplati::endpoint_names());
    bank->rules().add(std::move(*rule));
}

std::string Till::kept() const {
    return oplati::summary(bank->book()).find("totals")->string("kept").value_or("?");
}

json::Value document_of(const HttpReply& reply) {
    const auto parsed = json::parse(reply.body);
    return parsed ? *parsed : json::Value();
}

std::string internal_code(const HttpReply& reply) {
    return document_of(reply).string("internalCode").value_or("");
}

std::int64_t status_of(const HttpReply& reply) {
    return document_of(reply).integer("status").value_or(-1);
}

std::string charge_body(
    const std::string& sum, const std::string& order_number, const std::string& who) {
    return "{\"sum\":" + sum + ",\"orderNumber\":\"" + order_number + "\"," + who
           + ",\"shift\":\"12062025\",\"details\":{\"amountTotal\":" + sum
           + ",\"items\":[{\"type\":1,\"name\":\"Молоко\",\"cost\":" + sum + "}]}}";
}

}  // namespace linuxcash::simulator::test
