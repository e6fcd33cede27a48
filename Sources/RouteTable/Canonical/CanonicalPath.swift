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
    private let scratch: UnsafeMutablePointer<UInt8>
    /// Length in bytes.
    var count = 0
    /// Number of segments; `/` has one, which is empty.
    var segmentCount = 0
    /// Sum of the hashes of all segments.
    private(set) var hashSum: UInt64 = 0
    /// The seed that the hashes are of; nil while the path has none.
    private var hashedSeed: UInt64?

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

    /// Whether a segment begins with a dot, `.well-known` excepted.
    var hasHiddenSegment: Bool {
        for index in 0..<segmentCount {
            // SAFETY: `index` is below `segmentCount`; a byte is read only if there is one.
            let segment = unsafe segmentBytes(index)
            guard segment.count > 0, unsafe segment[0] == UInt8(ascii: ".") else { continue }
            guard unsafe segment.elementsEqual(".well-known".utf8) else { return true }
        }
        return false
    }

    /// Takes a path of at most 64 bytes to which nothing is to be done, which is nearly every one: no
    /// escape, no empty segment and none that begins with a dot. Hashes its segments in the same pass.
    ///
    /// - Parameter range: Where the path stands in `head`; not empty.
    /// - Returns: Whether it is such a path; else nothing is known about it.
    @inline(__always)
    private mutating func setShortPlain(_ head: RawSpan, _ range: ByteRange, seed: UInt64) -> Bool {
        // SAFETY: the range was checked to lie in the head; 64 bytes are less than there is room for.
        let path = unsafe head.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return cbytes_plain_path() }
            return unsafe cbytes_set_plain_path(
                base.assumingMemoryBound(to: UInt8.self) + range.start, Int(range.count),
                buffer.count &- range.start, seed, bytes, starts, hashes)
        }
        guard path.segment_count > 0 else { return false }
        count = Int(range.count)
        segmentCount = path.segment_count
        hashSum = path.sum
        hashedSeed = seed
        return true
    }

    /// The same for a longer path, 64 bytes at a time and without hashes.
    private mutating func setPlain(_ head: RawSpan, _ range: ByteRange) -> Bool {
        let length = Int(range.count)
        var found = 0
        var offset = 0
        // What the bytes before leave: the last of them was a slash.
        var afterSlash: UInt64 = 0
        while offset < length {
            let part = min(length &- offset, 64)
            // SAFETY: the range was checked to lie in the head; the slack of `bytes` takes a block more.
            let masks = unsafe head.withUnsafeBytes { buffer in
                guard let base = buffer.baseAddress else { return cbytes_path_masks() }
                let start = range.start &+ offset
                return unsafe cbytes_copy_path(
                    base.assumingMemoryBound(to: UInt8.self) + start, part,
                    buffer.count &- start, bytes + offset)
            }
            var slashes = masks.slashes
            let starts = slashes &<< 1 | afterSlash
            guard masks.wrong | starts & (slashes | masks.dots) == 0 else { return false }
            afterSlash = slashes &>> 63
            while slashes != 0 {
                guard found < TableLimits.segmentCountMax else { return false }
                // SAFETY: `found` is below `segmentCountMax`.
                unsafe self.starts[found] = UInt32(
                    truncatingIfNeeded: offset &+ slashes.trailingZeroBitCount &+ 1)
                found &+= 1
                slashes &= slashes &- 1
            }
            offset &+= 64
        }
        count = length
        segmentCount = found
        // SAFETY: `found` is at most `segmentCountMax`; behind it is room for the end.
        unsafe starts[found] = UInt32(truncatingIfNeeded: length &+ 1)
        return true
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

    /// Makes the canonical form of any path that begins with a slash and is not too long.
    mutating func setAny(_ path: RawSpan, rules: PathRules) -> RequestRefusal? {
        let length = path.byteCount
        var input = 1
        var written = 1
        var writtenSegments = 0
        var kept = 0
        // SAFETY: `written` never passes `input`, which is at most `pathBytesMax`; `kept` is at most the
        // number of segments written, at most `segmentCountMax`.
        unsafe bytes[0] = UInt8(ascii: "/")
        while true {
            let start = written
            if let refusal = copySegment(path, &input, &written, rules) { return refusal }
            let isLast = input == length
            let count = written - start
            if count == 0 && !isLast {
                guard rules.mergesSlashes else { return .emptySegment }
                input += 1
                continue
            }
            writtenSegments += 1
            guard writtenSegments <= TableLimits.segmentCountMax else { return .tooManySegments }
            switch dots(start, count) {
            case 0:
                if isHiddenDotSegment(start, count) { return .ambiguousDotSegment }
                unsafe starts[kept] = UInt32(start)
                kept += 1
                if !isLast {
                    // SAFETY: as above: `written` is at most `input`, which is no end yet.
                    unsafe bytes[written] = UInt8(ascii: "/")
                    written += 1
                }
            case 1:
                written = start
                if isLast {
                    unsafe starts[kept] = UInt32(start)
                    kept += 1
                }
            default:
                guard kept > 0 else { return .climbsAboveRoot }
                kept -= 1
                written = unsafe Int(starts[kept])
                if isLast {
                    unsafe starts[kept] = UInt32(written)
                    kept += 1
                }
            }
            if isLast { break }
            input += 1
        }
        self.count = written
        segmentCount = kept
        // SAFETY: `kept` is at most `segmentCountMax`; behind it is room for the end.
        unsafe starts[kept] = UInt32(written + 1)
        return nil
    }

    @inline(__always)
    private static func byte(_ path: RawSpan, _ index: Int) -> UInt8 {
        // SAFETY: the load checks its offset; any byte is a UInt8.
        unsafe path.unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }

    /// Copies up to the next slash or the end.
    @inline(__always)
    private func copySegment(
        _ path: RawSpan, _ input: inout Int, _ written: inout Int, _ rules: PathRules
    ) -> RequestRefusal? {
        let length = path.byteCount
        while input < length {
            let byte = Self.byte(path, input)
            if ByteClass.isPlain(byte) {
                // SAFETY: see `set`.
                unsafe bytes[written] = byte
                written += 1
                input += 1
                continue
            }
            if byte == UInt8(ascii: "/") { return nil }
            guard byte == UInt8(ascii: "%") else { return .forbiddenByte }
            guard input + 2 < length, let high = IPv6Text.hexDigit(Self.byte(path, input + 1)),
                let low = IPv6Text.hexDigit(Self.byte(path, input + 2))
            else { return .invalidPercentEncoding }
            let value = high &<< 4 | low
            if value == 0 { return .encodedNUL }
            if value == UInt8(ascii: "/") || value == UInt8(ascii: "\\") {
                guard rules.keepsEncodedSlash else { return .encodedSlash }
            }
            input += 3
            // SAFETY: see `set`; an escape is written in at most its own length.
            if ByteClass.isUnreserved(value) {
                unsafe bytes[written] = value
                written += 1
            } else {
                unsafe bytes[written] = UInt8(ascii: "%")
                unsafe bytes[written + 1] = Self.upperHexDigit(high)
                unsafe bytes[written + 2] = Self.upperHexDigit(low)
                written += 3
            }
        }
        return nil
    }

    private static func upperHexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") - 10 + value
    }

    /// 1 for `.`, 2 for `..`, else 0.
    @inline(__always)
    private func dots(_ start: Int, _ count: Int) -> Int {
        // SAFETY: the segment was written just now.
        guard count == 1 || count == 2, unsafe bytes[start] == UInt8(ascii: "."),
            unsafe bytes[start + count - 1] == UInt8(ascii: ".")
        else { return 0 }
        return count
    }

    /// Whether a backend that decodes more often than we do, that cuts at `;`, or that takes an encoded
    /// slash for a slash, would see a dot segment here.
    private func isHiddenDotSegment(_ start: Int, _ count: Int) -> Bool {
        var isSuspect = false
        for index in start..<(start + count) {
            // SAFETY: the segment was written just now.
            let byte = unsafe bytes[index]
            if byte == UInt8(ascii: "%") || byte == UInt8(ascii: ";") {
                isSuspect = true
                break
            }
        }
        guard isSuspect else { return false }
        return hasDotPiece(decodedCount: decodeFully(start, count))
    }

    /// Decodes the segment until there is nothing to decode, into the scratch memory.
    ///
    /// An escape is decoded as soon as its last digit is there, which gives the same as decoding the
    /// whole again and again: two escapes never overlap.
    private func decodeFully(_ start: Int, _ count: Int) -> Int {
        var decoded = 0
        for index in start..<(start + count) {
            // SAFETY: `decoded` is at most `count`, which fits the scratch memory.
            unsafe scratch[decoded] = bytes[index]
            decoded += 1
            while decoded >= 3, unsafe scratch[decoded - 3] == UInt8(ascii: "%"),
                let high = unsafe IPv6Text.hexDigit(scratch[decoded - 2]),
                let low = unsafe IPv6Text.hexDigit(scratch[decoded - 1])
            {
                unsafe scratch[decoded - 3] = high &<< 4 | low
                decoded -= 2
            }
        }
        return decoded
    }

    /// Whether one of the pieces between slashes is a dot segment, with or without parameters.
    private func hasDotPiece(decodedCount: Int) -> Bool {
        var start = 0
        while true {
            var end = start
            var nameEnd: Int?
            while end < decodedCount {
                // SAFETY: `end` is below `decodedCount`, which fits the scratch memory.
                let byte = unsafe scratch[end]
                if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") { break }
                if byte == UInt8(ascii: ";"), nameEnd == nil { nameEnd = end }
                end += 1
            }
            let count = (nameEnd ?? end) - start
            if count == 1 || count == 2 {
                // SAFETY: as above.
                if unsafe scratch[start] == UInt8(ascii: "."),
                    unsafe scratch[start + count - 1] == UInt8(ascii: ".")
                {
                    return true
                }
            }
            if end >= decodedCount { return false }
            start = end + 1
        }
    }
}
