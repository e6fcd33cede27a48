/// Eight bytes at once, in one integer. A flag is the highest bit of a byte.
enum ByteWords {
    static let byteCount = 8

    @inline(__always)
    static var ones: UInt64 { 0x0101_0101_0101_0101 }

    /// The highest bit of each byte.
    @inline(__always)
    static var flags: UInt64 { 0x8080_8080_8080_8080 }

    /// `byte` eight times.
    @inline(__always)
    static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

    /// Flags the bytes that are not `byte`. Right where all bytes are ASCII.
    @inline(__always)
    static func differ(_ word: UInt64, from byte: UInt8) -> UInt64 {
        (word ^ all(byte)) &+ all(0x7F)
    }

    /// Flags the bytes that are `low` or greater. Right where all bytes are ASCII.
    @inline(__always)
    static func reach(_ word: UInt64, _ low: UInt8) -> UInt64 { word &+ all(0x80 &- low) }

    /// The index of the first flagged byte.
    @inline(__always)
    static func firstIndex(_ flags: UInt64) -> Int { flags.trailingZeroBitCount &>> 3 }

    /// Eight bytes, the first in the lowest bits.
    @inline(__always)
    static func load(_ start: UnsafeRawPointer, _ index: Int) -> UInt64 {
        // SAFETY: the caller vouches for eight bytes at `index`.
        UInt64(littleEndian: unsafe start.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    @inline(__always)
    static func store(_ word: UInt64, _ start: UnsafeMutableRawPointer, _ index: Int) {
        // SAFETY: the caller vouches for eight bytes at `index`.
        unsafe start.storeBytes(of: word.littleEndian, toByteOffset: index, as: UInt64.self)
    }

    /// Copies `count` bytes, and writes the letter `a` behind them up to eight times: what comes behind
    /// is then neither forbidden nor a delimiter. The target has eight bytes of room behind `count`.
    @inline(__always)
    static func copy(
        _ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int
    ) {
        // SAFETY: no word reaches behind the source's `count` bytes, nor behind the target's room.
        if count >= byteCount {
            var index = 0
            while index <= count &- byteCount {
                unsafe store(load(source, index), target, index)
                index &+= byteCount
            }
            let last = count &- byteCount
            unsafe store(load(source, last), target, last)
        } else {
            for index in 0..<count {
                unsafe target.storeBytes(
                    of: source.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index,
                    as: UInt8.self)
            }
        }
        unsafe store(all(UInt8(ascii: "a")), target, count)
    }
}
