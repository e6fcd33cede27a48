internal import COpenSSL
import RouteTable

/// Name and password of `Authorization: Basic` (RFC 7617).
struct BasicCredentials {
    /// Longest text in base64 that is looked at.
    private static let textByteCountMax = 1_024

    /// `name:password`, as it was sent.
    let bytes: [UInt8]
    private let colon: Int

    var name: [UInt8] { Array(bytes[..<colon]) }
    var password: [UInt8] { Array(bytes[(colon + 1)...]) }

    /// - Parameter text: What follows the scheme.
    /// - Returns: Nil unless it is base64 of a name, a colon and a password that `crypt` takes.
    init?(_ text: RawSpan) {
        guard text.byteCount > 0, text.byteCount <= Self.textByteCountMax, text.byteCount % 4 == 0
        else { return nil }
        var padding = 0
        for index in 0..<text.byteCount {
            let byte = text.octet(at: index)
            if byte == UInt8(ascii: "=") {
                padding += 1
            } else if padding > 0 || !OctetClass.isBase64(byte) {
                return nil
            }
        }
        guard padding <= 2 else { return nil }
        var decoded = [UInt8](repeating: 0, count: text.byteCount / 4 * 3)
        // SAFETY: three bytes are written for each four that are read.
        let count = unsafe text.withUnsafeBytes { text in
            unsafe EVP_DecodeBlock(
                &decoded, text.assumingMemoryBound(to: UInt8.self).baseAddress,
                Int32(text.count))
        }
        guard Int(count) == decoded.count else { return nil }
        decoded.removeLast(padding)
        guard let colon = decoded.firstIndex(of: UInt8(ascii: ":")), !decoded.contains(0),
            decoded.count - colon - 1 <= PasswordComparison.passwordByteCountMax
        else { return nil }
        bytes = decoded
        self.colon = colon
    }
}
