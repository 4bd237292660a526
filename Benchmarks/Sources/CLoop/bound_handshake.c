#include "bound.h"

#include <openssl/rand.h>
#include <string.h>

// The hash of a certificate's signed part and the content of a CertificateVerify, in bytes, for this benchmark's leaf.
#define SIGNED_CERTIFICATE_BYTES 402
#define SIGNED_HANDSHAKE_BYTES 130
// HkdfLabel, RFC 8446 §7.1: length, "tls13 " and a label, a hash; and the counter of HKDF-Expand.
#define LABEL_BYTES 54
#define SECRET_BYTES 32
// A session as a ticket holds it, before padding.
#define SESSION_BYTES 127

// What one handshake is counted as. All sizes are those of libssl's messages with this benchmark's leaf.
//
// Transcript: bytes hashed by each end; after each piece the running hash is copied and finished.
// HMACs, of each end:
//   full TLS 1.3     handshake secret 1, its two traffic secrets 2, "derived" 1, master secret 1, traffic secrets 2,
//                    resumption secret 1, key and IV of four keys 8, Finished keys and MACs 4, PSKs of two tickets 2
//                    (what comes before any secret is the same in all handshakes: not counted)
//   resumed TLS 1.3  the same with one ticket 21, early secret 1, binder key, its Finished key and MAC 3, "derived" 1
//   full TLS 1.2     the PRF's A(i) and blocks: extended master secret 4, key block 4, two Finished 4
// Records, each sealed once and opened once, as few as possible: the server's flight, the client's Finished, tickets.
typedef struct {
    size_t transcript[6];  // up to the first 0
    int hmacs;
    int keys;           // AES-128-GCM keys set up, by the sealing and the opening end each
    size_t records[4];  // plaintext bytes with the content type, up to the first 0
    int tickets_made;
    int tickets_opened;
    bool has_signatures;
} outline;

static const outline outlines[] = {
    [CRYPTO_FULL] = {
        // ClientHello 217, ServerHello 122 | EncryptedExtensions 6, Certificate 505 | CertificateVerify | Finished × 2
        .transcript = {339, 511, 78, 36, 36}, .hmacs = 22, .keys = 4, .records = {626, 37, 435},
        .tickets_made = 2, .has_signatures = true,
    },
    [CRYPTO_RESUMED] = {
        // ClientHello without binders 421 | binders 35, ServerHello 128 | EncryptedExtensions | Finished × 2
        .transcript = {421, 163, 6, 36, 36}, .hmacs = 26, .keys = 4, .records = {43, 37, 218},
        .tickets_made = 1, .tickets_opened = 1,
    },
    [CRYPTO_FULL12] = {
        // Hellos 209, Certificate 502, key exchanges 152, ServerHelloDone 4 | Finished 16, NewSessionTicket 186
        .transcript = {867, 202}, .hmacs = 12, .keys = 2, .records = {16, 16},
        .tickets_made = 1, .has_signatures = true,
    },
};

// The result takes the place of the key, so that both ends can be compared when all is derived.
static bool hmac(crypto_bound *bound, unsigned char secret[SECRET_BYTES], const unsigned char *message, size_t count) {
    size_t written = 0;
    return EVP_MAC_init(bound->hmac, secret, SECRET_BYTES, NULL) == 1
        && EVP_MAC_update(bound->hmac, message, count) == 1
        && EVP_MAC_final(bound->hmac, secret, &written, SECRET_BYTES) == 1 && written == SECRET_BYTES;
}

static EVP_PKEY *share(crypto_bound *bound, unsigned char public_key[32]) {
    EVP_PKEY *key = NULL;
    size_t count = 32;
    if (EVP_PKEY_keygen(bound->keygen, &key) != 1) return NULL;
    if (EVP_PKEY_get_raw_public_key(key, public_key, &count) == 1) return key;
    EVP_PKEY_free(key);
    return NULL;
}

static bool derive(EVP_PKEY *own, const unsigned char peer_share[32], unsigned char secret[SECRET_BYTES]) {
    EVP_PKEY *peer = EVP_PKEY_new_raw_public_key_ex(NULL, "X25519", NULL, peer_share, 32);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
    size_t count = SECRET_BYTES;
    // 0: an X25519 public key needs no validation, RFC 7748 §6.1.
    bool ok = peer && context && EVP_PKEY_derive_init(context) == 1
        && EVP_PKEY_derive_set_peer_ex(context, peer, 0) == 1 && EVP_PKEY_derive(context, secret, &count) == 1;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(peer);
    return ok;
}

static bool agree(crypto_bound *bound, unsigned char client_secret[SECRET_BYTES],
                  unsigned char server_secret[SECRET_BYTES]) {
    unsigned char client_share[32], server_share[32];
    EVP_PKEY *client = share(bound, client_share), *server = share(bound, server_share);
    bool ok = client && server && derive(client, server_share, client_secret)
        && derive(server, client_share, server_secret) && memcmp(client_secret, server_secret, SECRET_BYTES) == 0;
    EVP_PKEY_free(client);
    EVP_PKEY_free(server);
    return ok;
}

// The server signs; the client verifies that, and the leaf by its CA.
static bool authenticate(crypto_bound *bound) {
    const unsigned char leaf_digest[32] = {0};
    unsigned char digest[32], signature[80];
    size_t signature_bytes = sizeof signature;
    bool ok = EVP_Digest(bound->plain, SIGNED_HANDSHAKE_BYTES, digest, NULL, bound->sha256, NULL) == 1
        && EVP_PKEY_sign(bound->sign, signature, &signature_bytes, digest, sizeof digest) == 1;
    ok = ok && EVP_Digest(bound->plain, SIGNED_HANDSHAKE_BYTES, digest, NULL, bound->sha256, NULL) == 1
        && EVP_PKEY_verify(bound->verify, signature, signature_bytes, digest, sizeof digest) == 1;
    return ok && EVP_Digest(bound->plain, SIGNED_CERTIFICATE_BYTES, digest, NULL, bound->sha256, NULL) == 1
        && EVP_PKEY_verify(bound->verify_leaf, bound->leaf_signature, bound->leaf_signature_bytes, leaf_digest,
                           sizeof leaf_digest) == 1;
}

static bool hash_transcript(crypto_bound *bound, const size_t *pieces) {
    unsigned char digest[32];
    if (EVP_DigestInit_ex2(bound->transcript, bound->sha256, NULL) != 1) return false;
    for (; *pieces != 0; pieces++) {
        bool ok = EVP_DigestUpdate(bound->transcript, bound->plain, *pieces) == 1
            && EVP_MD_CTX_copy_ex(bound->snapshot, bound->transcript) == 1
            && EVP_DigestFinal_ex(bound->snapshot, digest, NULL) == 1;
        if (!ok) return false;
    }
    return true;
}

// One end's transcript and key schedule.
static bool schedule(crypto_bound *bound, const outline *outline, unsigned char secret[SECRET_BYTES]) {
    if (!hash_transcript(bound, outline->transcript)) return false;
    for (int index = 0; index < outline->hmacs; index++) {
        if (!hmac(bound, secret, bound->plain, LABEL_BYTES)) return false;
    }
    return true;
}

// The first 16 bytes of the secret are the key, at both ends.
static bool exchange_records(crypto_bound *bound, const outline *outline, const unsigned char *secret) {
    for (int index = 0; index < outline->keys; index++) {
        bool ok = EVP_EncryptInit_ex2(bound->seal, NULL, secret, NULL, NULL) == 1
            && EVP_DecryptInit_ex2(bound->open, NULL, secret, NULL, NULL) == 1;
        if (!ok) return bound_failed(bound, "a key could not be set");
    }
    for (const size_t *bytes = outline->records; *bytes != 0; bytes++) {
        if (!bound_record(bound, *bytes)) return false;
    }
    return true;
}

// As libssl does unless told otherwise: AES-256-CBC, then HMAC over key name, IV and ciphertext. The server keeps its
// keys.
static bool handle_tickets(crypto_bound *bound, const outline *outline) {
    unsigned char iv[16], ticket[16 + sizeof iv + SESSION_BYTES + 1] = {0}, session[sizeof ticket];
    unsigned char mac[SECRET_BYTES] = {0};
    int count = 0, last = 0;
    for (int index = 0; index < outline->tickets_made + outline->tickets_opened; index++) {
        bool is_made = index < outline->tickets_made, ok;
        if (is_made) {
            ok = RAND_bytes(iv, sizeof iv) == 1
                && EVP_EncryptInit_ex2(bound->encrypt_ticket, NULL, NULL, iv, NULL) == 1
                && EVP_EncryptUpdate(bound->encrypt_ticket, ticket + 32, &count, bound->plain, SESSION_BYTES) == 1
                && EVP_EncryptFinal_ex(bound->encrypt_ticket, ticket + 32 + count, &last) == 1;
        } else {
            ok = EVP_DecryptInit_ex2(bound->decrypt_ticket, NULL, NULL, iv, NULL) == 1
                && EVP_DecryptUpdate(bound->decrypt_ticket, session, &count, ticket + 32, SESSION_BYTES + 1) == 1
                && EVP_DecryptFinal_ex(bound->decrypt_ticket, session + count, &last) == 1
                && memcmp(session, bound->plain, SESSION_BYTES) == 0;
        }
        if (!ok || !hmac(bound, mac, ticket, sizeof ticket)) return false;
    }
    return true;
}

static bool handshake(crypto_bound *bound, const outline *outline) {
    unsigned char client[SECRET_BYTES], server[SECRET_BYTES], random[32];
    for (int end = 0; end < 2; end++) {
        if (RAND_bytes(random, sizeof random) != 1) return bound_failed(bound, "there was no randomness");
    }
    if (!agree(bound, client, server)) return bound_failed(bound, "the key exchange failed");
    if (outline->has_signatures && !authenticate(bound)) return bound_failed(bound, "the signatures failed");
    bool ok = schedule(bound, outline, client) && schedule(bound, outline, server)
        && memcmp(client, server, sizeof client) == 0;
    if (!ok) return bound_failed(bound, "the key schedule failed");
    if (!exchange_records(bound, outline, client)) return false;
    return handle_tickets(bound, outline) || bound_failed(bound, "the tickets failed");
}

double crypto_bound_handshakes(crypto_bound *bound, crypto_handshake kind, size_t count) {
    double start = bound_seconds_now();
    for (size_t index = 0; index < count; index++) {
        if (!handshake(bound, &outlines[kind])) return -1;
    }
    return bound_seconds_now() - start;
}
