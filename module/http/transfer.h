// SPDX-License-Identifier: Apache-2.0
// One exchange on one libcurl handle: what is asked of libcurl, and what came back. The loop thread
// alone.
#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/ports.h"
#include "http/curl_exchange.h"
#include "http/failure.h"
#include "http/target.h"

namespace linuxcash::http {

struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;

struct ShareDeleter {
    void operator()(CURLSH* share) const { curl_share_cleanup(share); }
};
using ShareHandle = std::unique_ptr<CURLSH, ShareDeleter>;

// A list of strings for libcurl, wiped when it goes: header lines may hold a secret.
class StringList {
public:
    StringList() = default;
    StringList(const StringList&) = delete;
    StringList& operator=(const StringList&) = delete;
    ~StringList();

    // False when there is no memory.
    [[nodiscard]] bool add(const std::string& line);
    [[nodiscard]] curl_slist* get() const { return list_; }

private:
    curl_slist* list_ = nullptr;
};

class Transfer {
public:
    using Moment = std::chrono::steady_clock::time_point;

    Transfer(core::Request request, Target target, EasyHandle easy);
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    // Internal when libcurl refuses an option; InvalidInput when a header would break out of its
    // line.
    [[nodiscard]] Result<> set_up(const CurlOptions& options, CURLSH* share);

    [[nodiscard]] CURL* easy() const { return easy_.get(); }
    [[nodiscard]] const core::Request& request() const { return request_; }
    [[nodiscard]] Moment began() const { return began_; }
    [[nodiscard]] Moment deadline() const { return deadline_; }

    // After libcurl has said its last word.
    [[nodiscard]] core::Answer answer(CURLcode code);
    // What is known when we end it ourselves; before the handle is taken out of libcurl.
    [[nodiscard]] Ending ending(CURLcode code) const;
    // The handle, for the next transfer.
    [[nodiscard]] EasyHandle release() { return std::move(easy_); }

private:
    template <typename Value>
    void set(CURLoption option, Value value) {
        const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
        if (refused_ == CURLE_OK) refused_ = code;
    }
    void set_address();
    void set_method();
    void set_trust(const CurlOptions& options);
    void set_limits(const CurlOptions& options);
    void set_callbacks();
    [[nodiscard]] Result<> set_headers();
    [[nodiscard]] Result<> add_header(const std::string& name, const std::string& value);

    static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
    static CURLcode on_handshake(CURL* easy, void* context, void* self);
    static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
    [[nodiscard]] bool take_body(std::string_view bytes);
    [[nodiscard]] bool take_header(std::string_view line);

    core::Request request_;
    Target target_;
    EasyHandle easy_;
    StringList headers_;
    StringList addresses_;
    CURLcode refused_ = CURLE_OK;  // the first option that libcurl did not take
    std::array<char, CURL_ERROR_SIZE> detail_{};
    Moment began_;
    Moment deadline_;
    core::Reply reply_;
    bool handshake_begun_ = false;
    bool headers_ended_ = false;
    std::size_t header_bytes_ = 0;
    std::size_t max_reply_bytes_ = 0;
    std::size_t limit_hit_ = 0;  // the limit that ended it, 0 = none
    std::string ca_file_;
};

}  // namespace linuxcash::http
