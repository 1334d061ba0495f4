// SPDX-License-Identifier: Apache-2.0
#include "http/failure.h"

#include <curl/curl.h>

#include <utility>

#include "base/printable.h"
#include "base/system_error.h"

namespace linuxcash::http {
namespace {

using core::Failure;
using core::FailureKind;
using core::Sent;

// OpenSSL's X509_V_ERR_ numbers, which are part of its stable interface; this folder includes
// libcurl alone.
constexpr long kUnspecified = 1;
constexpr long kUnableToGetIssuer = 2;
constexpr long kNotYetValid = 9;
constexpr long kExpired = 10;
constexpr long kSelfSigned = 18;
constexpr long kSelfSignedInChain = 19;
constexpr long kUnableToGetIssuerLocally = 20;
constexpr long kUnableToVerifyLeaf = 21;
constexpr long kHostMismatch = 62;
constexpr long kAddressMismatch = 64;

// libcurl's words may quote the server.
Text quoted(const std::string& words) {
    constexpr std::size_t kMaxDetail = 200;
    return Text::literal(printable(words.substr(0, kMaxDetail)));
}

Text connect_text(const Ending& ending) {
    if (ending.system_error != 0)
        return tr(
            "соединиться с %1 не удалось: %2", ending.place,
            system_error_reason(static_cast<int>(ending.system_error)));
    return tr("соединиться с %1 не удалось: %2", ending.place, quoted(ending.detail));
}

Text timeout_text(const Ending& ending) {
    if (!ending.request_sent && !ending.connected)
        return tr(
            "сервер %1 не отвечает на попытку соединиться (%2 мс)", ending.place,
            ending.timeout_ms);
    if (!ending.request_sent && !ending.handshaken)
        return tr(
            "защищённое соединение с %1 не установлено за %2 мс", ending.place, ending.timeout_ms);
    if (!ending.reply_begun)
        return tr("сервер %1 не ответил за %2 мс", ending.place, ending.timeout_ms);
    return tr("сервер %1 не передал ответ целиком за %2 мс", ending.place, ending.timeout_ms);
}

Text certificate_text(const Ending& ending) {
    switch (ending.verify) {
        // The chain is good, so the name is not: libcurl checks it before it asks for the verdict.
        case 0:
        case kUnspecified:
        case kHostMismatch:
        case kAddressMismatch:
            return tr("сертификат сервера выдан не для %1: проверьте адрес в url", ending.place);
        case kSelfSigned:
            return tr(
                "сертификат сервера %1 самоподписанный, доверия к нему нет: укажите выданный вам "
                "сертификат в ca_file",
                ending.place);
        case kSelfSignedInChain:
        case kUnableToGetIssuer:
        case kUnableToGetIssuerLocally:
        case kUnableToVerifyLeaf:
            return tr(
                "сертификат сервера %1 подписан неизвестным центром, доверия к нему нет: укажите "
                "сертификат центра в ca_file",
                ending.place);
        case kExpired:
            return tr(
                "срок действия сертификата сервера %1 истёк: проверьте часы кассы и обратитесь к "
                "владельцу сервера",
                ending.place);
        case kNotYetValid:
            return tr("сертификат сервера %1 ещё не действует: проверьте часы кассы", ending.place);
        default:
            return tr(
                "сертификат сервера %1 не прошёл проверку (код %2)", ending.place, ending.verify);
    }
}

Text tls_text(const Ending& ending) {
    if (ending.code == CURLE_SSL_CACERT_BADFILE)
        return tr(
            "не удалось прочитать сертификаты из %1: проверьте, что файл, указанный в ca_file, "
            "есть, доступен и записан в виде PEM",
            ending.ca_file.empty() ? std::string("/etc/ssl/certs") : ending.ca_file);
    if (ending.code == CURLE_PEER_FAILED_VERIFICATION) return certificate_text(ending);
    return tr(
        "защищённое соединение с %1 не установлено, нужен TLS 1.2 или новее: %2", ending.place,
        quoted(ending.detail));
}

Text broken_text(const Ending& ending) {
    if (ending.code == CURLE_GOT_NOTHING
        || (ending.request_sent && !ending.reply_begun && ending.code == CURLE_RECV_ERROR))
        return tr("сервер %1 оборвал соединение, не ответив", ending.place);
    if (ending.code == CURLE_PARTIAL_FILE || ending.code == CURLE_RECV_ERROR)
        return tr("сервер %1 оборвал соединение посреди ответа", ending.place);
    return tr("обмен с сервером %1 нарушен: %2", ending.place, quoted(ending.detail));
}

FailureKind kind_of(const Ending& ending) {
    if (ending.too_large) return FailureKind::TooLarge;
    switch (ending.code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            return FailureKind::Resolve;
        case CURLE_COULDNT_CONNECT:
            return FailureKind::Connect;
        case CURLE_OPERATION_TIMEDOUT:
            return FailureKind::Timeout;
        case CURLE_FILESIZE_EXCEEDED:
            return FailureKind::TooLarge;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_ENGINE_INITFAILED:
        case CURLE_USE_SSL_FAILED:
            return FailureKind::Tls;
        default:
            return FailureKind::Broken;
    }
}

Text text_of(FailureKind kind, const Ending& ending) {
    switch (kind) {
        case FailureKind::Resolve:
            return tr(
                "имя сервера %1 не найдено: проверьте url и подключение к сети", ending.place);
        case FailureKind::Connect:
            return connect_text(ending);
        case FailureKind::Tls:
            return tls_text(ending);
        case FailureKind::Timeout:
            return timeout_text(ending);
        case FailureKind::TooLarge:
            return tr(
                "ответ сервера %1 больше допустимого (%2 байт)", ending.place, ending.limit_bytes);
        case FailureKind::Broken:
            return broken_text(ending);
        case FailureKind::Aborted:
            return tr("обмен с сервером %1 прерван", ending.place);
        case FailureKind::Access:
        case FailureKind::Storage:
            break;  // the channel's, never the wire's
    }
    return tr("обмен с сервером %1 не удался", ending.place);
}

Failure failure(FailureKind kind, const Ending& ending) {
    return Failure{kind, ending.request_sent ? Sent::Maybe : Sent::None, text_of(kind, ending)};
}

}  // namespace

Failure failure_of(const Ending& ending) {
    return failure(kind_of(ending), ending);
}

Failure aborted(const Ending& ending) {
    return failure(FailureKind::Aborted, ending);
}

Failure timed_out(const Ending& ending) {
    return failure(FailureKind::Timeout, ending);
}

}  // namespace linuxcash::http
