import COpenSSL
import Glibc

/// A certificate authority for one test, with files in a directory of its own. Keys are P-256, unless RSA is
/// asked for.
@safe
final class TestAuthority {
    struct Files {
        let certificate: String
        let key: String
    }

    /// What a certificate is to say.
    struct Request {
        /// As OpenSSL's configuration writes alternative names, such as
        /// `DNS:a.example,IP:127.0.0.1`.
        var names: String
        /// Its common name.
        var subject = "Test Leaf"
        /// Relative to now.
        var validFromSeconds = -3600
        var validUntilSeconds = 3600
        /// Its key is an RSA key.
        var isRSA = false
    }

    let directory: String
    private let key: OpaquePointer
    private let certificate: OpaquePointer
    private var fileCount = 0

    init() {
        var template = Array("/tmp/wsroute-tls-XXXXXX".utf8CString)
        guard let made = unsafe mkdtemp(&template) else { preconditionFailure("no directory") }
        directory = unsafe String(cString: made)
        unsafe key = Self.makeKey()
        unsafe certificate = Self.makeCertificate(
            .init(names: ""), subject: "Test Authority", key: key, issuer: nil, issuerKey: key)
    }

    deinit {
        unsafe X509_free(certificate)
        unsafe EVP_PKEY_free(key)
        for index in 1...max(1, fileCount) { unsafe unlink("\(directory)/\(index).pem") }
        unsafe rmdir(directory)
    }

    /// The authority's own certificate, as a file.
    lazy var file: String = unsafe write { unsafe PEM_write_bio_X509($0, certificate) }

    /// A certificate signed by this authority, with its key.
    func issue(_ request: Request) -> Files {
        let leafKey = unsafe Self.makeKey(isRSA: request.isRSA)
        defer { unsafe EVP_PKEY_free(leafKey) }
        let leaf = unsafe Self.makeCertificate(
            request, subject: request.subject, key: leafKey, issuer: certificate, issuerKey: key)
        return unsafe files(leaf, leafKey)
    }

    /// The same with the authority's own certificate behind it.
    func issueWithRoot(_ request: Request) -> Files {
        let files = issue(request)
        unsafe append(to: files.certificate) { unsafe PEM_write_bio_X509($0, certificate) }
        return files
    }

    /// A certificate signed by its own key.
    func issueSelfSigned(_ request: Request) -> Files {
        let leafKey = unsafe Self.makeKey()
        defer { unsafe EVP_PKEY_free(leafKey) }
        let leaf = unsafe Self.makeCertificate(
            request, subject: request.subject, key: leafKey, issuer: nil, issuerKey: leafKey)
        return unsafe files(leaf, leafKey)
    }

    /// A file with any content.
    func write(text: String) -> String {
        unsafe write { unsafe BIO_puts($0, text) }
    }

    func append(text: String, to path: String) {
        unsafe append(to: path) { unsafe BIO_puts($0, text) }
    }

    private func append(to path: String, _ body: (OpaquePointer?) -> Int32) {
        let file = unsafe BIO_new_file(path, "a")
        precondition(unsafe body(file) > 0, "OpenSSL could not write a test file")
        unsafe BIO_free(file)
    }

    private func files(_ leaf: OpaquePointer, _ leafKey: OpaquePointer) -> Files {
        defer { unsafe X509_free(leaf) }
        return unsafe Files(
            certificate: write { unsafe PEM_write_bio_X509($0, leaf) },
            key: write { unsafe PEM_write_bio_PrivateKey($0, leafKey, nil, nil, 0, nil, nil) })
    }

    private func write(_ body: (OpaquePointer?) -> Int32) -> String {
        fileCount += 1
        let path = "\(directory)/\(fileCount).pem"
        let file = unsafe BIO_new_file(path, "w")
        precondition(unsafe body(file) > 0, "OpenSSL could not write a test file")
        unsafe BIO_free(file)
        return path
    }

    private static func makeKey(isRSA: Bool = false) -> OpaquePointer {
        let context = unsafe EVP_PKEY_CTX_new_id(isRSA ? EVP_PKEY_RSA : EVP_PKEY_EC, nil)
        defer { unsafe EVP_PKEY_CTX_free(context) }
        unsafe EVP_PKEY_keygen_init(context)
        if !isRSA {
            unsafe EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1)
        }
        var key: OpaquePointer?
        unsafe EVP_PKEY_keygen(context, &key)
        guard let key = unsafe key else { preconditionFailure("OpenSSL made no key") }
        return unsafe key
    }

    private static func makeCertificate(
        _ request: Request, subject: String, key: OpaquePointer, issuer: OpaquePointer?,
        issuerKey: OpaquePointer
    ) -> OpaquePointer {
        guard let made = unsafe X509_new() else { preconditionFailure("out of memory") }
        unsafe X509_set_version(made, 2)
        unsafe ASN1_INTEGER_set(X509_get_serialNumber(made), Int.random(in: 1...(1 << 40)))
        unsafe X509_gmtime_adj(X509_getm_notBefore(made), request.validFromSeconds)
        unsafe X509_gmtime_adj(X509_getm_notAfter(made), request.validUntilSeconds)
        unsafe X509_set_pubkey(made, key)
        let name = unsafe X509_get_subject_name(made)
        unsafe X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, subject, -1, -1, 0)
        unsafe X509_set_issuer_name(made, issuer.map { unsafe X509_get_subject_name($0) } ?? name)
        let isAuthority = request.names.isEmpty
        unsafe add(NID_basic_constraints, isAuthority ? "critical,CA:TRUE" : "CA:FALSE", to: made)
        if !isAuthority { unsafe add(NID_subject_alt_name, request.names, to: made) }
        unsafe X509_sign(made, issuerKey, EVP_sha256())
        return unsafe made
    }

    private static func add(_ kind: Int32, _ value: String, to certificate: OpaquePointer) {
        let entry = unsafe X509V3_EXT_conf_nid(nil, nil, kind, value)
        precondition(unsafe X509_add_ext(certificate, entry, -1) == 1, "bad extension \(value)")
        unsafe X509_EXTENSION_free(entry)
    }
}
