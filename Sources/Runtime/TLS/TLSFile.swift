internal import COpenSSL

/// A PEM file that the table names. Read once, so that what is loaded is what was looked at, whatever becomes of the
/// file meanwhile.
struct TLSFile {
    /// What a file is for, as messages name it.
    enum Role: String {
        case certificate, key, authority
    }

    /// The roots of a whole system take a quarter of a MiB.
    private static let byteCountMax = 16 * 1_024 * 1_024

    let path: String
    let role: Role
    private(set) var bytes: [UInt8]

    /// - Throws: ``TLSConfigurationError`` naming the file.
    init(_ path: String, _ role: Role) throws(TLSConfigurationError) {
        self.path = path
        self.role = role
        do throws(FileContentsError) {
            bytes = try FileContents.read(path, byteCountMax: Self.byteCountMax)
        } catch {
            throw TLSConfigurationError(message: "\(role) \(path): \(error.description)")
        }
    }

    /// Overwrites what was read of a key, once OpenSSL has it.
    mutating func wipe() { bytes.wipe() }

    /// As OpenSSL counts.
    var byteCount: Int32 { Int32(bytes.count) }

    /// Why the file could not be loaded: the oldest error of OpenSSL, which caused the others, in words.
    ///
    /// - Parameter wasAsked: A passphrase was asked for.
    func failure(wasAsked: Bool) -> TLSConfigurationError {
        let error = ERR_peek_error()
        ERR_clear_error()
        return TLSConfigurationError(
            message: "\(role) \(path): \(wasAsked ? Self.passphrase : reason(of: error))")
    }

    private static let passphrase =
        "has a passphrase, which nobody can type here; write it without one:"
        + " openssl pkey -in OLD -out NEW"

    private func reason(of error: UInt) -> String {
        let library = copenssl_error_library(error)
        let isNotPEM =
            library == ERR_LIB_PEM || library == ERR_LIB_OSSL_DECODER || library == ERR_LIB_ASN1
        // SAFETY: OpenSSL's reasons are constants that end with a NUL.
        guard !isNotPEM, let reason = unsafe ERR_reason_error_string(error) else {
            return role == .key ? "holds no PEM key" : "holds no PEM certificate"
        }
        return unsafe String(cString: reason)
    }
}
