// What Swift cannot import from OpenSSL's headers: function-like macros and variadics, one inline function each,
// named after the macro with the prefix `sluice_`. Nothing here decides anything.

#ifndef SLUICE_COPENSSL_SHIM_H
#define SLUICE_COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/proverr.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/tls1.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "shim_ssl.h"
#include "shim_x509.h"

#if OPENSSL_VERSION_NUMBER < 0x30000000L
#error "Sluice needs OpenSSL 3.0 or later"
#endif

#endif
