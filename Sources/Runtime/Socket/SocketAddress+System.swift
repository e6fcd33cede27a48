internal import CLinux
internal import Glibc
internal import RouteTable

extension SocketAddress {
    /// The address that a system call has filled in.
    ///
    /// - Returns: nil if it is neither IPv4 nor IPv6, or too short to be.
    init?(_ storage: borrowing sockaddr_storage, byteCount: socklen_t) {
        switch Int32(storage.ss_family) {
        case AF_INET where Int(byteCount) >= MemoryLayout<sockaddr_in>.size:
            // SAFETY: sockaddr_storage is larger than sockaddr_in and as strictly aligned.
            let ipv4 = unsafe withUnsafeBytes(of: storage) { unsafe $0.load(as: sockaddr_in.self) }
            self.init(
                ipv4: UInt32(bigEndian: ipv4.sin_addr.s_addr),
                port: UInt16(bigEndian: ipv4.sin_port))
        case AF_INET6 where Int(byteCount) >= MemoryLayout<sockaddr_in6>.size:
            // SAFETY: sockaddr_storage is larger than sockaddr_in6 and as strictly aligned.
            let ipv6 = unsafe withUnsafeBytes(of: storage) { unsafe $0.load(as: sockaddr_in6.self) }
            self.init(ipv6)
        default:
            return nil
        }
    }

    /// The address that a C library points to.
    ///
    /// - Returns: nil if it is neither IPv4 nor IPv6, or too short to be.
    @unsafe
    init?(_ pointer: UnsafePointer<sockaddr>, byteCount: socklen_t) {
        var storage = sockaddr_storage()
        let copied = min(Int(byteCount), MemoryLayout<sockaddr_storage>.size)
        // SAFETY: the caller vouches for `byteCount` bytes; no more than the storage holds are
        // taken.
        unsafe withUnsafeMutableBytes(of: &storage) { room in
            unsafe room.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: copied))
        }
        self.init(storage, byteCount: socklen_t(copied))
    }

    private init(_ ipv6: sockaddr_in6) {
        var bits = ipv6.sin6_addr
        // SAFETY: in6_addr is 16 bytes; both reads lie inside it.
        let (high, low) = unsafe withUnsafeBytes(of: &bits) { bytes in
            unsafe (
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        self.init(
            address: ClientAddress(high: high, low: low), port: UInt16(bigEndian: ipv6.sin6_port),
            scope: ipv6.sin6_scope_id)
    }

    /// Lends the address to a system call, as `sockaddr_in` or `sockaddr_in6`.
    @safe
    func withSocketAddressPointer<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        if isIPv4 {
            var ipv4 = sockaddr_in()
            ipv4.sin_family = sa_family_t(AF_INET)
            ipv4.sin_port = port.bigEndian
            ipv4.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.low).bigEndian
            // SAFETY: the variable lives through the call; the body must not keep the pointer.
            return unsafe Self.lend(&ipv4, to: body)
        }
        var ipv6 = sockaddr_in6()
        ipv6.sin6_family = sa_family_t(AF_INET6)
        ipv6.sin6_port = port.bigEndian
        ipv6.sin6_scope_id = scope
        // SAFETY: in6_addr is 16 bytes; both writes lie inside it.
        unsafe withUnsafeMutableBytes(of: &ipv6.sin6_addr) { bytes in
            unsafe bytes.storeBytes(of: address.high.bigEndian, toByteOffset: 0, as: UInt64.self)
            unsafe bytes.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return unsafe Self.lend(&ipv6, to: body)
    }

    private static func lend<Specific, Result>(
        _ specific: inout Specific, to body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        // SAFETY: every sockaddr begins with the fields of `sockaddr`; the length says how much is
        // there.
        unsafe withUnsafeBytes(of: &specific) { bytes in
            guard let start = bytes.baseAddress else {
                preconditionFailure("a socket address has bytes")
            }
            let generic = unsafe start.assumingMemoryBound(to: sockaddr.self)
            return unsafe body(generic, socklen_t(bytes.count))
        }
    }

    /// The address that a socket is bound to.
    static func local(of descriptor: Int32) throws(SystemError) -> SocketAddress {
        var storage = sockaddr_storage()
        var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)
        // SAFETY: the storage is as large as `byteCount` says, and lives through the call.
        let status = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe getsockname(descriptor, generic, &byteCount)
            }
        }
        guard status == 0 else { throw SystemError.last(.socket) }
        guard let address = SocketAddress(storage, byteCount: byteCount) else {
            throw SystemError(.socket, EAFNOSUPPORT)
        }
        return address
    }
}
