internal import COpenSSL
internal import Glibc

extension TLSFailure {
    /// What an error of OpenSSL's queue says.
    init(library: Int32, reason: Int32) {
        guard library == ERR_LIB_SSL else {
            self =
                switch library {
                case ERR_LIB_SYS: .socket(reason)
                case _ where reason == Int32(ERR_R_MALLOC_FAILURE): .outOfMemory
                default: .protocolError
                }
            return
        }
        switch reason {
        case SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST: self = .plainHTTP
        // A record whose version bytes are no version at all.
        case SSL_R_WRONG_VERSION_NUMBER: self = .notTLS
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW, SSL_R_NO_PROTOCOLS_AVAILABLE,
            SSL_R_WRONG_SSL_VERSION:
            self = .noSharedVersion
        case SSL_R_NO_SHARED_CIPHER, SSL_R_NO_SUITABLE_KEY_SHARE, SSL_R_NO_SUITABLE_GROUPS,
            SSL_R_NO_SHARED_GROUPS, SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
            self = .noSharedCipher
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: self = .certificateMissing
        case Int32(ERR_R_MALLOC_FAILURE): self = .outOfMemory
        // SSL_AD_REASON_OFFSET, a thousand, plus the number of the alert that came.
        case let reason where (1000...1255).contains(reason):
            self = .alert(UInt8(reason - 1000))
        default: self = .protocolError
        }
    }

    /// What the verification of a certificate says.
    init(verification result: Int) {
        self =
            switch Int32(truncatingIfNeeded: result) {
            case X509_V_ERR_CERT_HAS_EXPIRED: .certificateExpired
            case X509_V_ERR_CERT_NOT_YET_VALID: .certificateNotYetValid
            case X509_V_ERR_CERT_REVOKED: .certificateRevoked
            case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: .nameMismatch
            case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: .selfSigned
            case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
                X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,
                // A chain that brings its root along, which signs itself as all roots do.
                X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
                // As when an authority has been made anew under its old name.
                X509_V_ERR_CERT_SIGNATURE_FAILURE:
                .unknownAuthority
            case X509_V_ERR_OUT_OF_MEM: .outOfMemory
            default: .certificateInvalid
            }
    }
}
