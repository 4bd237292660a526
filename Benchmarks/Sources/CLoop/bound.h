// What the two halves of the crypto bound share.

#ifndef SLUICE_BOUND_H
#define SLUICE_BOUND_H

#include "crypto_bound.h"

#include <openssl/evp.h>
#include <stdbool.h>

#define RECORD_BYTES_MAX 16384
#define TAG_BYTES 16

struct crypto_bound {
    EVP_MD *sha256;
    EVP_MD_CTX *transcript, *snapshot;
    EVP_MAC_CTX *hmac;
    EVP_CIPHER *gcm, *cbc;
    EVP_CIPHER_CTX *seal, *open, *encrypt_ticket, *decrypt_ticket;
    EVP_PKEY *leaf_key, *root_key;  // P-256
    EVP_PKEY_CTX *keygen;           // X25519
    EVP_PKEY_CTX *sign, *verify;    // the leaf's key
    EVP_PKEY_CTX *verify_leaf;      // the CA's key
    unsigned char leaf_signature[80];
    size_t leaf_signature_bytes;
    unsigned char iv[12];
    unsigned char plain[RECORD_BYTES_MAX + 1];  // and the content type, RFC 8446 §5.2
    unsigned char cipher[RECORD_BYTES_MAX + 1 + TAG_BYTES];
    unsigned char opened[RECORD_BYTES_MAX + 1];
    bool has_failed;
    char failure[320];
};

// Keeps the words, with what OpenSSL's error queue says. Returns false.
bool bound_failed(crypto_bound *bound, const char *words);
double bound_seconds_now(void);

// One record, sealed and opened under the keys that are set; `plain_bytes` with the content type.
bool bound_record(crypto_bound *bound, size_t plain_bytes);

#endif
