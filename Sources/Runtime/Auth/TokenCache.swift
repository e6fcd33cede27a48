internal import CBytes
import RouteTable

/// Tokens that one worker has verified, so that the same one need not be verified again.
///
/// A place is found by a keyed hash of the token's end, and the whole token is compared there, in a time that
/// says nothing of where two differ. Belongs to one table: with new keys all tokens are verified anew. Only
/// tokens that were good are kept, so that nobody without a key can fill it.
package struct TokenCache: ~Copyable {
    /// One verified token.
    private struct Entry: BitwiseCopyable {
        /// The time of the day from which it is not valid any more, in milliseconds; `.max`: never.
        var end: Int64 = 0
        var policy: UInt32 = 0
        /// 0: nothing is kept here.
        var tokenByteCount: UInt32 = 0
    }

    /// Places. Tokens of more clients than this push each other out.
    package static let placeCount = 4_096
    /// Memory for tokens of one worker.
    package static let byteCountMax = 4 << 20
    /// What is hashed: the end of the signature, which nobody chooses who can't sign. Shorter tokens are not
    /// kept; none that is signed is.
    private static let hashedByteCount = 16

    private var entries: [Entry] = []
    /// Of each place the token, and behind it the texts of its claims.
    private var texts: [[UInt8]] = []
    /// Of each place where the claims that somebody asks for stand in its text.
    private var claims: [[ByteRange]] = []
    private(set) var byteCount = 0
    /// Where the search for something to forget goes on.
    private var hand = 0
    private let seeds: (UInt64, UInt64)

    package init() {
        var random = SystemRandomNumberGenerator()
        seeds = (random.next(), random.next())
    }

    /// The place of a token that was verified and still is valid. `mutating` because a borrow of a part of a
    /// noncopyable value that is itself being changed would copy it.
    ///
    /// - Parameter now: The time of the day, in milliseconds.
    mutating func find(_ token: RawSpan, policy: UInt32, now: Int64) -> Int? {
        guard !entries.isEmpty, token.byteCount >= Self.hashedByteCount else { return nil }
        let first = place(of: token, policy)
        if holds(token, policy, now, at: first) { return first }
        return holds(token, policy, now, at: first ^ 1) ? first ^ 1 : nil
    }

    /// Until when the token at `place` is valid; `.max`: without end.
    mutating func end(at place: Int) -> Int64 { entries[place].end }

    /// The text of one of the claims that are asked for; empty if the token does not have it.
    @_lifetime(borrow self)
    func claim(_ index: Int, at place: Int) -> RawSpan {
        let range = claims[place][index]
        guard !range.isEmpty else { return RawSpan() }
        let text = texts[place]
        let bytes = text.span
        // SAFETY: the bytes lie in an array that this value holds; the span borrows the value.
        let claim = unsafe bytes.bytes.extracting(range.indices)
        return unsafe _overrideLifetime(claim, borrowing: self)
    }

    /// Keeps a token that was verified, with the claims that `reader` has of it.
    ///
    /// - Returns: Its place.
    mutating func insert(
        _ token: RawSpan, policy: UInt32, end: Int64?, reader: TokenReader,
        claims paths: [ClaimPath]
    ) -> Int {
        if entries.isEmpty {
            entries = Array(repeating: Entry(), count: Self.placeCount)
            texts = Array(repeating: [], count: Self.placeCount)
            claims = Array(repeating: [], count: Self.placeCount)
        }
        precondition(token.byteCount >= Self.hashedByteCount, "a token without a signature")
        let first = place(of: token, policy)
        let place = isBetter(first, than: first ^ 1) ? first : first ^ 1
        remove(place)
        var text: [UInt8] = []
        text.reserveCapacity(token.byteCount)
        for index in 0..<token.byteCount { text.append(token.octet(at: index)) }
        var ranges: [ByteRange] = []
        for path in paths {
            let start = text.count
            reader.append(path, to: &text)
            ranges.append(ByteRange(from: start, to: text.count))
        }
        byteCount += text.count
        entries[place] = Entry(
            end: end ?? .max, policy: policy, tokenByteCount: UInt32(token.byteCount))
        texts[place] = text
        claims[place] = ranges
        makeRoom(keeping: place)
        return place
    }

    private mutating func place(of token: RawSpan, _ policy: UInt32) -> Int {
        let start = token.byteCount - Self.hashedByteCount
        let product = (token.word(at: start) ^ seeds.0 ^ UInt64(policy))
            .multipliedFullWidth(by: token.word(at: start + 8) ^ seeds.1)
        return Int((product.high ^ product.low) & UInt64(Self.placeCount - 1))
    }

    private mutating func holds(
        _ token: RawSpan, _ policy: UInt32, _ now: Int64, at place: Int
    ) -> Bool {
        let entry = entries[place]
        guard entry.policy == policy, now < entry.end,
            Int(entry.tokenByteCount) == token.byteCount
        else { return false }
        // SAFETY: both have as many bytes as the token; nothing is kept of the pointers.
        return unsafe token.withUnsafeBytes { token in
            unsafe texts[place].withUnsafeBytes { text in
                guard let left = token.baseAddress, let right = text.baseAddress,
                    text.count >= token.count
                else { return false }
                return unsafe cbytes_are_same(
                    left.assumingMemoryBound(to: UInt8.self),
                    right.assumingMemoryBound(to: UInt8.self), token.count)
            }
        }
    }

    /// Whether a new token rather goes to `place`: an empty one, or the one that ends earlier.
    private mutating func isBetter(_ place: Int, than other: Int) -> Bool {
        guard entries[place].tokenByteCount > 0 else { return true }
        guard entries[other].tokenByteCount > 0 else { return false }
        return entries[place].end <= entries[other].end
    }

    private mutating func remove(_ place: Int) {
        byteCount -= texts[place].count
        entries[place] = Entry()
        texts[place] = []
        claims[place] = []
    }

    private mutating func makeRoom(keeping place: Int) {
        while byteCount > Self.byteCountMax {
            hand = (hand + 1) & (Self.placeCount - 1)
            if hand != place { remove(hand) }
        }
    }
}
