internal import COpenSSL
import RouteTable

/// Tokens that one worker has verified, so that the same one need not be verified again.
///
/// A place is found by a keyed hash, and the whole token is compared there, in a time that says nothing of
/// where two differ. Belongs to one table: with new keys all tokens are verified anew. Only tokens that were
/// good are kept, so that nobody without a key can fill it.
package struct TokenCache: ~Copyable {
    /// One verified token.
    private struct Entry {
        var policy: UInt32
        /// The time of the day from which it is not valid any more, in milliseconds; `.max`: never.
        var end: Int64
        /// The token, and behind it the texts of its claims.
        var bytes: [UInt8]
        var tokenByteCount: Int
        /// Where the claims that somebody asks for stand in ``bytes``.
        var claims: [ByteRange]
    }

    /// Places. Tokens of more clients than this push each other out.
    package static let placeCount = 4_096
    /// Memory for tokens of one worker.
    package static let byteCountMax = 4 << 20

    private var entries: [Entry?] = []
    private(set) var byteCount = 0
    /// Where the search for something to forget goes on.
    private var hand = 0

    package init() {}

    /// The place of a token that was verified and still is valid.
    ///
    /// - Parameter now: The time of the day, in milliseconds.
    func find(_ token: RawSpan, policy: UInt32, now: Int64) -> Int? {
        guard !entries.isEmpty else { return nil }
        let first = Self.place(of: token, policy)
        if holds(token, policy, now, at: first) { return first }
        return holds(token, policy, now, at: first ^ 1) ? first ^ 1 : nil
    }

    /// Until when the token at `place` is valid; `.max`: without end.
    func end(at place: Int) -> Int64 { entries[place]?.end ?? 0 }

    /// The text of one of the claims that are asked for; empty if the token does not have it.
    @_lifetime(borrow self)
    func claim(_ index: Int, at place: Int) -> RawSpan {
        guard let entry = entries[place], !entry.claims[index].isEmpty else { return RawSpan() }
        let bytes = entry.bytes.span
        // SAFETY: the bytes lie in an array that this value holds; the span borrows the value.
        let text = unsafe bytes.bytes.extracting(entry.claims[index].indices)
        return unsafe _overrideLifetime(text, borrowing: self)
    }

    /// Keeps a token that was verified, with the claims that `reader` has of it.
    ///
    /// - Returns: Its place.
    mutating func insert(
        _ token: RawSpan, policy: UInt32, end: Int64?, reader: TokenReader, claims: [ClaimPath]
    ) -> Int {
        if entries.isEmpty { entries = Array(repeating: nil, count: Self.placeCount) }
        let first = Self.place(of: token, policy)
        let place = isBetter(first, than: first ^ 1) ? first : first ^ 1
        remove(place)
        var entry = Entry(
            policy: policy, end: end ?? .max, bytes: [], tokenByteCount: token.byteCount,
            claims: [])
        entry.bytes.reserveCapacity(token.byteCount)
        for index in 0..<token.byteCount { entry.bytes.append(token.octet(at: index)) }
        for claim in claims {
            let start = entry.bytes.count
            reader.append(claim, to: &entry.bytes)
            entry.claims.append(ByteRange(from: start, to: entry.bytes.count))
        }
        byteCount += entry.bytes.count
        entries[place] = entry
        makeRoom(keeping: place)
        return place
    }

    private static func place(of token: RawSpan, _ policy: UInt32) -> Int {
        var hasher = Hasher()
        hasher.combine(policy)
        // SAFETY: the hasher reads the bytes during the call only.
        unsafe token.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return hasher.finalize() & (placeCount - 1)
    }

    private func holds(_ token: RawSpan, _ policy: UInt32, _ now: Int64, at place: Int) -> Bool {
        guard let entry = entries[place], entry.policy == policy, now < entry.end,
            entry.tokenByteCount == token.byteCount
        else { return false }
        // SAFETY: both have as many bytes as the token; nothing is kept of the pointers.
        return unsafe token.withUnsafeBytes { token in
            unsafe CRYPTO_memcmp(token.baseAddress, entry.bytes, token.count) == 0
        }
    }

    /// Whether a new token rather goes to `place`: an empty one, or the one that ends earlier.
    private func isBetter(_ place: Int, than other: Int) -> Bool {
        guard let one = entries[place] else { return true }
        guard let two = entries[other] else { return false }
        return one.end <= two.end
    }

    private mutating func remove(_ place: Int) {
        byteCount -= entries[place]?.bytes.count ?? 0
        entries[place] = nil
    }

    private mutating func makeRoom(keeping place: Int) {
        while byteCount > Self.byteCountMax {
            hand = (hand + 1) & (Self.placeCount - 1)
            if hand != place { remove(hand) }
        }
    }
}
