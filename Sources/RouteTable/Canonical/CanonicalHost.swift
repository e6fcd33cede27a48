import TableFormat

/// One canonical host name: lower case, without port and trailing dot, and where its labels stand.
/// Memory for the longest name is taken once and used for every request.
@safe
struct CanonicalHost: ~Copyable {
    let bytes: UnsafeMutablePointer<UInt8>
    /// For each label, counted from the right: where it begins, and the sum of the hashes up to it.
    let labelStarts: UnsafeMutablePointer<UInt32>
    let sums: UnsafeMutablePointer<UInt64>
    /// For each label, counted from the left: where it begins.
    private let starts: UnsafeMutablePointer<UInt32>
    /// Length in bytes. Zero where the request named no host.
    var count = 0
    var labelCount = 0

    init() {
        // SAFETY: memory of this value's own, of this capacity, given back in `deinit`.
        unsafe bytes = .allocate(capacity: TableLimits.hostBytesMax + 16)
        unsafe bytes.initialize(repeating: 0, count: TableLimits.hostBytesMax + 16)
        unsafe labelStarts = .allocate(capacity: TableLimits.labelCountMax + 2)
        unsafe labelStarts.initialize(repeating: 0, count: TableLimits.labelCountMax + 2)
        unsafe starts = .allocate(capacity: TableLimits.labelCountMax + 2)
        unsafe starts.initialize(repeating: 0, count: TableLimits.labelCountMax + 2)
        unsafe sums = .allocate(capacity: TableLimits.labelCountMax + 2)
        unsafe sums.initialize(repeating: 0, count: TableLimits.labelCountMax + 2)
    }

    deinit {
        unsafe bytes.deallocate()
        unsafe labelStarts.deallocate()
        unsafe starts.deallocate()
        unsafe sums.deallocate()
    }

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

    /// Makes the canonical form of `host`: a name or an address, possibly with a port.
    ///
    /// No bytes at all are a request without a host (HTTP/1.0): only `*` and regexes can take it.
    ///
    /// - Returns: Whether the host is valid.
    mutating func set(_ host: RawSpan) -> Bool {
        count = 0
        labelCount = 0
        guard host.byteCount > 0 else { return true }
        if setPlain(host) { return true }
        guard setAny(host) else { return false }
        findLabels()
        return true
    }

    /// Takes a name, possibly with a port, in which nothing is wrong: nearly every host. Eight bytes at
    /// a time.
    ///
    /// - Returns: Whether it is such a host; else nothing is known about it.
    private mutating func setPlain(_ host: RawSpan) -> Bool {
        var end = Self.endBeforePort(host)
        if end > 0, Self.byte(host, end - 1) == UInt8(ascii: ".") { end -= 1 }
        guard end > 0, end <= TableLimits.hostBytesMax else { return false }
        // SAFETY: the span holds `end` bytes, at most `hostBytesMax`; behind them is room for 16.
        unsafe host.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            unsafe ByteWords.copy(start, to: bytes, count: end)
        }
        var found = 1
        unsafe starts[0] = 0
        // What the last word leaves: its last byte was a dot. The name must not begin with one.
        var afterDot: UInt64 = 0x80
        var offset = 0
        while offset < end {
            // SAFETY: what is read and written behind the name lies in the room behind it.
            let given = unsafe ByteWords.load(bytes, offset)
            let upper =
                ByteWords.reach(given, UInt8(ascii: "A"))
                & ~ByteWords.reach(given, UInt8(ascii: "Z") + 1) & ByteWords.flags
            let word = given | upper &>> 2
            unsafe ByteWords.store(word, bytes, offset)
            var dots = ~ByteWords.differ(word, from: UInt8(ascii: ".")) & ByteWords.flags
            let valid =
                ByteWords.reach(word, UInt8(ascii: "a"))
                & ~ByteWords.reach(word, UInt8(ascii: "z") + 1)
                | ByteWords.reach(word, UInt8(ascii: "0"))
                & ~ByteWords.reach(word, UInt8(ascii: "9") + 1)
                | ~ByteWords.differ(word, from: UInt8(ascii: "-"))
                | ~ByteWords.differ(word, from: UInt8(ascii: "_")) | dots
            guard (~valid | given) & ByteWords.flags | dots & (dots &<< 8 | afterDot) == 0 else {
                return false
            }
            afterDot = dots &>> 56
            while dots != 0 {
                // SAFETY: two dots are never neighbours, so there are at most `labelCountMax` labels.
                unsafe starts[found] = UInt32(
                    truncatingIfNeeded: offset &+ ByteWords.firstIndex(dots) &+ 1)
                found &+= 1
                dots &= dots &- 1
            }
            offset &+= ByteWords.byteCount
        }
        // SAFETY: `end` is not 0.
        guard unsafe bytes[end - 1] != UInt8(ascii: ".") else { return false }
        count = end
        labelCount = found
        return true
    }

    /// Where a port begins that has at most five digits, or the end.
    @inline(__always)
    private static func endBeforePort(_ host: RawSpan) -> Int {
        var index = host.byteCount
        let least = max(index - 6, 0)
        while index > least {
            index -= 1
            let byte = byte(host, index)
            if byte == UInt8(ascii: ":") { return index }
            guard byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") else { break }
        }
        return host.byteCount
    }

    /// Makes the canonical form of any host.
    private mutating func setAny(_ host: RawSpan) -> Bool {
        if Self.byte(host, 0) == UInt8(ascii: "[") { return setLiteral(host) }
        var end = host.byteCount
        for index in 0..<host.byteCount where Self.byte(host, index) == UInt8(ascii: ":") {
            guard Self.isPort(host, from: index + 1) else { return false }
            end = index
            break
        }
        if end > 0, Self.byte(host, end - 1) == UInt8(ascii: ".") { end -= 1 }
        guard end > 0, end <= TableLimits.hostBytesMax else { return false }
        var labelLength = 0
        for index in 0..<end {
            var byte = Self.byte(host, index)
            if byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") { byte |= 0x20 }
            if byte == UInt8(ascii: ".") {
                guard labelLength > 0 else { return false }
                labelLength = 0
            } else {
                guard ByteClass.isHostByte(byte) else { return false }
                labelLength += 1
            }
            // SAFETY: `index` is below `hostBytesMax`.
            unsafe bytes[index] = byte
        }
        guard labelLength > 0 else { return false }
        count = end
        return true
    }

    /// `[::1]`, in the one canonical spelling of the address.
    private mutating func setLiteral(_ host: RawSpan) -> Bool {
        var text: [UInt8] = []
        var index = 1
        while index < host.byteCount, index <= 64, Self.byte(host, index) != UInt8(ascii: "]") {
            text.append(Self.byte(host, index))
            index += 1
        }
        guard index < host.byteCount, Self.byte(host, index) == UInt8(ascii: "]"),
            let address = IPv6Text.parse(text)
        else { return false }
        if index + 1 < host.byteCount {
            guard Self.byte(host, index + 1) == UInt8(ascii: ":"),
                Self.isPort(host, from: index + 2)
            else { return false }
        }
        let canonical =
            [UInt8(ascii: "[")] + IPv6Text.text(of: address) + [UInt8(ascii: "]")]
        // SAFETY: an address in brackets has at most 41 bytes.
        for (index, byte) in canonical.enumerated() { unsafe bytes[index] = byte }
        count = canonical.count
        return true
    }

    private static func byte(_ host: RawSpan, _ index: Int) -> UInt8 {
        // SAFETY: the load checks its offset; any byte is a UInt8.
        unsafe host.unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }

    /// Digits, or nothing, up to the end.
    private static func isPort(_ host: RawSpan, from start: Int) -> Bool {
        for index in start..<max(start, host.byteCount) {
            let byte = byte(host, index)
            guard byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") else { return false }
        }
        return true
    }

    /// Finds where the labels begin.
    private mutating func findLabels() {
        labelCount = 0
        guard count > 0 else { return }
        // SAFETY: all indices are below `count`; a valid name has at most 127 labels.
        unsafe starts[0] = 0
        labelCount = 1
        for index in 0..<count where unsafe bytes[index] == UInt8(ascii: ".") {
            unsafe starts[labelCount] = UInt32(index + 1)
            labelCount += 1
        }
    }

    /// Sums the hashes of the labels from the right.
    mutating func hashLabels(seed: UInt64) {
        var end = count
        var sum: UInt64 = 0
        for label in 0..<labelCount {
            // SAFETY: there are `labelCount` starts, ascending, below `count`, which has room behind it.
            let start = unsafe starts[labelCount &- 1 &- label]
            let first = Int(start)
            let hash = unsafe TableHash.bytesWithSlack(
                bytes + first, count: end &- first, seed: seed)
            sum &+= TableHash.positioned(hash, at: label)
            unsafe labelStarts[label] = start
            unsafe sums[label] = sum
            end = first &- 1
        }
    }
}
