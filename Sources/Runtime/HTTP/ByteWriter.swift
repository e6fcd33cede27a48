/// An output buffer of fixed capacity with one owner, reused for every message of a worker.
///
/// Never traps and never grows: what does not fit sets ``isOverflowed``, and from then on nothing
/// more is written. The caller looks once, at the end.
@safe
package struct ByteWriter: ~Copyable {
    private let base: UnsafeMutableRawPointer

    /// Size of the memory block, in bytes. Never changes.
    package let capacity: Int
    /// Number of bytes written since the last ``clear()``.
    package private(set) var count = 0
    /// Whether something did not fit since the last ``clear()``.
    package private(set) var isOverflowed = false
    /// What answers that are made here say in `Date`; nil: nothing.
    package var date: HTTPDate?

    /// - Parameter capacity: In bytes, at least 1.
    package init(capacity: Int) {
        precondition(capacity > 0, "a byte writer needs room")
        self.capacity = capacity
        // SAFETY: owned until `deinit`; only the first `count` bytes are ever read, and those are
        // written.
        unsafe self.base = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
    }

    deinit { unsafe base.deallocate() }

    /// The bytes written so far. The borrow ends before the writer can change.
    package var written: RawSpan {
        @_lifetime(borrow self)
        get {
            // SAFETY: the first `count` bytes of the block are initialised; the span borrows the
            // owner.
            let bytes = unsafe UnsafeRawBufferPointer(start: base, count: count)
            return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
        }
    }

    /// Forgets what was written, and the overflow.
    package mutating func clear() {
        count = 0
        isOverflowed = false
    }

    /// Notes that something did not fit, which was not tried.
    package mutating func overflow() { isOverflowed = true }

    /// Takes back what was written after the writer held `count` bytes. The overflow stays.
    ///
    /// - Precondition: `0 <= count <= self.count`.
    package mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= self.count, "truncating to bytes that were not written")
        self.count = count
    }

    /// Appends all of `bytes`, or nothing if they do not fit.
    @inline(always)
    package mutating func append(_ bytes: RawSpan) {
        guard reserve(bytes.byteCount) else { return }
        // SAFETY: `reserve` has found room for all of them behind `count`.
        unsafe bytes.withUnsafeBytes { from in
            guard let start = from.baseAddress else { return }
            unsafe (base + count).copyMemory(from: start, byteCount: from.count)
        }
        count += bytes.byteCount
    }

    /// Appends the UTF-8 of `text`, or nothing if it does not fit.
    @inline(always)
    package mutating func append(_ text: StaticString) {
        let byteCount = text.utf8CodeUnitCount
        guard reserve(byteCount) else { return }
        // SAFETY: `reserve` has found room; a string literal has an address.
        unsafe (base + count).copyMemory(from: text.utf8Start, byteCount: byteCount)
        count += byteCount
    }

    /// Appends one byte.
    @inline(always)
    package mutating func append(byte: UInt8) {
        guard reserve(1) else { return }
        // SAFETY: `reserve` has found room for the byte.
        unsafe base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Appends the lowest `byteCount` bytes of a number, the lowest first. Takes room for eight.
    ///
    /// - Precondition: `0 <= byteCount <= 8`.
    @inline(always)
    mutating func append(lowest byteCount: Int, of number: UInt64) {
        guard reserve(8) else { return }
        // SAFETY: `reserve` has found room for all eight.
        unsafe base.storeBytes(of: number.littleEndian, toByteOffset: count, as: UInt64.self)
        count += byteCount
    }

    /// Appends eight bytes, the lowest first.
    @inline(always)
    mutating func append(word: UInt64) { append(lowest: 8, of: word) }

    /// Writes over eight bytes that were written before, the lowest first.
    ///
    /// - Precondition: `0 <= offset` and `offset + 8 <= count`.
    @inline(always)
    mutating func replace(at offset: Int, by word: UInt64) {
        precondition(offset >= 0 && offset + 8 <= count, "replacing bytes that were not written")
        // SAFETY: checked above.
        unsafe base.storeBytes(of: word.littleEndian, toByteOffset: offset, as: UInt64.self)
    }

    /// Appends `number` in lower-case hexadecimal digits, without leading zeros.
    package mutating func append(hexadecimal number: UInt64) {
        let digitCount = max(1, (64 - number.leadingZeroBitCount + 3) / 4)
        for index in stride(from: digitCount - 1, through: 0, by: -1) {
            let digit = UInt8(truncatingIfNeeded: number &>> UInt64(4 * index)) & 0x0F
            append(byte: digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
        }
    }

    /// Appends `CR LF`.
    @inline(always)
    package mutating func appendLineEnd() { append("\r\n") }

    @inline(always)
    private mutating func reserve(_ byteCount: Int) -> Bool {
        guard !isOverflowed, byteCount <= capacity - count else {
            isOverflowed = true
            return false
        }
        return true
    }
}
