/// A set of bytes.
struct ByteSet: Hashable {
    private(set) var words: SIMD4<UInt64>

    init() { words = .zero }

    init(_ byte: UInt8) {
        self.init()
        insert(byte)
    }

    init(_ range: ClosedRange<UInt8>) {
        self.init()
        for byte in range { insert(byte) }
    }

    static var all: ByteSet { ByteSet(0...255) }

    mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

    mutating func formUnion(_ other: ByteSet) { words |= other.words }

    func intersection(_ other: ByteSet) -> ByteSet {
        var result = self
        result.words &= other.words
        return result
    }

    var isEmpty: Bool { words == .zero }

    func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

    func isSuperset(of other: ByteSet) -> Bool { other.words & ~words == .zero }

    func isDisjoint(with other: ByteSet) -> Bool { other.words & words == .zero }

    var inverted: ByteSet {
        var result = self
        result.words = ~words
        return result
    }

    /// Both cases of each ASCII letter in the set.
    var ignoringCase: ByteSet {
        var result = self
        for byte in UInt8(ascii: "a")...UInt8(ascii: "z") {
            if contains(byte) || contains(byte - 32) {
                result.insert(byte)
                result.insert(byte - 32)
            }
        }
        return result
    }

    /// The only byte in the set, or nil.
    var single: UInt8? {
        var found: UInt8?
        for index in 0..<4 where words[index] != 0 {
            guard found == nil, words[index].nonzeroBitCount == 1 else { return nil }
            found = UInt8(64 * index + words[index].trailingZeroBitCount)
        }
        return found
    }
}
