// SPDX-License-Identifier: Apache-2.0
#include "simulator/request_log.h"

#include <algorithm>
#include <cctype>

#include "base/utf8.h"
#include "simulator/digest.h"

namespace linuxcash::simulator {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    });
    return text;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// JSON is UTF-8, but a client may send anything.
std::string printable(const std::string& bytes) {
    return is_utf8(bytes) ? bytes : "base64:" + base64(bytes);
}

std::string digest_of(std::string_view secret) {
    return "sha256:" + sha256_hex(secret);
}

}  // namespace

void RequestLog::add(std::string_view endpoint, const HttpRequest& request, std::int64_t at_ms) {
    ++counts_[std::string(endpoint)];
    if (entries_.size() == kEntriesMax) entries_.pop_front();
    entries_.push_back(json::object({
        {"n", ++number_},
        {"connection", request.connection},
        {"atMs", at_ms},
        {"endpoint", endpoint},
        {"method", request.method},
        {"target", printable(request.target)},
        {"headers", shown_headers(request.headers)},
        {"body", shown_body(request.body)},
    }));
}

void RequestLog::answered(const HttpReply& reply) {
    if (entries_.empty()) return;
    json::Value& entry = entries_.back();
    entry.set("status", reply.status).set("fault", name_of(reply.delivery.fault));
    for (const auto& [name, value] : reply.headers) {
        if (contains(secrets_.headers, lower(name))) entry.set("replyToken", digest_of(value));
    }
}

void RequestLog::clear() {
    entries_.clear();
    counts_.clear();
}

json::Value RequestLog::to_json(std::string_view endpoint) const {
    json::Value list(json::Array{});
    for (const json::Value& entry : entries_) {
        if (endpoint.empty() || entry.string("endpoint") == endpoint) list.push(entry);
    }
    return list;
}

json::Value RequestLog::counts() const {
    json::Value document(json::Object{});
    for (const auto& [endpoint, count] : counts_) {
        document.set(endpoint, count);
    }
    return document;
}

json::Value RequestLog::shown_headers(const Headers& headers) const {
    json::Value document(json::Object{});
    for (const auto& [name, value] : headers) {
        const std::string known = lower(name);
        const bool secret = contains(secrets_.headers, known);
        document.set(printable(known), secret ? digest_of(value) : printable(value));
    }
    return document;
}

std::string RequestLog::shown_body(const std::string& body) const {
    const auto parsed = json::parse(body);
    if (!parsed || parsed->object() == nullptr) return printable(body);
    json::Value shown = *parsed;
    bool changed = false;
    for (const std::string& member : secrets_.members) {
        const json::Value* found = parsed->find(member);
        if (found == nullptr) continue;
        shown.set(member, digest_of(found->scalar_text().value_or("")));
        changed = true;
    }
    return changed ? shown.str() : printable(body);
}

}  // namespace linuxcash::simulator
