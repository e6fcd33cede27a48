import CBytes
import TableFormat

/// One canonical path: its bytes, where its segments stand, and their hashes. Memory for the longest
/// path is taken once and used for every request.
@safe
struct CanonicalPath: ~Copyable {
    /// Some room behind the longest path, so that 16 bytes can be read and written at once.
    private static let slack = 64

    let bytes: UnsafeMutablePointer<UInt8>
    /// Where each segment begins; one more entry stands behind the last, one past its end plus one.
    let starts: UnsafeMutablePointer<UInt32>
    let hashes: UnsafeMutablePointer<UInt64>
    /// The canonicaliser's room to look for hidden dot segments.
    let scratch: UnsafeMutablePointer<UInt8>
    /// Length in bytes.
    var count = 0
    /// Number of segments; `/` has one, which is empty.
    var segmentCount = 0
    /// Sum of the hashes of all segments.
    var hashSum: UInt64 = 0
    /// The seed that the hashes are of; nil while the path has none.
    var hashedSeed: UInt64?

    init() {
        let byteCount = TableLimits.pathBytesMax + Self.slack
        // SAFETY: memory of this value's own, of this capacity, given back in `deinit`.
        unsafe bytes = .allocate(capacity: byteCount)
        unsafe bytes.initialize(repeating: 0, count: byteCount)
        unsafe scratch = .allocate(capacity: byteCount)
        unsafe scratch.initialize(repeating: 0, count: byteCount)
        let segmentCount = TableLimits.segmentCountMax + 2
        unsafe starts = .allocate(capacity: segmentCount)
        unsafe starts.initialize(repeating: 0, count: segmentCount)
        unsafe hashes = .allocate(capacity: segmentCount)
        unsafe hashes.initialize(repeating: 0, count: segmentCount)
    }

    deinit {
        unsafe bytes.deallocate()
        unsafe scratch.deallocate()
        unsafe starts.deallocate()
        unsafe hashes.deallocate()
    }

    /// The canonical bytes.
    var span: RawSpan {
        @_lifetime(borrow self)
        get {
            // SAFETY: `count` bytes are initialised; they stay as they are while they are borrowed.
            let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
            return unsafe _overrideLifetime(RawSpan(_unsafeBytes: buffer), borrowing: self)
        }
    }

    /// The canonical bytes, for calls into C.
    var buffer: UnsafeRawBufferPointer {
        // SAFETY: `count` bytes are initialised; callers do not keep them beyond a call.
        unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    }

    /// Where segment `index` begins and how long it is.
    @inline(__always)
    func segment(_ index: Int) -> (start: Int, count: Int) {
        // SAFETY: the matcher asks for segments below `segmentCount` only, which has an end entry.
        let start = unsafe Int(starts[index])
        return (start, unsafe Int(starts[index + 1]) - 1 - start)
    }

    /// The bytes of segment `index`.
    @inline(__always)
    func segmentBytes(_ index: Int) -> UnsafeRawBufferPointer {
        let (start, count) = segment(index)
        // SAFETY: segments lie inside `bytes`; callers do not keep them beyond a call.
        return unsafe UnsafeRawBufferPointer(start: bytes + start, count: count)
    }

    /// Computes the hashes of all segments, as they count at their positions, and their sum, unless
    /// ``set(_:_:rules:seed:)`` has with the same seed.
    @inline(__always)
    mutating func hashSegments(seed: UInt64) {
        if hashedSeed != seed { hashAllSegments(seed: seed) }
    }

    private mutating func hashAllSegments(seed: UInt64) {
        var sum: UInt64 = 0
        for index in 0..<segmentCount {
            let (start, count) = segment(index)
            // SAFETY: segments lie inside `bytes`, which have slack behind them.
            let hash = unsafe TableHash.segment(
                bytes + start, count: count, at: index, seed: seed)
            unsafe hashes[index] = hash
            sum &+= hash
        }
        hashSum = sum
        hashedSeed = seed
    }

    /// Makes the canonical form of `path`.
    ///
    /// Percent-encoded unreserved bytes are decoded, other escapes get upper-case digits, then dot
    /// segments are removed (RFC 3986, 6.2.2.2, 6.2.2.3, 5.2.4). What backends are known to read in more
    /// than one way is refused.
    ///
    /// - Returns: nil, or why the path is refused. Nothing else may then be asked.
    /// - Complexity: linear.
    mutating func set(_ path: RawSpan, rules: PathRules) -> RequestRefusal? {
        set(path, ByteRange(from: 0, to: path.byteCount), rules: rules)
    }

    /// Makes the canonical form of a part of `head`.
    @inline(__always)
    mutating func set(
        _ head: RawSpan, _ range: ByteRange, rules: PathRules, seed: UInt64 = 0
    ) -> RequestRefusal? {
        precondition(range.end <= head.byteCount, "a path that is not in its head")
        count = 0
        segmentCount = 0
        hashedSeed = nil
        guard range.count > 0, Self.byte(head, range.start) == UInt8(ascii: "/") else {
            return .notAbsolute
        }
        guard range.count <= UInt32(TableLimits.pathBytesMax) else { return .pathTooLong }
        if range.count <= 64 {
            if setShortPlain(head, range, seed: seed) { return nil }
        } else if setPlain(head, range) {
            return nil
        }
        return setAny(head.extracting(range.indices), rules: rules)
    }

    @inline(__always)
    static func byte(_ path: RawSpan, _ index: Int) -> UInt8 {
        // SAFETY: the load checks its offset; any byte is a UInt8.
        unsafe path.unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }
}
