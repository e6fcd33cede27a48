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
    /// For a name near the end of its head.
    private let room: UnsafeMutablePointer<UInt8>

    init() {
        let capacity = 1 << Int(Self.capacityBits)
        // SAFETY: memory of this value's own, of this capacity, given back in `deinit`.
        unsafe entries = .allocate(capacity: capacity)
        unsafe entries.initialize(repeating: Entry(), count: capacity)
        unsafe room = .allocate(capacity: cbytes_name_size)
        unsafe room.initialize(repeating: 0, count: cbytes_name_size)
    }

    deinit {
        unsafe entries.deallocate()
        unsafe room.deallocate()
    }

    /// The host rule of the bytes `range` of `head`, whose canonical form is then set, or nil.
    @inline(__always)
    mutating func find(
        _ head: RawSpan, _ range: ByteRange, port: UInt16, canonical: inout CanonicalHost
    ) -> UInt32? {
        // SAFETY: 48 bytes can be read at the name; the index is below the capacity.
        guard let name = unsafe name(head, range) else { return nil }
        let count = Int(range.count)
        let entry = unsafe entries + Self.index(of: name, count)
        guard unsafe entry.pointee.givenCount == UInt8(truncatingIfNeeded: count),
            unsafe entry.pointee.port == port, unsafe cbytes_is_name(name, count, entry)
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
        // SAFETY: the index is below the capacity; the canonical bytes have more than 48 of room.
        guard let name = unsafe name(head, range), canonical.count <= cbytes_name_size
        else { return }
        let count = Int(range.count)
        unsafe entries[Self.index(of: name, count)] = Entry(
            given: cbytes_load_name(name, count),
            canonical: cbytes_load_name(canonical.bytes, canonical.count), host: host, port: port,
            givenCount: UInt8(truncatingIfNeeded: count),
            canonicalCount: UInt8(truncatingIfNeeded: canonical.count))
    }

    /// Where the bytes stand, and 48 of them or more; nil if they are none or too many. Not to be kept.
    @inline(__always)
    private func name(_ head: RawSpan, _ range: ByteRange) -> UnsafePointer<UInt8>? {
        let size = cbytes_name_size
        let count = Int(range.count)
        guard count > 0, count <= size, range.start &+ count <= head.byteCount else { return nil }
        // SAFETY: the range lies in the head, which the caller holds; what is shorter than 48 bytes with
        // all that follows is copied to where so many can be read.
        return unsafe head.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return nil }
            let start = unsafe base.assumingMemoryBound(to: UInt8.self) + range.start
            if range.start &+ size <= buffer.count { return unsafe start }
            unsafe room.update(from: start, count: count)
            return unsafe UnsafePointer(room)
        }
    }

    @inline(__always)
    private static func index(of name: UnsafePointer<UInt8>, _ count: Int) -> Int {
        // SAFETY: 48 bytes can be read at the name.
        Int(truncatingIfNeeded: unsafe cbytes_hash_name(name, count) &>> (64 - capacityBits))
    }
}
