// SPDX-License-Identifier: Apache-2.0
// What came over the wire, so that tests can say what was asked and how often; secrets only as
// digests. One thread at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "simulator/http_frame.h"

namespace linuxcash::simulator {

// Names of headers and of top-level members of JSON bodies that no log may show; lower case for
// headers.
struct SecretNames {
    std::vector<std::string> headers;
    std::vector<std::string> members;
};

class RequestLog {
public:
    static constexpr std::size_t kEntriesMax = 100 * 1000;

    explicit RequestLog(SecretNames secrets) : secrets_(std::move(secrets)) {}

    void add(std::string_view endpoint, const HttpRequest& request, std::int64_t at_ms);
    // The reply to the request that was added last.
    void answered(const HttpReply& reply);
    void clear();

    // {"n":1,"connection":1,"atMs":…,"endpoint":"charge","method":"POST","target":"…",
    //  "headers":{…},"body":"…",
    //  "status":200,"fault":"none","replyToken":"sha256:…"}; only those of `endpoint`, unless it is
    //  empty.
    [[nodiscard]] json::Value to_json(std::string_view endpoint) const;
    // Requests by endpoint, forgotten entries included.
    [[nodiscard]] json::Value counts() const;

private:
    [[nodiscard]] json::Value shown_headers(const Headers& headers) const;
    [[nodiscard]] std::string shown_body(const std::string& body) const;

    SecretNames secrets_;
    std::deque<json::Value> entries_;
    std::map<std::string, std::uint64_t, std::less<>> counts_;
    std::uint64_t number_ = 0;
};

}  // namespace linuxcash::simulator
