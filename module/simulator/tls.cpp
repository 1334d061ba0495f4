// SPDX-License-Identifier: Apache-2.0
#include "simulator/tls.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <string>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "base/system_error.h"

namespace linuxcash::simulator {

namespace {

constexpr std::size_t kPemLimitBytes = 64 * 1024;
constexpr long kDaySeconds = 24 * 60 * 60;
constexpr long kValidDays = 3650;
constexpr mode_t kPublicMode = 0644;
constexpr mode_t kPrivateMode = 0600;

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* held) const noexcept {
        Free(held);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;

struct Pair {
    Key key;
    Certificate certificate;
};

struct Wish {
    const char* common_name;
    const char* names;  // subjectAltName; nullptr for an authority
    bool expired = false;
};

Error tls_error(const char* what) {
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
    ERR_clear_error();
    return {ErrorCode::Io, tr("TLS симулятора: %1 не удалось: %2", what, reason.data())};
}

bool add_extension(X509* certificate, X509* issuer, std::pair<int, const char*> wanted) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, wanted.first, wanted.second));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool add_extensions(X509* certificate, X509* issuer, const Wish& wish) {
    const bool authority = wish.names == nullptr;
    if (!add_extension(certificate, issuer, {NID_subject_key_identifier, "hash"})) return false;
    if (authority) {
        return add_extension(certificate, issuer, {NID_basic_constraints, "critical,CA:TRUE"})
               && add_extension(
                   certificate, issuer, {NID_key_usage, "critical,keyCertSign,cRLSign"});
    }
    return add_extension(certificate, issuer, {NID_basic_constraints, "critical,CA:FALSE"})
           && add_extension(certificate, issuer, {NID_key_usage, "critical,digitalSignature"})
           && add_extension(certificate, issuer, {NID_ext_key_usage, "serverAuth"})
           && add_extension(certificate, issuer, {NID_subject_alt_name, wish.names});
}

bool name_and_date(X509* certificate, const Wish& wish) {
    std::array<unsigned char, 8> serial{};
    if (RAND_bytes(serial.data(), static_cast<int>(serial.size())) != 1) return false;
    std::uint64_t number = 0;
    for (const unsigned char byte : serial) {
        number = (number << 8) | byte;
    }
    const long from = wish.expired ? -3 * kDaySeconds : -kDaySeconds;
    const long until = wish.expired ? -kDaySeconds : kValidDays * kDaySeconds;
    X509_NAME* name = X509_get_subject_name(certificate);
    const auto* common_name = reinterpret_cast<const unsigned char*>(wish.common_name);
    return X509_set_version(certificate, X509_VERSION_3) == 1
           && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), number >> 1) == 1
           && X509_gmtime_adj(X509_getm_notBefore(certificate), from) != nullptr
           && X509_gmtime_adj(X509_getm_notAfter(certificate), until) != nullptr
           && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, common_name, -1, -1, 0) == 1;
}

// Signed by `issuer`, or by itself without one.
Result<Pair> make_pair_of(const Wish& wish, const Pair* issuer) {
    Pair made{Key(EVP_EC_gen("P-256")), Certificate(X509_new())};
    if (!made.key || !made.certificate) return tls_error("создание ключа");
    X509* certificate = made.certificate.get();
    X509* signer = issuer != nullptr ? issuer->certificate.get() : certificate;
    EVP_PKEY* signing_key = issuer != nullptr ? issuer->key.get() : made.key.get();
    const bool signed_well =
        name_and_date(certificate, wish) && X509_set_pubkey(certificate, made.key.get()) == 1
        && X509_set_issuer_name(certificate, X509_get_subject_name(signer)) == 1
        && add_extensions(certificate, signer, wish)
        && X509_sign(certificate, signing_key, EVP_sha256()) > 0;
    if (!signed_well) return tls_error("создание сертификата");
    return made;
}

std::string taken_from(BIO* bio) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

Result<> save(const Pair& pair, const std::filesystem::path& folder, const std::string& name) {
    const Bio certificate(BIO_new(BIO_s_mem()));
    const Bio key(BIO_new(BIO_s_mem()));
    if (!certificate || !key || PEM_write_bio_X509(certificate.get(), pair.certificate.get()) != 1
        || PEM_write_bio_PrivateKey(
               key.get(), pair.key.get(), nullptr, nullptr, 0, nullptr, nullptr)
               != 1) {
        return tls_error("запись сертификата");
    }
    // The key first: a certificate without its key would count as made.
    auto done = write_file(folder / (name + ".key"), taken_from(key.get()), kPrivateMode);
    if (!done) return done;
    return write_file(folder / (name + ".pem"), taken_from(certificate.get()), kPublicMode);
}

Result<Pair> load(const std::filesystem::path& folder, const std::string& name) {
    const auto certificate_text = read_file(folder / (name + ".pem"), kPemLimitBytes);
    if (!certificate_text) return certificate_text.error();
    const auto key_text = read_file(folder / (name + ".key"), kPemLimitBytes);
    if (!key_text) return key_text.error();
    const Bio certificate(
        BIO_new_mem_buf(certificate_text->data(), static_cast<int>(certificate_text->size())));
    const Bio key(BIO_new_mem_buf(key_text->data(), static_cast<int>(key_text->size())));
    Pair pair{
        Key(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr)),
        Certificate(PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr))};
    if (!pair.key || !pair.certificate) return tls_error("чтение сертификата");
    return pair;
}

Result<Pair> load_or_make(
    const std::filesystem::path& folder, const std::string& name, const Wish& wish,
    const Pair* issuer) {
    auto found = load(folder, name);
    if (found || found.error().code != ErrorCode::NotFound) return found;
    auto made = make_pair_of(wish, issuer);
    if (!made) return made;
    const auto saved = save(*made, folder, name);
    if (!saved) return saved.error();
    return made;
}

constexpr Wish kAuthority{"linuxcash test authority", nullptr};
constexpr Wish kServer{"localhost", "DNS:localhost,IP:127.0.0.1"};
constexpr Wish kExpired{"localhost", "DNS:localhost,IP:127.0.0.1", true};
constexpr Wish kWrongHost{"elsewhere.example", "DNS:elsewhere.example"};

Result<Pair> pair_for(TlsFault fault, const std::filesystem::path& folder, const Pair& authority) {
    switch (fault) {
        case TlsFault::None:
        case TlsFault::OldVersion:
            return load_or_make(folder, "server", kServer, &authority);
        case TlsFault::Expired:
            return make_pair_of(kExpired, &authority);
        case TlsFault::WrongHost:
            return make_pair_of(kWrongHost, &authority);
        case TlsFault::SelfSigned:
            return make_pair_of(kServer, nullptr);
    }
    return Error{ErrorCode::Internal, tr("TLS симулятора: неизвестная неисправность")};
}

bool choose_versions(SSL_CTX* context, TlsFault fault) {
    if (fault != TlsFault::OldVersion) {
        return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1;
    }
    // OpenSSL 3 speaks TLS 1.1 only at security level 0.
    SSL_CTX_set_security_level(context, 0);
    return SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1
           && SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION) == 1
           && SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0") == 1;
}

}  // namespace

std::optional<TlsFault> parse_tls_fault(std::string_view name) {
    if (name == "none") return TlsFault::None;
    if (name == "expired") return TlsFault::Expired;
    if (name == "wrong-host") return TlsFault::WrongHost;
    if (name == "self-signed") return TlsFault::SelfSigned;
    if (name == "tls1.1") return TlsFault::OldVersion;
    return std::nullopt;
}

void TlsContextDeleter::operator()(ssl_ctx_st* context) const noexcept {
    SSL_CTX_free(context);
}

Result<TlsContext> open_tls(const std::filesystem::path& folder, TlsFault fault) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) {
        return Error{
            system_error_code(failure.value()),
            tr("не удалось создать каталог %1: %2", folder.string(),
               system_error_reason(failure.value()))};
    }
    const auto authority = load_or_make(folder, "ca", kAuthority, nullptr);
    if (!authority) return authority.error();
    const auto served = pair_for(fault, folder, *authority);
    if (!served) return served.error();

    constexpr std::string_view kSessionName = "linuxcash-simulator";
    TlsContext context(SSL_CTX_new(TLS_server_method()));
    if (!context || !choose_versions(context.get(), fault)
        || SSL_CTX_use_certificate(context.get(), served->certificate.get()) != 1
        || SSL_CTX_use_PrivateKey(context.get(), served->key.get()) != 1
        || SSL_CTX_set_session_id_context(
               context.get(), reinterpret_cast<const unsigned char*>(kSessionName.data()),
               static_cast<unsigned>(kSessionName.size()))
               != 1) {
        return tls_error("настройка сервера");
    }
    return context;
}

Result<TlsContext> client_tls(const std::string& ca_file) {
    TlsContext context(SSL_CTX_new(TLS_client_method()));
    const bool trusting =
        context
        && (ca_file.empty() ? SSL_CTX_set_default_verify_paths(context.get()) == 1
                            : SSL_CTX_load_verify_file(context.get(), ca_file.c_str()) == 1);
    if (!trusting) return tls_error("чтение доверенных сертификатов");
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    return context;
}

}  // namespace linuxcash::simulator
