// SPDX-License-Identifier: Apache-2.0
#include "http/target.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace linuxcash::http {
namespace {

struct UrlDeleter {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, UrlDeleter>;

struct CurlFree {
    void operator()(char* bytes) const { curl_free(bytes); }
};

std::string part(CURLU* url, CURLUPart which) {
    char* bytes = nullptr;
    if (curl_url_get(url, which, &bytes, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
    const std::unique_ptr<char, CurlFree> owned(bytes);
    return owned.get();
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

bool is_loopback(const std::string& host) {
    if (host == "localhost") return true;
    in_addr v4{};
    if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
    return host == "[::1]";
}

Error wrong(Text text) {
    return Error{ErrorCode::InvalidInput, std::move(text)};
}

}  // namespace

Result<Target> check_target(const std::string& url, bool allow_http) {
    const UrlHandle parsed(curl_url());
    // The address itself stays out of the text: its path may hold numbers that logs must not show.
    if (!parsed
        || curl_url_set(
               parsed.get(), CURLUPART_URL, url.c_str(),
               CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER)
               != CURLUE_OK)
        return wrong(
            tr("адрес сервера неверен: нужен вид https://сервер/путь без имени пользователя, "
               "проверьте url"));

    Target target;
    target.host = lower(part(parsed.get(), CURLUPART_HOST));
    const std::string scheme = lower(part(parsed.get(), CURLUPART_SCHEME));
    target.https = scheme == "https";
    if (!target.https && scheme != "http")
        return wrong(
            tr("протокол %1 не поддерживается: адрес сервера должен начинаться с https://, "
               "проверьте url",
               scheme));
    if (!target.https && !allow_http && !is_loopback(target.host))
        return wrong(tr(
            "обращаться к серверу %1 по http без шифрования нельзя: укажите в url адрес https:// "
            "или разрешите это ключом allow_http = 1",
            target.host));
    target.url = part(parsed.get(), CURLUPART_URL);
    target.port = part(parsed.get(), CURLUPART_PORT);
    return target;
}

}  // namespace linuxcash::http
