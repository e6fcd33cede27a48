internal import COpenSSL
import RouteTable

/// Passwords that one worker knows to be right, for a short time: checking one takes a tenth of a second.
///
/// What is kept is a keyed hash of guard, name and password, with a key of this process. Wrong ones are not
/// kept: they cost what they cost.
struct PasswordCache {
    /// A keyed hash.
    typealias Digest = InlineArray<32, UInt8>

    /// Who is at work at one time.
    private static let placeCount = 1_024
    /// After this time the file of users is asked again.
    static let keptMilliseconds: UInt64 = 60_000

    private struct Entry {
        var digest: Digest
        var end: MonotonicMilliseconds
    }

    private var entries: [Entry?] = []
    private let key: InlineArray<32, UInt8>

    init() {
        var key = InlineArray<32, UInt8>(repeating: 0)
        var span = key.mutableSpan
        // SAFETY: the library writes as many bytes as the array has.
        let result = unsafe span.withUnsafeMutableBufferPointer { buffer in
            unsafe RAND_bytes(buffer.baseAddress, Int32(buffer.count))
        }
        precondition(
            result == 1, "the library has no random bytes, without which nothing is secret")
        self.key = key
    }

    /// The hash of what a client says of itself: `name:password`.
    ///
    /// - Parameter place: The guard.
    func digest(of credentials: [UInt8], for place: UInt32) -> Digest {
        var digest = Digest(repeating: 0)
        var output = digest.mutableSpan
        let message =
            [
                UInt8(truncatingIfNeeded: place), UInt8(truncatingIfNeeded: place >> 8),
                UInt8(truncatingIfNeeded: place >> 16), UInt8(truncatingIfNeeded: place >> 24),
            ] + credentials
        let secret = key.span
        // SAFETY: the hash has 32 bytes, as the array has; the library reads what it is told the size of.
        let isMade = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe secret.withUnsafeBufferPointer { secret in
                unsafe HMAC(
                    EVP_sha256(), secret.baseAddress, Int32(secret.count), message, message.count,
                    output.baseAddress, nil) != nil
            }
        }
        precondition(isMade, "the library has no SHA-256")
        return digest
    }

    /// Whether this was right a short time ago.
    func isKnown(_ digest: Digest, now: MonotonicMilliseconds) -> Bool {
        guard !entries.isEmpty, let entry = entries[Self.place(of: digest)], now < entry.end else {
            return false
        }
        let (one, other) = (entry.digest.span, digest.span)
        // SAFETY: both have 32 bytes.
        return unsafe one.withUnsafeBufferPointer { one in
            unsafe other.withUnsafeBufferPointer { other in
                unsafe CRYPTO_memcmp(one.baseAddress, other.baseAddress, one.count) == 0
            }
        }
    }

    /// It is right.
    mutating func insert(_ digest: Digest, now: MonotonicMilliseconds) {
        if entries.isEmpty { entries = Array(repeating: nil, count: Self.placeCount) }
        entries[Self.place(of: digest)] = Entry(
            digest: digest, end: now + Self.keptMilliseconds)
    }

    private static func place(of digest: Digest) -> Int {
        (Int(digest[0]) | Int(digest[1]) << 8) & (placeCount - 1)
    }
}
