import TableFormat

/// One canonical host name: lower case, without port and trailing dot, and where its labels stand.
/// Memory for the longest name is taken once and used for every request.
@safe
struct CanonicalHost: ~Copyable {
    let bytes: UnsafeMutablePointer<UInt8>
    /// For each label, counted from the right: where it begins, and the sum of the hashes up to it.
    let labelStarts: UnsafeMutablePointer<UInt32>
    let sums: UnsafeMutablePointer<UInt64>
    /// Length in bytes. Zero where the request named no host.
    var count = 0
    var labelCount = 0

    init() {
        // SAFETY: memory of this value's own, of this capacity, given back in `deinit`.
        unsafe bytes = .allocate(capacity: TableLimits.hostBytesMax + 16)
        unsafe bytes.initialize(repeating: 0, count: TableLimits.hostBytesMax + 16)
        unsafe labelStarts = .allocate(capacity: TableLimits.labelCountMax + 2)
        unsafe labelStarts.initialize(repeating: 0, count: TableLimits.labelCountMax + 2)
        unsafe sums = .allocate(capacity: TableLimits.labelCountMax + 2)
        unsafe sums.initialize(repeating: 0, count: TableLimits.labelCountMax + 2)
    }

    deinit {
        unsafe bytes.deallocate()
        unsafe labelStarts.deallocate()
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

    /// Finds the labels and sums their hashes from the right.
    mutating func hashLabels(seed: UInt64) {
        labelCount = 0
        var end = count
        var sum: UInt64 = 0
        while end > 0 {
            var start = end
            // SAFETY: all indices are below `count`; a valid name has at most 127 labels.
            while start > 0, unsafe bytes[start - 1] != UInt8(ascii: ".") { start -= 1 }
            let hash = unsafe TableHash.bytes(bytes + start, count: end - start, seed: seed)
            sum &+= TableHash.positioned(hash, at: labelCount)
            unsafe labelStarts[labelCount] = UInt32(start)
            unsafe sums[labelCount] = sum
            labelCount += 1
            end = start - 1
        }
    }
}
