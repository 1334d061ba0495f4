// SPDX-License-Identifier: Apache-2.0
#include "fakes/tls_authority.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace linuxcash::fakes {
namespace {

constexpr long kDay = 24 * 60 * 60;

struct EndBio {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, EndBio>;

std::string text_of(BIO* bio) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return std::string(bytes, static_cast<std::size_t>(size));
}

void extend(X509* certificate, int what, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str());
    if (extension == nullptr) throw std::runtime_error("certificate extension");
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

}  // namespace

struct TlsAuthority::Wanted {
    std::string name;
    std::string alternative_names;  // empty: an authority
    long from_days = -1;
    long to_days = 1;
    long serial = 1;
};

void TlsAuthority::EndKey::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

void TlsAuthority::EndCertificate::operator()(x509_st* certificate) const {
    X509_free(certificate);
}

TlsAuthority::TlsAuthority(const std::string& name)
    : key_(make_key()), certificate_(sign({name, ""}, key_.get(), nullptr, nullptr)) {
}

std::string TlsAuthority::certificate() const {
    return pem(certificate_.get());
}

TlsIdentity TlsAuthority::good() const {
    return issue({"localhost", "DNS:localhost,IP:127.0.0.1"});
}

TlsIdentity TlsAuthority::for_another_host() const {
    return issue({"shop.test", "DNS:shop.test"});
}

TlsIdentity TlsAuthority::expired() const {
    return issue({"localhost", "DNS:localhost,IP:127.0.0.1", -10, -1});
}

TlsIdentity TlsAuthority::not_yet_valid() const {
    return issue({"localhost", "DNS:localhost,IP:127.0.0.1", 1, 10});
}

TlsIdentity TlsAuthority::without_intermediate() const {
    const Key middle_key = make_key();
    const Certificate middle =
        sign({"test intermediate", ""}, middle_key.get(), certificate_.get(), key_.get());
    const Key key = make_key();
    const Certificate leaf = sign(
        {"localhost", "DNS:localhost,IP:127.0.0.1"}, key.get(), middle.get(), middle_key.get());
    return TlsIdentity{pem(leaf.get()), pem(key.get())};
}

TlsIdentity TlsAuthority::self_signed() {
    const Key key = make_key();
    const Certificate certificate =
        sign({"localhost", "DNS:localhost,IP:127.0.0.1"}, key.get(), nullptr, nullptr);
    return TlsIdentity{pem(certificate.get()), pem(key.get())};
}

TlsAuthority::Key TlsAuthority::make_key() {
    return Key(EVP_EC_gen("P-256"));
}

TlsAuthority::Certificate TlsAuthority::sign(
    const Wanted& wanted, evp_pkey_st* key, x509_st* issuer, evp_pkey_st* issuer_key) {
    Certificate owned(X509_new());
    X509* certificate = owned.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), wanted.serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), wanted.from_days * kDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wanted.to_days * kDay);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(
        name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(wanted.name.c_str()), -1,
        -1, 0);
    X509_set_issuer_name(certificate, issuer == nullptr ? name : X509_get_subject_name(issuer));
    X509_set_pubkey(certificate, key);
    if (wanted.alternative_names.empty()) {
        extend(certificate, NID_basic_constraints, "critical,CA:TRUE");
        extend(certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    } else {
        extend(certificate, NID_subject_alt_name, wanted.alternative_names);
    }
    X509_sign(certificate, issuer_key == nullptr ? key : issuer_key, EVP_sha256());
    return owned;
}

TlsIdentity TlsAuthority::issue(const Wanted& wanted) const {
    const Key key = make_key();
    const Certificate leaf = sign(wanted, key.get(), certificate_.get(), key_.get());
    return TlsIdentity{pem(leaf.get()), pem(key.get())};
}

std::string TlsAuthority::pem(x509_st* certificate) {
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return text_of(bio.get());
}

std::string TlsAuthority::pem(evp_pkey_st* key) {
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return text_of(bio.get());
}

}  // namespace linuxcash::fakes
