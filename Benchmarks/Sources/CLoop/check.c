#include "loop.h"

#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>

bool cloop_negotiate(cloop *loop, cloop_version version, cloop_negotiated *result) {
    pair made;
    SSL_CTX *client = version == CLOOP_TLS12 ? loop->client12 : loop->client;
    SSL_CTX *server = version == CLOOP_TLS12 ? loop->server12 : loop->server;
    if (!pair_open(loop, client, server, loop->host, NULL, &made)) return false;
    bool ok = pair_establish(loop, &made);
    if (ok) {
        const char *group = OBJ_nid2sn((int)SSL_get_negotiated_group(made.client));
        result->version = SSL_get_version(made.client);
        result->cipher_suite = SSL_get_cipher_name(made.client);
        result->group = group != NULL ? group : "unknown";
    }
    pair_close(&made);
    return ok;
}

cloop_verdict cloop_judge(cloop *loop, const char *host, cloop_trust trust) {
    pair made;
    SSL_CTX *client = trust == CLOOP_ROOT ? loop->client : loop->stranger;
    if (!pair_open(loop, client, loop->server, host, NULL, &made)) return CLOOP_FAILED;
    bool established = pair_establish(loop, &made);
    long verified = SSL_get_verify_result(made.client);
    pair_close(&made);
    if (established) return verified == X509_V_OK ? CLOOP_ACCEPTED : CLOOP_FAILED;
    switch (verified) {
    case X509_V_ERR_HOSTNAME_MISMATCH: return CLOOP_REFUSED_HOST;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY: return CLOOP_REFUSED_ISSUER;
    default: return CLOOP_FAILED;
    }
}

static bool digest_over(cloop *loop, pair *made, size_t byte_count, EVP_MD_CTX *digest) {
    unsigned char plain[RECORD_BYTES_MAX], received[RECORD_BYTES_MAX];
    for (size_t sent = 0; sent < byte_count;) {
        size_t part = byte_count - sent < sizeof plain ? byte_count - sent : sizeof plain;
        for (size_t index = 0; index < part; index++) {
            size_t place = sent + index;
            plain[index] = (unsigned char)(place * 31 + (place >> 8) * 7);
        }
        if (!pair_send_all(loop, made, plain, part, received)) return false;
        if (EVP_DigestUpdate(digest, received, part) != 1) return loop_failed(loop, "the digest failed");
        sent += part;
    }
    return true;
}

bool cloop_digest(cloop *loop, size_t byte_count, char hexadecimal[65]) {
    pair made;
    unsigned char hash[32];
    if (!pair_connect(loop, &made)) return false;
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    bool ok = digest != NULL && EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1;
    if (!ok) loop_failed(loop, "the digest could not be made");
    ok = ok && digest_over(loop, &made, byte_count, digest);
    if (ok && EVP_DigestFinal_ex(digest, hash, NULL) != 1) ok = loop_failed(loop, "the digest did not end");
    for (size_t index = 0; ok && index < sizeof hash; index++) {
        snprintf(hexadecimal + 2 * index, 3, "%02x", hash[index]);
    }
    EVP_MD_CTX_free(digest);
    pair_close(&made);
    return ok;
}
