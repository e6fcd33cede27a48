import CBytes
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
        set(host, ByteRange(from: 0, to: host.byteCount))
    }

    /// Makes the canonical form of a part of `head`.
    @inline(__always)
    mutating func set(_ head: RawSpan, _ range: ByteRange) -> Bool {
        precondition(range.end <= head.byteCount, "a host that is not in its head")
        count = 0
        labelCount = 0
        guard range.count > 0 else { return true }
        if setPlain(head, range) { return true }
        guard setAny(head.extracting(range.indices)) else { return false }
        findLabels()
        return true
    }

    /// Sets a canonical name that was remembered. Its labels are not found.
    @inline(__always)
    mutating func set(_ name: cbytes_name, count: Int) {
        // SAFETY: `bytes` take far more than 48 bytes, and are aligned for words.
        unsafe UnsafeMutableRawPointer(bytes).storeBytes(of: name, as: cbytes_name.self)
        self.count = count
        labelCount = 0
    }

    /// Takes a name of at most 64 bytes, possibly with a port, in which nothing is wrong: nearly every
    /// host.
    ///
    /// - Parameter range: Where the host stands in `head`; not empty.
    /// - Returns: Whether it is such a host; else nothing is known about it.
    @inline(__always)
    private mutating func setPlain(_ head: RawSpan, _ range: ByteRange) -> Bool {
        let length = Int(range.count)
        guard length <= 64 else { return false }
        // SAFETY: the range was checked to lie in the head; `bytes` take far more than 80 bytes.
        let masks = unsafe head.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return cbytes_host_masks() }
            return unsafe cbytes_copy_host(
                base.assumingMemoryBound(to: UInt8.self) + range.start, length,
                buffer.count &- range.start, bytes)
        }
        var end = length
        if masks.colons != 0 {
            end = masks.colons.trailingZeroBitCount
            let upToColon = (2 as UInt64) &<< UInt64(end) &- 1
            let port = (UInt64.max &>> UInt64(64 &- length)) & ~upToColon
            guard masks.digits & port == port else { return false }
        }
        if end > 0, masks.dots &>> UInt64(end &- 1) & 1 == 1 { end &-= 1 }
        guard end > 0 else { return false }
        let name = UInt64.max &>> UInt64(64 &- end)
        var dots = masks.dots & name
        guard masks.valid & name == name, dots & (dots &<< 1 | 1) == 0,
            dots &>> UInt64(end &- 1) == 0
        else { return false }
        var found = 1
        // SAFETY: no two of at most 64 bytes beside each other are dots.
        unsafe starts[0] = 0
        while dots != 0 {
            unsafe starts[found] = UInt32(truncatingIfNeeded: dots.trailingZeroBitCount &+ 1)
            found &+= 1
            dots &= dots &- 1
        }
        count = end
        labelCount = found
        return true
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
            sum &+= unsafe TableHash.segment(
                bytes + first, count: end &- first, at: label, seed: seed)
            unsafe labelStarts[label] = start
            unsafe sums[label] = sum
            end = first &- 1
        }
    }
}
