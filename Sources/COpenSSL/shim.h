/* Function-like macros of OpenSSL do not reach Swift; each gets a prefixed inline function here. */
#ifndef WSROUTE_OPENSSL_SHIM_H
#define WSROUTE_OPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

/* What every context of the proxy has: buffers only while they hold something, writes that may be
   repeated from another address, no renegotiation, no compression. */
static inline void copenssl_ctx_set_house_options(SSL_CTX *context) {
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_read_ahead(context, 0);
}

static inline int copenssl_ctx_set_min_version(SSL_CTX *context, int version) {
    return (int)SSL_CTX_set_min_proto_version(context, version);
}

static inline void copenssl_ctx_set_session_cache_mode(SSL_CTX *context, long mode) {
    SSL_CTX_set_session_cache_mode(context, mode);
}

/* Who is asked for the passphrase of a PEM file notes that, and has none: without it OpenSSL would ask on the
   terminal. */
static inline int copenssl_no_passphrase(char *room, int room_size, int is_writing, void *was_asked) {
    (void)room, (void)room_size, (void)is_writing;
    *(int *)was_asked = 1;
    return -1;
}

/* Has a context show the certificate of a PEM file, with the chain behind it. 0 if there is none, or one that can't
   be read: what OpenSSL's queue of errors says of it, and whether a passphrase was asked for. */
static inline int copenssl_ctx_use_chain(
    SSL_CTX *context, const unsigned char *bytes, int byte_count, int *was_asked) {
    BIO *bio = BIO_new_mem_buf(bytes, byte_count);
    X509 *certificate =
        bio == NULL ? NULL : PEM_read_bio_X509_AUX(bio, NULL, copenssl_no_passphrase, was_asked);
    int is_used = certificate != NULL && SSL_CTX_use_certificate(context, certificate) == 1 &&
                  SSL_CTX_clear_chain_certs(context) == 1;
    X509_free(certificate);
    while (is_used && (certificate = PEM_read_bio_X509(bio, NULL, copenssl_no_passphrase, was_asked)) != NULL) {
        is_used = SSL_CTX_add0_chain_cert(context, certificate) == 1;
        if (!is_used) X509_free(certificate);
    }
    BIO_free(bio);
    if (!is_used) return 0;
    /* The end of the file is told of in the same way as a fault. */
    unsigned long error = ERR_peek_last_error();
    if (ERR_GET_LIB(error) != ERR_LIB_PEM || ERR_GET_REASON(error) != PEM_R_NO_START_LINE) return 0;
    ERR_clear_error();
    return 1;
}

/* The same for the private key, which has to fit the certificate that is there. */
static inline int copenssl_ctx_use_key(
    SSL_CTX *context, const unsigned char *bytes, int byte_count, int *was_asked) {
    BIO *bio = BIO_new_mem_buf(bytes, byte_count);
    EVP_PKEY *key =
        bio == NULL ? NULL : PEM_read_bio_PrivateKey(bio, NULL, copenssl_no_passphrase, was_asked);
    int is_used = key != NULL && SSL_CTX_use_PrivateKey(context, key) == 1;
    EVP_PKEY_free(key);
    BIO_free(bio);
    return is_used;
}

/* Adds an authority to those that clients are told of, once. */
static inline int copenssl_ctx_name_authority(SSL_CTX *context, X509 *authority) {
    const STACK_OF(X509_NAME) *named = SSL_CTX_get_client_CA_list(context);
    for (int index = 0; index < sk_X509_NAME_num(named); index++)
        if (X509_NAME_cmp(sk_X509_NAME_value(named, index), X509_get_subject_name(authority)) == 0) return 1;
    return SSL_CTX_add_client_CA(context, authority);
}

/* Has a context trust the authorities of a PEM file, and a server's name them to clients. 0 as above. */
static inline int copenssl_ctx_trust(
    SSL_CTX *context, const unsigned char *bytes, int byte_count, int names_them, int *was_asked) {
    BIO *bio = BIO_new_mem_buf(bytes, byte_count);
    STACK_OF(X509_INFO) *found =
        bio == NULL ? NULL : PEM_X509_INFO_read_bio(bio, NULL, copenssl_no_passphrase, was_asked);
    BIO_free(bio);
    X509_STORE *store = SSL_CTX_get_cert_store(context);
    int count = 0, is_sound = found != NULL;
    for (int index = 0; is_sound && index < sk_X509_INFO_num(found); index++) {
        X509_INFO *info = sk_X509_INFO_value(found, index);
        if (info->x509 != NULL)
            is_sound = ++count > 0 && X509_STORE_add_cert(store, info->x509) == 1 &&
                       (!names_them || copenssl_ctx_name_authority(context, info->x509) == 1);
        if (is_sound && info->crl != NULL) is_sound = ++count > 0 && X509_STORE_add_crl(store, info->crl) == 1;
    }
    sk_X509_INFO_pop_free(found, X509_INFO_free);
    return is_sound && count > 0;
}

/* Has a context show the certificate and chain of another one too, to clients who want its kind of key. 0 if it has
   one of that kind. */
static inline int copenssl_ctx_share_certificate(SSL_CTX *context, SSL_CTX *other) {
    STACK_OF(X509) *chain = NULL;
    SSL_CTX_get0_chain_certs(other, &chain);
    int is_shared = SSL_CTX_use_cert_and_key(context, SSL_CTX_get0_certificate(other),
                                             SSL_CTX_get0_privatekey(other), chain, 0) == 1;
    if (!is_shared) ERR_clear_error();
    return is_shared;
}

/* Who seals and opens session tickets. */
static inline void copenssl_ctx_set_ticket_callback(
    SSL_CTX *context, int (*callback)(SSL *, unsigned char *, unsigned char *, EVP_CIPHER_CTX *,
                                      EVP_MAC_CTX *, int)) {
    SSL_CTX_set_tlsext_ticket_key_evp_cb(context, callback);
}

/* Sets up AES-256-CBC and HMAC-SHA256 for a ticket (RFC 5077, 4), each with a key of 32 bytes. */
static inline int copenssl_ticket_begin(
    EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac, const unsigned char *cipher_key,
    const unsigned char *mac_key, const unsigned char *iv, int seals) {
    OSSL_PARAM parameters[3];
    parameters[0] =
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, (void *)mac_key, 32);
    parameters[1] =
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"sha256", 0);
    parameters[2] = OSSL_PARAM_construct_end();
    return EVP_MAC_CTX_set_params(mac, parameters) == 1 &&
           EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), NULL, cipher_key, iv, seals) == 1;
}

/* SHA-1 of a few bytes, without the allocations and the search through providers of `EVP_Digest`. What stands
   behind these functions is the same; they are called old because they can't be replaced by a provider. */
static inline int copenssl_sha1(
    const unsigned char *bytes, size_t byte_count, unsigned char digest[SHA_DIGEST_LENGTH]) {
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
    SHA_CTX state;
    return SHA1_Init(&state) == 1 && SHA1_Update(&state, bytes, byte_count) == 1 &&
           SHA1_Final(digest, &state) == 1;
#pragma clang diagnostic pop
}

/* An index for what a context or a session carries. `release` gets what was stored when its owner ends. */
static inline int copenssl_new_index(int class_index, CRYPTO_EX_free *release) {
    return CRYPTO_get_ex_new_index(class_index, 0, NULL, NULL, NULL, release);
}

/* The subject of the peer's certificate as text (RFC 4514), visible ASCII only, in a new memory BIO. NULL if the
   peer has sent none. */
static inline BIO *copenssl_peer_subject(const SSL *session) {
    X509 *certificate = SSL_get0_peer_certificate(session);
    if (certificate == NULL) return NULL;
    BIO *text = BIO_new(BIO_s_mem());
    if (text == NULL) return NULL;
    X509_NAME_print_ex(text, X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253);
    return text;
}

static inline long copenssl_bio_bytes(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }

static inline void copenssl_ctx_set_server_name_callback(
    SSL_CTX *context, int (*callback)(SSL *, int *, void *), void *argument) {
    SSL_CTX_set_tlsext_servername_callback(context, callback);
    SSL_CTX_set_tlsext_servername_arg(context, argument);
}

/* Whether the hello that is being read asks for the server name that an earlier session was made for. */
static inline int copenssl_has_name_of(SSL *session, const SSL_SESSION *earlier) {
    const char *name = SSL_SESSION_get0_hostname(earlier);
    size_t name_size = name == NULL ? 0 : strlen(name);
    const unsigned char *list = NULL;
    size_t list_size = 0;
    if (SSL_client_hello_get0_ext(session, TLSEXT_TYPE_server_name, &list, &list_size) != 1)
        return name == NULL;
    /* Two bytes of length of the list, one of the kind, two of length of the name (RFC 6066, 3). */
    if (list_size < 5 || list_size - 5 != name_size) return 0;
    return name_size > 0 && OPENSSL_strncasecmp((const char *)list + 5, name, name_size) == 0;
}

/* Writes into a session that becomes a ticket until when it may be taken up, where the client has shown a certificate:
   so many seconds from now, or as long as that is good; unless the session that it goes on with says so already.
   0 without memory. */
static inline int copenssl_limit_session(SSL *connection, int64_t seconds_max) {
    SSL_SESSION *session = SSL_get_session(connection);
    X509 *certificate = session == NULL ? NULL : SSL_SESSION_get0_peer(session);
    void *known = NULL;
    size_t known_size = 0;
    if (certificate == NULL) return 1;
    if (SSL_SESSION_get0_ticket_appdata(session, &known, &known_size) == 1 && known_size > 0) return 1;
    int64_t until = (int64_t)time(NULL) + seconds_max;
    struct tm end;
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) == 1) {
        int64_t certificate_end = timegm(&end);
        if (certificate_end < until) until = certificate_end;
    }
    return SSL_SESSION_set1_ticket_appdata(session, &until, sizeof until);
}

/* Whether an earlier session may still be taken up, as far as the certificate behind it goes. */
static inline int copenssl_certificate_holds(SSL_SESSION *earlier, int64_t seconds_max) {
    if (SSL_SESSION_get0_peer(earlier) == NULL) return 1;
    void *known = NULL;
    size_t known_size = 0;
    int64_t until;
    if (SSL_SESSION_get0_ticket_appdata(earlier, &known, &known_size) != 1 || known_size != sizeof until)
        return 0;
    memcpy(&until, known, sizeof until);
    int64_t now = time(NULL);
    return now < until && until <= now + seconds_max;
}

static inline int copenssl_set_server_name(SSL *session, const char *name) {
    return (int)SSL_set_tlsext_host_name(session, name);
}

static inline int copenssl_is_resumed(SSL *session) { return SSL_session_reused(session); }

/* A BIO that reads and writes through another session, and frees it with itself. NULL without memory. */
static inline BIO *copenssl_bio_over(SSL *outer) {
    BIO *bio = BIO_new(BIO_f_ssl());
    if (bio != NULL) BIO_set_ssl(bio, outer, BIO_CLOSE);
    return bio;
}

/* Frees what is in a key, and gives up one use of it. What remains is as good as new, of whatever type. */
static inline void copenssl_empty_key(EVP_PKEY *key) {
    EVP_PKEY_set_type(key, EVP_PKEY_X25519);
    EVP_PKEY_free(key);
}

/* Lets go of what a session keeps of a handshake that is done until it ends, though nothing asks for it any more:
   what is in the keys of the exchange (with TLS 1.3), and the ciphers that the client has offered. */
static inline void copenssl_forget_exchange(SSL *session) {
    EVP_PKEY *key = NULL;
    if (SSL_get_tmp_key(session, &key) == 1) copenssl_empty_key(key);
    key = NULL;
    if (SSL_get_peer_tmp_key(session, &key) == 1) copenssl_empty_key(key);
    STACK_OF(SSL_CIPHER) *offered = SSL_get_client_ciphers(session);
    if (offered == NULL) return;
    sk_SSL_CIPHER_zero(offered);
    sk_SSL_CIPHER_reserve(offered, 0); /* shrinks it */
}

/* A new session of the context of another one. With `shares` it has the settings of the certificate in common with
   that one, of which `SSL_new` alone makes a copy. NULL without memory. */
static inline SSL *copenssl_new_session(const SSL *model, int shares) {
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
    SSL *session = SSL_new(SSL_get_SSL_CTX(model));
    if (session != NULL && shares && SSL_copy_session_id(session, model) != 1) {
        SSL_free(session);
        return NULL;
    }
    return session;
#pragma clang diagnostic pop
}

/* The BIO at the bottom: the session's own, or that of the session which it speaks through. */
static inline BIO *copenssl_lowest_bio(SSL *session) {
    BIO *bio = SSL_get_rbio(session);
    while (bio != NULL && BIO_method_type(bio) == BIO_TYPE_SSL) {
        SSL *outer = NULL;
        BIO_get_ssl(bio, &outer);
        bio = SSL_get_rbio(outer);
    }
    return bio;
}

static inline int copenssl_error_library(unsigned long error) { return ERR_GET_LIB(error); }
static inline int copenssl_error_reason(unsigned long error) { return ERR_GET_REASON(error); }

static inline int copenssl_general_name_count(const GENERAL_NAMES *names) {
    return sk_GENERAL_NAME_num(names);
}

/* The bytes of a DNS name, not ended by a NUL; NULL for other kinds. */
static inline const unsigned char *copenssl_dns_name(
    const GENERAL_NAMES *names, int index, int *byte_count) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    if (name->type != GEN_DNS) return NULL;
    *byte_count = ASN1_STRING_length(name->d.dNSName);
    return ASN1_STRING_get0_data(name->d.dNSName);
}

/* Whether a signature is that of a message. `digest` is NULL for schemes that have their own. With `is_pss` the
   padding is PSS with a salt as long as the hash (RFC 7518, 3.5). */
static inline int copenssl_verify(
    EVP_PKEY *key, const EVP_MD *digest, int is_pss, const unsigned char *signature,
    size_t signature_byte_count, const unsigned char *message, size_t byte_count) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *details = NULL; /* belongs to the context */
    int is_good = context != NULL && EVP_DigestVerifyInit(context, &details, digest, NULL, key) == 1;
    if (is_good && is_pss)
        is_good = EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) > 0 &&
                  EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) > 0;
    if (is_good)
        is_good = EVP_DigestVerify(context, signature, signature_byte_count, message, byte_count) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return is_good;
}

/* The same for ECDSA, whose signature is here the two numbers one behind the other (RFC 7518, 3.4). */
static inline int copenssl_verify_pair(
    EVP_PKEY *key, const EVP_MD *digest, const unsigned char *signature, size_t signature_byte_count,
    const unsigned char *message, size_t byte_count) {
    int half = (int)(signature_byte_count / 2), is_good = 0;
    unsigned char *encoded = NULL;
    BIGNUM *first = BN_bin2bn(signature, half, NULL);
    BIGNUM *second = BN_bin2bn(signature + half, half, NULL);
    ECDSA_SIG *pair = ECDSA_SIG_new();
    if (first != NULL && second != NULL && pair != NULL && ECDSA_SIG_set0(pair, first, second) == 1) {
        int encoded_byte_count = i2d_ECDSA_SIG(pair, &encoded);
        is_good = encoded_byte_count > 0 && copenssl_verify(key, digest, 0, encoded,
                                                            (size_t)encoded_byte_count, message, byte_count);
    } else {
        BN_free(first);
        BN_free(second);
    }
    OPENSSL_free(encoded);
    ECDSA_SIG_free(pair);
    ERR_clear_error();
    return is_good;
}

/* A public key from its parameters, NULL if they are none. Takes the builder. */
static inline EVP_PKEY *copenssl_key_from(const char *kind, OSSL_PARAM_BLD *builder) {
    EVP_PKEY *key = NULL;
    OSSL_PARAM *parameters = builder == NULL ? NULL : OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
    if (parameters != NULL && context != NULL && EVP_PKEY_fromdata_init(context) == 1)
        if (EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) key = NULL;
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    if (key != NULL) {
        EVP_PKEY_CTX *check = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
        if (check == NULL || EVP_PKEY_public_check(check) != 1) {
            EVP_PKEY_free(key);
            key = NULL;
        }
        EVP_PKEY_CTX_free(check);
    }
    ERR_clear_error();
    return key;
}

/* An RSA key from modulus and exponent, most significant byte first. */
static inline EVP_PKEY *copenssl_rsa_key(
    const unsigned char *modulus, int modulus_byte_count, const unsigned char *exponent,
    int exponent_byte_count) {
    EVP_PKEY *key = NULL;
    BIGNUM *n = BN_bin2bn(modulus, modulus_byte_count, NULL);
    BIGNUM *e = BN_bin2bn(exponent, exponent_byte_count, NULL);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    if (n != NULL && e != NULL && builder != NULL &&
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) == 1)
        key = copenssl_key_from("RSA", builder);
    else
        OSSL_PARAM_BLD_free(builder);
    BN_free(n);
    BN_free(e);
    return key;
}

/* A key on a curve of NIST from the encoded point. */
static inline EVP_PKEY *copenssl_ec_key(const char *curve, const unsigned char *point, size_t byte_count) {
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    if (builder != NULL &&
        OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) == 1 &&
        OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, byte_count) == 1)
        return copenssl_key_from("EC", builder);
    OSSL_PARAM_BLD_free(builder);
    return NULL;
}

/* The number of a key's curve, 0 if it has none with a name. */
static inline int copenssl_curve(const EVP_PKEY *key) {
    char name[64];
    size_t byte_count = 0;
    if (EVP_PKEY_get_group_name(key, name, sizeof name, &byte_count) != 1) return 0;
    int number = EC_curve_nist2nid(name);
    return number != NID_undef ? number : OBJ_sn2nid(name);
}

#endif
