import CBytes

/// The host rules of hosts that came lately, by the bytes that clients sent: most proxies have few
/// hosts, and a connection seldom changes it.
///
/// What a host leads to depends on nothing but its bytes, the port and the table. A remembered host does
/// not pay again for the regexes of host rules.
@safe
struct HostMemo: ~Copyable {
    private struct Entry: BitwiseCopyable {
        var given = cbytes_name()
        var canonical = cbytes_name()
        var host = UInt32.max
        var port: UInt16 = 0
        /// 0: no entry.
        var givenCount: UInt8 = 0
        var canonicalCount: UInt8 = 0
    }

    /// A power of two; the entries stay in the first level of the cache.
    private static let capacityBits: UInt64 = 6

    private let entries: UnsafeMutablePointer<Entry>

    init() {
        let capacity = 1 << Int(Self.capacityBits)
        // SAFETY: memory of this value's own, of this capacity, given back in `deinit`.
        unsafe entries = .allocate(capacity: capacity)
        unsafe entries.initialize(repeating: Entry(), count: capacity)
    }

    deinit { unsafe entries.deallocate() }

    /// The host rule of the bytes `range` of `head`, whose canonical form is then set, or nil.
    @inline(__always)
    mutating func find(
        _ head: RawSpan, _ range: ByteRange, port: UInt16, canonical: inout CanonicalHost
    ) -> UInt32? {
        guard let given = Self.name(head, range) else { return nil }
        // SAFETY: the index is below the capacity.
        let entry = unsafe entries + Self.index(of: given)
        guard unsafe entry.pointee.givenCount == UInt8(truncatingIfNeeded: range.count),
            unsafe entry.pointee.port == port, unsafe Self.isEqual(entry.pointee.given, given)
        else { return nil }
        unsafe canonical.set(
            entry.pointee.canonical, count: Int(entry.pointee.canonicalCount))
        return unsafe entry.pointee.host
    }

    /// Remembers the host rule of the bytes `range` of `head`, unless they are too many.
    mutating func insert(
        _ host: UInt32, _ head: RawSpan, _ range: ByteRange, port: UInt16,
        canonical: borrowing CanonicalHost
    ) {
        guard let given = Self.name(head, range), canonical.count <= cbytes_name_size
        else { return }
        // SAFETY: the index is below the capacity; the canonical bytes have more than 48 of room.
        unsafe entries[Self.index(of: given)] = Entry(
            given: given, canonical: cbytes_load_name(canonical.bytes, canonical.count),
            host: host, port: port, givenCount: UInt8(truncatingIfNeeded: range.count),
            canonicalCount: UInt8(truncatingIfNeeded: canonical.count))
    }

    /// nil if the bytes are none or too many, or stand at the very end of the head.
    @inline(__always)
    private static func name(_ head: RawSpan, _ range: ByteRange) -> cbytes_name? {
        let size = cbytes_name_size
        guard range.count > 0, Int(range.count) <= size, range.start &+ size <= head.byteCount
        else { return nil }
        // SAFETY: 48 bytes behind the start of the range lie in the head.
        return unsafe head.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return nil }
            return unsafe cbytes_load_name(
                base.assumingMemoryBound(to: UInt8.self) + range.start, Int(range.count))
        }
    }

    @inline(__always)
    private static func isEqual(_ left: cbytes_name, _ right: cbytes_name) -> Bool {
        (left.first ^ right.first) | (left.second ^ right.second) | (left.third ^ right.third)
            | (left.fourth ^ right.fourth) | (left.fifth ^ right.fifth)
            | (left.sixth ^ right.sixth) == 0
    }

    @inline(__always)
    private static func index(of name: cbytes_name) -> Int {
        let mixed =
            (name.first &+ name.third &* 3 &+ name.fifth &* 7) &* 0x9E37_79B9_7F4A_7C15
            &+ (name.second &+ name.fourth &* 5 &+ name.sixth &* 9) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: mixed &>> (64 - capacityBits))
    }
}
