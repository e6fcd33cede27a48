internal import CCrypt
internal import COpenSSL
internal import Glibc

/// Compares passwords with hashes. Takes as long as the hash is made to take: never on a worker's thread.
@safe
struct PasswordComparison: ~Copyable {
    /// `crypt` takes no more.
    static let passwordByteCountMax = 511

    private let workspace: UnsafeMutableRawPointer

    init() {
        // SAFETY: owned until `deinit`.
        guard let workspace = unsafe ccrypt_workspace() else {
            preconditionFailure("there is no memory for checking passwords")
        }
        unsafe self.workspace = workspace
    }

    deinit { unsafe free(workspace) }

    /// Whether `password` has this hash.
    ///
    /// - Parameter password: Without NUL, at most ``passwordByteCountMax`` bytes.
    mutating func isEqual(_ password: [UInt8], to hash: PasswordHash) -> Bool {
        var text = password.map { CChar(bitPattern: $0) } + [0]
        // SAFETY: both texts end with a NUL; the workspace is as large as the library wants it, and this
        // value's alone. The result lies in it.
        let isEqual = unsafe hash.text.withUnsafeBufferPointer { expected in
            guard let made = unsafe ccrypt_hash(text, hash.text, workspace) else { return false }
            let byteCount = unsafe strlen(made)
            guard byteCount == expected.count - 1 else { return false }
            return unsafe CRYPTO_memcmp(made, expected.baseAddress, byteCount) == 0
        }
        text.wipe()
        return isEqual
    }
}
