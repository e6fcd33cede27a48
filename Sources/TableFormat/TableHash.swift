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
    /// their position. At least seven more bytes can be read behind them, whatever they are.
    ///
    /// Most have at most seven bytes: one multiplication.
    @inlinable @inline(__always)
    public static func segment(
        _ start: UnsafeRawPointer, count: Int, at position: Int, seed: UInt64
    ) -> UInt64 {
        var hash = segmentStart(count, at: position, seed: seed)
        var index = 0
        while count &- index >= 8 {
            // SAFETY: eight bytes at `index` lie inside `count`, which the caller vouches for.
            let word = unsafe start.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            hash = fold(hash ^ UInt64(littleEndian: word), second)
            index &+= 8
        }
        // SAFETY: the caller vouches for the bytes behind `count`.
        let word = unsafe start.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let mask = (1 as UInt64) &<< (UInt64(truncatingIfNeeded: count &- index) &* 8) &- 1
        return fold(hash ^ UInt64(littleEndian: word) & mask, third)
    }

    /// The same for bytes behind which nothing may be read.
    @inlinable
    public static func segmentWithoutSlack(
        _ start: UnsafeRawPointer, count: Int, at position: Int, seed: UInt64
    ) -> UInt64 {
        // SAFETY: the caller vouches for `count` bytes.
        unsafe bytes(start, count: count, from: segmentStart(count, at: position, seed: seed))
    }

    @inlinable @inline(__always)
    static func segmentStart(_ count: Int, at position: Int, seed: UInt64) -> UInt64 {
        let both = UInt64(truncatingIfNeeded: position &+ 1) &<< 32
            | UInt64(truncatingIfNeeded: count &+ 1)
        return seed ^ both &* first
    }

    /// The same for a part of an array.
    package static func segment(_ text: ArraySlice<UInt8>, at position: Int, seed: UInt64) -> UInt64 {
        // SAFETY: the pointer is used inside the closure only, with the slice's own count.
        unsafe text.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else {
                return fold(segmentStart(0, at: position, seed: seed), third)
            }
            return unsafe segmentWithoutSlack(
                start, count: buffer.count, at: position, seed: seed)
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
