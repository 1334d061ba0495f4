// SPDX-License-Identifier: Apache-2.0
// A certificate authority for a test: makes the good and the bad certificates that servers may
// show. One thread.
#pragma once

#include <memory>
#include <string>

#include "fakes/raw_server.h"

struct evp_pkey_st;
struct x509_st;

namespace linuxcash::fakes {

class TlsAuthority {
public:
    explicit TlsAuthority(const std::string& name = "test authority");

    // PEM: what a client must trust.
    [[nodiscard]] std::string certificate() const;

    // For "localhost" and 127.0.0.1, valid now.
    [[nodiscard]] TlsIdentity good() const;
    [[nodiscard]] TlsIdentity for_another_host() const;
    [[nodiscard]] TlsIdentity expired() const;
    [[nodiscard]] TlsIdentity not_yet_valid() const;
    // By an intermediate authority, whose certificate is left out of the chain.
    [[nodiscard]] TlsIdentity without_intermediate() const;
    // By nobody but itself.
    [[nodiscard]] static TlsIdentity self_signed();

private:
    struct EndKey {
        void operator()(evp_pkey_st* key) const;
    };
    struct EndCertificate {
        void operator()(x509_st* certificate) const;
    };
    using Key = std::unique_ptr<evp_pkey_st, EndKey>;
    using Certificate = std::unique_ptr<x509_st, EndCertificate>;
    struct Wanted;

    [[nodiscard]] static Key make_key();
    // Signed by `issuer` with `issuer_key`; by itself when there is none.
    [[nodiscard]] static Certificate sign(
        const Wanted& wanted, evp_pkey_st* key, x509_st* issuer, evp_pkey_st* issuer_key);
    [[nodiscard]] TlsIdentity issue(const Wanted& wanted) const;
    [[nodiscard]] static std::string pem(x509_st* certificate);
    [[nodiscard]] static std::string pem(evp_pkey_st* key);

    Key key_;
    Certificate certificate_;
};

}  // namespace linuxcash::fakes
