// SPDX-License-Identifier: Apache-2.0
#include "http/transfer.h"

#include <string.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

namespace linuxcash::http {
namespace {

constexpr long kCaCacheSeconds = 24 * 60 * 60;

// A line break in a header would let its value add headers of its own.
bool breaks_line(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

void wipe(std::string& bytes) {
    explicit_bzero(bytes.data(), bytes.size());
}

long number_of(CURL* easy, CURLINFO what) {
    long value = 0;
    return curl_easy_getinfo(easy, what, &value) == CURLE_OK ? value : 0;
}

bool happened(CURL* easy, CURLINFO what) {
    curl_off_t microseconds = 0;
    return curl_easy_getinfo(easy, what, &microseconds) == CURLE_OK && microseconds > 0;
}

bool has_header(const core::Request& request, std::string_view name) {
    return std::any_of(
        request.headers.begin(), request.headers.end(),
        [&](const core::Header& header) { return lower(header.name) == name; });
}

}  // namespace

StringList::~StringList() {
    for (curl_slist* line = list_; line != nullptr; line = line->next)
        explicit_bzero(line->data, strlen(line->data));
    curl_slist_free_all(list_);
}

bool StringList::add(const std::string& line) {
    curl_slist* longer = curl_slist_append(list_, line.c_str());
    if (longer == nullptr) return false;
    list_ = longer;
    return true;
}

Transfer::Transfer(core::Request request, Target target, EasyHandle easy)
    : request_(std::move(request)),
      target_(std::move(target)),
      easy_(std::move(easy)),
      began_(std::chrono::steady_clock::now()),
      deadline_(began_ + std::chrono::milliseconds(std::max(request_.timeout_ms, 1))) {
}

Result<> Transfer::set_up(const CurlOptions& options, CURLSH* share) {
    max_reply_bytes_ = options.max_reply_bytes;
    ca_file_ = options.ca_file;
    // The handle keeps its connections, TLS sessions and addresses over a reset, but no option.
    curl_easy_reset(easy_.get());
    set(CURLOPT_SHARE, share);
    set_address();
    set_method();
    set_trust(options);
    set_limits(options);
    set_callbacks();
    auto headers = set_headers();
    if (!headers) return headers;
    if (refused_ == CURLE_OK) return Done{};
    return Error{
        ErrorCode::Internal, tr("не удалось подготовить запрос к серверу %1: libcurl: %2",
                                target_.place(), curl_easy_strerror(refused_))};
}

void Transfer::set_address() {
    set(CURLOPT_URL, target_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOPROXY, "*");
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_NOSIGNAL, 1L);
    // Otherwise the end of a handle waits for its resolver thread, seconds long (H3).
    set(CURLOPT_QUICK_EXIT, 1L);
    if (target_.host != "localhost") return;
    // By address: no resolver is asked where "localhost" is.
    if (!addresses_.add("localhost:" + target_.port + ":127.0.0.1,[::1]"))
        refused_ = CURLE_OUT_OF_MEMORY;
    set(CURLOPT_RESOLVE, addresses_.get());
}

void Transfer::set_method() {
    const bool is_get = request_.method == "GET" && request_.body.empty();
    if (!is_get) {
        if (!request_.body.empty() || request_.method != "DELETE") {
            set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
            set(CURLOPT_POSTFIELDS, request_.body.c_str());
        }
        set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    }
    // libcurl resends what it wrote to a kept connection that turns out dead (H1): only a GET may
    // risk that.
    if (request_.fresh_connection || request_.method != "GET") set(CURLOPT_FRESH_CONNECT, 1L);
}

void Transfer::set_trust(const CurlOptions& options) {
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    const char* none = nullptr;
    if (!options.ca_file.empty()) {
        // Parsed once and kept; libcurl keeps it only when no folder is set beside it.
        set(CURLOPT_CAINFO, options.ca_file.c_str());
        set(CURLOPT_CAPATH, none);
        set(CURLOPT_CA_CACHE_TIMEOUT, kCaCacheSeconds);
        return;
    }
    // The system's folder of single certificates is asked for the one that is needed; its one large
    // file would be parsed whole (24 ms and 0.8 MiB measured).
    const curl_version_info_data* version = curl_version_info(CURLVERSION_NOW);
    if (version->capath != nullptr && *version->capath != '\0') {
        set(CURLOPT_CAPATH, version->capath);
        set(CURLOPT_CAINFO, none);
        return;
    }
    set(CURLOPT_CA_CACHE_TIMEOUT, kCaCacheSeconds);
}

void Transfer::set_limits(const CurlOptions& options) {
    const int connect_ms = std::max(std::min(options.connect_timeout_ms, request_.timeout_ms), 1);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_ms));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options.max_reply_bytes));
    // The deadline of the whole is kept by the engine: libcurl starts its own anew when it resends
    // a GET.
}

void Transfer::set_callbacks() {
    set(CURLOPT_ERRORBUFFER, detail_.data());
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket);
    set(CURLOPT_SSL_CTX_FUNCTION, &Transfer::on_handshake);
    set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(this));
}

Result<> Transfer::set_headers() {
    for (const core::Header& header : request_.headers) {
        auto added = add_header(header.name, header.value);
        if (!added) return added;
    }
    for (const auto& [name, secret] : request_.secret_headers) {
        auto added = add_header(name, secret.reveal());
        if (!added) return added;
    }
    // libcurl's own additions: a form's type, and a pause for "100 Continue" before larger bodies.
    bool complete = headers_.add("Expect:");
    if (!has_header(request_, "content-type")) complete = headers_.add("Content-Type:") && complete;
    if (!complete) refused_ = CURLE_OUT_OF_MEMORY;
    set(CURLOPT_HTTPHEADER, headers_.get());
    return Done{};
}

Result<> Transfer::add_header(const std::string& name, const std::string& value) {
    if (name.empty() || breaks_line(name) || breaks_line(value))
        return Error{
            ErrorCode::InvalidInput,
            tr("запрос к серверу %1 не отправлен: в заголовке %2 есть перевод строки",
               target_.place(), breaks_line(name) ? std::string("?") : name)};
    // libcurl's spelling of a header without a value ends in a semicolon.
    std::string line = value.empty() ? name + ";" : name + ": " + value;
    if (!headers_.add(line)) refused_ = CURLE_OUT_OF_MEMORY;
    wipe(line);
    return Done{};
}

core::Answer Transfer::answer(CURLcode code) {
    // libcurl takes a connection that closes amid the headers for a whole reply.
    if (code == CURLE_OK && headers_ended_) return std::move(reply_);
    return failure_of(ending(code == CURLE_OK ? CURLE_PARTIAL_FILE : code));
}

Ending Transfer::ending(CURLcode code) const {
    CURL* easy = easy_.get();
    Ending ending;
    ending.code = code;
    ending.verify = number_of(easy, CURLINFO_SSL_VERIFYRESULT);
    ending.system_error = number_of(easy, CURLINFO_OS_ERRNO);
    ending.https = target_.https;
    // libcurl's own time of connection is set only when TLS stands too.
    ending.connected = handshake_begun_ || happened(easy, CURLINFO_CONNECT_TIME_T);
    ending.handshaken = !target_.https || happened(easy, CURLINFO_APPCONNECT_TIME_T);
    curl_off_t uploaded = 0;
    curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &uploaded);
    ending.request_sent = number_of(easy, CURLINFO_REQUEST_SIZE) > 0 || uploaded > 0;
    ending.reply_begun = header_bytes_ > 0;
    ending.too_large = limit_hit_ != 0;
    ending.place = target_.place();
    ending.detail = detail_[0] != '\0' ? detail_.data() : curl_easy_strerror(code);
    ending.ca_file = ca_file_;
    ending.limit_bytes = ending.too_large ? limit_hit_ : max_reply_bytes_;
    ending.timeout_ms = static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                             std::chrono::steady_clock::now() - began_)
                                             .count());
    return ending;
}

// The library's callbacks are C: nothing thrown may pass. Returning less than was given ends the
// transfer.
std::size_t Transfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
    try {
        return static_cast<Transfer*>(self)->take_body({bytes, size * count}) ? size * count : 0;
    } catch (...) {  // no memory: the transfer ends as broken
        return 0;
    }
}

std::size_t Transfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
    try {
        return static_cast<Transfer*>(self)->take_header({bytes, size * count}) ? size * count : 0;
    } catch (...) {  // no memory: the transfer ends as broken
        return 0;
    }
}

CURLcode Transfer::on_handshake(CURL*, void*, void* self) {
    static_cast<Transfer*>(self)->handshake_begun_ = true;
    return CURLE_OK;
}

// libcurl itself would let every program that the host starts inherit the connection.
curl_socket_t Transfer::on_socket(void*, curlsocktype, curl_sockaddr* address) {
    const int socket =
        ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    return socket >= 0 ? socket : CURL_SOCKET_BAD;
}

bool Transfer::take_body(std::string_view bytes) {
    if (reply_.body.size() + bytes.size() > max_reply_bytes_) {
        limit_hit_ = max_reply_bytes_;
        return false;
    }
    reply_.body.append(bytes);
    return true;
}

bool Transfer::take_header(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > kMaxHeaderBytes) {
        limit_hit_ = kMaxHeaderBytes;
        return false;
    }
    if (line.starts_with("HTTP/")) {
        // After an interim reply, or when libcurl has resent a GET, a reply begins anew.
        reply_ = core::Reply{};
        headers_ended_ = false;
        reply_.status = static_cast<int>(number_of(easy_.get(), CURLINFO_RESPONSE_CODE));
        return true;
    }
    if (trimmed(line).empty()) {
        headers_ended_ = true;
        return true;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return true;  // no header: it means nothing to us
    reply_.headers.push_back(
        {lower(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))});
    return true;
}

}  // namespace linuxcash::http
