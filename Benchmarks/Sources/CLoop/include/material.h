// Certificates and keys that all peers use.

#ifndef SLUICE_MATERIAL_H
#define SLUICE_MATERIAL_H

#include <stdbool.h>
#include <stddef.h>

/// In PEM, each freed by `material_free`.
typedef struct {
    char *chain;       // the P-256 leaf; its CA's certificate isn't sent
    char *key;         // the leaf's, PKCS#8
    char *root;        // the P-256 CA that signed the leaf
    char *other_root;  // a P-256 CA that signed nothing
} material_pem;

/// Makes everything anew, for one host name.
///
/// Returns false with words in `failure` where libcrypto refuses; `material_free` is still to be called.
bool material_make(const char *host, material_pem *made, char *failure, size_t failure_bytes);
void material_free(material_pem *made);

#endif
