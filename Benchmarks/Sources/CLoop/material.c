#include "material.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    X509 *certificate;
    EVP_PKEY *key;
} identity;

static bool add_extension(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    bool ok = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return ok;
}

static bool set_serial(X509 *certificate) {
    // RFC 5280 §4.1.2.2: positive, 20 octets at most.
    BIGNUM *serial = BN_new();
    bool ok = serial && BN_rand(serial, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY)
        && BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(certificate)) != NULL;
    BN_free(serial);
    return ok;
}

static bool set_name(X509_NAME *name, const char *common_name) {
    return X509_NAME_add_entry_by_txt(name, "O", MBSTRING_ASC, (const unsigned char *)"Sluice benchmarks", -1, -1, 0)
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)common_name, -1, -1, 0);
}

// A P-256 key and a certificate that has all but its issuer, its extensions and its signature.
static bool begin(identity *made, const char *common_name) {
    made->key = EVP_EC_gen("P-256");
    made->certificate = X509_new();
    return made->key && made->certificate
        && X509_set_version(made->certificate, X509_VERSION_3)
        && set_serial(made->certificate)
        && set_name(X509_get_subject_name(made->certificate), common_name)
        && X509_gmtime_adj(X509_getm_notBefore(made->certificate), -3600)
        && X509_gmtime_adj(X509_getm_notAfter(made->certificate), 30L * 24 * 3600)
        && X509_set_pubkey(made->certificate, made->key);
}

static bool make_root(identity *root, const char *common_name) {
    return begin(root, common_name)
        && X509_set_issuer_name(root->certificate, X509_get_subject_name(root->certificate))
        && add_extension(root->certificate, root->certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        && add_extension(root->certificate, root->certificate, NID_key_usage, "critical,keyCertSign,cRLSign")
        && add_extension(root->certificate, root->certificate, NID_subject_key_identifier, "hash")
        && X509_sign(root->certificate, root->key, EVP_sha256()) > 0;
}

static bool make_leaf(identity *leaf, const identity *root, const char *host) {
    char name[300];
    int length = snprintf(name, sizeof name, "DNS:%s", host);
    if (length < 0 || (size_t)length >= sizeof name) return false;
    return begin(leaf, host)
        && X509_set_issuer_name(leaf->certificate, X509_get_subject_name(root->certificate))
        && add_extension(leaf->certificate, root->certificate, NID_basic_constraints, "critical,CA:FALSE")
        && add_extension(leaf->certificate, root->certificate, NID_key_usage, "critical,digitalSignature")
        && add_extension(leaf->certificate, root->certificate, NID_ext_key_usage, "serverAuth")
        && add_extension(leaf->certificate, root->certificate, NID_subject_key_identifier, "hash")
        && add_extension(leaf->certificate, root->certificate, NID_authority_key_identifier, "keyid:always")
        && add_extension(leaf->certificate, root->certificate, NID_subject_alt_name, name)
        && X509_sign(leaf->certificate, root->key, EVP_sha256()) > 0;
}

// The caller frees it.
static char *text(BIO *bio) {
    char *bytes = NULL;
    long count = BIO_get_mem_data(bio, &bytes);
    return count > 0 ? strndup(bytes, (size_t)count) : NULL;
}

static char *certificate_pem(X509 *certificate) {
    BIO *bio = BIO_new(BIO_s_mem());
    char *pem = bio && PEM_write_bio_X509(bio, certificate) ? text(bio) : NULL;
    BIO_free(bio);
    return pem;
}

static char *key_pem(EVP_PKEY *key) {
    BIO *bio = BIO_new(BIO_s_mem());
    char *pem = bio && PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) ? text(bio) : NULL;
    BIO_free(bio);
    return pem;
}

static void identity_free(identity *made) {
    X509_free(made->certificate);
    EVP_PKEY_free(made->key);
}

bool material_make(const char *host, material_pem *made, char *failure, size_t failure_bytes) {
    identity root = {0}, other_root = {0}, leaf = {0};
    *made = (material_pem){0};
    bool ok = make_root(&root, "Root") && make_root(&other_root, "Other root") && make_leaf(&leaf, &root, host);
    if (ok) {
        made->chain = certificate_pem(leaf.certificate);
        made->key = key_pem(leaf.key);
        made->root = certificate_pem(root.certificate);
        made->other_root = certificate_pem(other_root.certificate);
        ok = made->chain && made->key && made->root && made->other_root;
    }
    if (!ok) {
        char reason[256];
        ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
        snprintf(failure, failure_bytes, "certificates could not be made: %s", reason);
    }
    identity_free(&root);
    identity_free(&other_root);
    identity_free(&leaf);
    return ok;
}

void material_free(material_pem *made) {
    free(made->chain);
    free(made->key);
    free(made->root);
    free(made->other_root);
    *made = (material_pem){0};
}
