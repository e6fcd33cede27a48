/// The hash of all keys of a table. Not cryptographic: keys are the operator's, the number of probes is
/// fixed, and key bytes are compared after each hit that could be an accident.
public enum TableHash {
    @inlinable static var first: UInt64 { 0x9E37_79B9_7F4A_7C15 }
    @inlinable static var second: UInt64 { 0xD6E8_FEB8_6659_FD93 }
    @inlinable static var third: UInt64 { 0xA076_1D64_78BD_642F }

    /// Both halves of the 128-bit product, folded.
    @inlinable @inline(__always)
    public static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    /// The hash of `count` bytes, eight at a time, the last ones filled up with zeros.
    @inlinable
    public static func bytes(_ start: UnsafeRawPointer, count: Int, seed: UInt64) -> UInt64 {
        // SAFETY: the caller vouches for `count` bytes.
        unsafe bytes(
            start, count: count,
            from: seed ^ (UInt64(truncatingIfNeeded: count) &+ 1) &* first)
    }

    @inlinable
    static func bytes(_ start: UnsafeRawPointer, count: Int, from state: UInt64) -> UInt64 {
        var hash = state
        var index = 0
        while count - index >= 8 {
            // SAFETY: eight bytes at `index` lie inside `count`, which the caller vouches for.
            let word = unsafe start.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            hash = fold(hash ^ UInt64(littleEndian: word), second)
            index += 8
        }
        var tail: UInt64 = 0
        var shift: UInt64 = 0
        while index < count {
            // SAFETY: `index` is below `count`.
            tail |= UInt64(unsafe start.load(fromByteOffset: index, as: UInt8.self)) &<< shift
            shift &+= 8
            index += 1
        }
        return fold(hash ^ tail, third)
    }

    /// What a segment (from the left) or label (from the right) adds to a sum: the hash of `count` bytes at
    /// their position. At least 16 more bytes can be read behind them, whatever they are.
    ///
    /// Up to 16 bytes take one product and no branch. ``CBytes`` has the same for whole paths.
    @inlinable @inline(__always)
    public static func segment(
        _ start: UnsafeRawPointer, count: Int, at position: Int, seed: UInt64
    ) -> UInt64 {
        var hash = segmentStart(count, at: position, seed: seed)
        var index = 0
        // SAFETY: the caller vouches for the bytes, and for 16 behind them.
        while count &- index > 16 {
            hash = unsafe fold(hash ^ word(start, index), word(start, index &+ 8) ^ second)
            index &+= 16
        }
        let left = count &- index
        let low = unsafe word(start, index) & lowBytes(min(left, 8))
        let high = unsafe word(start, index &+ 8) & lowBytes(max(left &- 8, 0))
        return fold(hash ^ low, high ^ third)
    }

    @inlinable @inline(__always)
    static func word(_ start: UnsafeRawPointer, _ index: Int) -> UInt64 {
        // SAFETY: the caller vouches for eight bytes at `index`.
        UInt64(littleEndian: unsafe start.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The lowest 0 to 8 bytes. Shifted twice: once by 64 would be no shift.
    @inlinable @inline(__always)
    static func lowBytes(_ count: Int) -> UInt64 {
        let half = UInt64(truncatingIfNeeded: 32 &- 4 &* count)
        return (UInt64.max &>> half) &>> half
    }

    @inlinable @inline(__always)
    static func segmentStart(_ count: Int, at position: Int, seed: UInt64) -> UInt64 {
        let both =
            UInt64(truncatingIfNeeded: position &+ 1) &<< 32
            | UInt64(truncatingIfNeeded: count &+ 1)
        return seed ^ both &* first
    }

    /// The same for a part of an array.
    package static func segment(_ text: ArraySlice<UInt8>, at position: Int, seed: UInt64) -> UInt64
    {
        let padded = Array(text) + [UInt8](repeating: 0, count: 16)
        // SAFETY: the pointer is used inside the closure only; 16 bytes stand behind the text.
        return unsafe padded.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("it is not empty") }
            return unsafe segment(start, count: text.count, at: position, seed: seed)
        }
    }

    /// The same for a whole array.
    package static func segment(_ text: [UInt8], at position: Int, seed: UInt64) -> UInt64 {
        segment(text[...], at: position, seed: seed)
    }

    /// Where the start and the end of one segment count in a sum: behind all segments.
    @inlinable public static var prefixPosition: Int { 256 }
    @inlinable public static var suffixPosition: Int { 257 }

    /// The hash of a whole array.
    public static func bytes(_ text: [UInt8], seed: UInt64) -> UInt64 {
        // SAFETY: the pointer is used inside the closure only, with the array's own count.
        unsafe text.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return emptyBytes(seed: seed) }
            return unsafe bytes(start, count: buffer.count, seed: seed)
        }
    }

    /// The hash of a part of an array.
    package static func bytes(_ text: ArraySlice<UInt8>, seed: UInt64) -> UInt64 {
        // SAFETY: the pointer is used inside the closure only, with the slice's own count.
        unsafe text.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return emptyBytes(seed: seed) }
            return unsafe bytes(start, count: buffer.count, seed: seed)
        }
    }

    @usableFromInline
    static func emptyBytes(seed: UInt64) -> UInt64 {
        fold(seed ^ first, third)
    }

    /// The hash of a key: a sum of parts, told apart by what it is for.
    @inlinable @inline(__always)
    public static func key(_ sum: UInt64, owner: UInt32, variant: UInt32) -> UInt64 {
        fold(sum ^ (UInt64(owner) &<< 32 | UInt64(variant)) &* first, third)
    }

    /// Tells apart what the keys of one hash are for.
    public enum Variant {
        /// The number of the shape in its host is added.
        @inlinable public static var shape: UInt32 { 1 }
        @inlinable public static var edge: UInt32 { 2 }
        @inlinable public static var affix: UInt32 { 3 }
        @inlinable public static var inner: UInt32 { 4 }
        /// A whole path; the number of its segments is added.
        @inlinable public static var exact: UInt32 { 256 }
    }

    /// Maps a hash to `0..<count` by its upper bits.
    @inlinable @inline(__always)
    public static func reduce(_ hash: UInt64, to count: Int) -> Int {
        Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(count)).high)
    }

    /// The bucket of a key in a perfect hash.
    @inlinable @inline(__always)
    public static func bucket(of key: UInt64, count: Int, seed: UInt64) -> Int {
        reduce(key ^ seed, to: count)
    }

    /// The slot of a key in a perfect hash, given the pilot of its bucket. Any pilot gives a slot inside.
    ///
    /// Keys come out of ``fold(_:_:)``, so that one product more is enough.
    @inlinable @inline(__always)
    public static func slot(of key: UInt64, pilot: UInt16, count: Int, seed: UInt64) -> Int {
        reduce((key &+ seed ^ (UInt64(pilot) &+ 1) &* second) &* third, to: count)
    }

    /// What a slot keeps of its key.
    @inlinable
    public static func tag(of key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key &>> 32) }
}
