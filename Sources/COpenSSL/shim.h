/* Function-like macros of OpenSSL do not reach Swift; each gets a prefixed inline function here. */
#ifndef WSROUTE_OPENSSL_SHIM_H
#define WSROUTE_OPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#endif
