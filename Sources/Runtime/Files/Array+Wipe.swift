internal import COpenSSL

extension Array where Element: BitwiseCopyable {
    /// Overwrites a secret that is needed no longer, in a way that the compiler does not leave out. Copies that were
    /// made of the array keep theirs.
    mutating func wipe() {
        // SAFETY: the array holds as many bytes.
        unsafe withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
    }
}
