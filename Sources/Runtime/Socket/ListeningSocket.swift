internal import CLinux
internal import Glibc

/// A socket that accepts connections. Owns its descriptor and closes it.
///
/// Every worker has one of its own for each address (`SO_REUSEPORT`); the kernel spreads the
/// clients.
package struct ListeningSocket: ~Copyable, Sendable {
    /// Connections that may wait to be accepted; the kernel cuts it to `net.core.somaxconn`.
    package static let backlogMax: Int32 = 4096

    /// Non-blocking.
    package let descriptor: Int32
    /// With the port that the kernel chose if 0 was asked for.
    package let address: SocketAddress

    /// Binds and listens.
    ///
    /// - Parameter requested: `::` accepts IPv4 too, and is `0.0.0.0` where there is no IPv6.
    /// - Throws: ``SystemError`` of the call that failed.
    package init(binding requested: SocketAddress) throws(SystemError) {
        let descriptor = try Self.open(requested, isShared: true)
        do throws(SystemError) {
            guard Glibc::listen(descriptor, Self.backlogMax) == 0 else {
                throw SystemError.last(.listen)
            }
            address = try SocketAddress.local(of: descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Checks that no other socket, not even one that shares its port, has this address.
    ///
    /// `SO_REUSEPORT` would let a second process of the same user in, and the kernel would then
    /// give it half of the clients.
    package static func checkUnused(_ requested: SocketAddress) throws(SystemError) {
        guard requested.port != 0 else { return }
        close(try open(requested, isShared: false))
    }

    /// A bound socket that does not listen yet.
    private static func open(
        _ requested: SocketAddress, isShared: Bool
    ) throws(SystemError) -> Int32 {
        do throws(SystemError) {
            return try openExactly(requested, isShared: isShared)
        } catch {
            guard error.number == EAFNOSUPPORT, requested.isAny else { throw error }
            let everyIPv4 = SocketAddress(ipv4: 0, port: requested.port)
            return try openExactly(everyIPv4, isShared: isShared)
        }
    }

    private static func openExactly(
        _ address: SocketAddress, isShared: Bool
    ) throws(SystemError) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(
            address.family, kind | Int32(SOCK_CLOEXEC.rawValue), Int32(IPPROTO_TCP))
        guard descriptor >= 0 else { throw SystemError.last(.socket) }
        do throws(SystemError) {
            try set(SO_REUSEADDR, of: SOL_SOCKET, to: 1, on: descriptor)
            // Accepted sockets inherit it: what is written to a client is complete and goes out at once.
            try set(TCP_NODELAY, of: Int32(IPPROTO_TCP), to: 1, on: descriptor)
            KeepAlive.enable(on: descriptor)
            if isShared { try set(SO_REUSEPORT, of: SOL_SOCKET, to: 1, on: descriptor) }
            if !address.isIPv4 {
                try set(
                    IPV6_V6ONLY, of: Int32(IPPROTO_IPV6), to: address.isAny ? 0 : 1, on: descriptor)
            }
            // SAFETY: the kernel reads `byteCount` bytes, all of which are lent for the call.
            let status = address.withSocketAddressPointer { pointer, byteCount in
                unsafe bind(descriptor, pointer, byteCount)
            }
            guard status == 0 else { throw SystemError.last(.bind) }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func set(
        _ option: Int32, of level: Int32, to value: Int32, on descriptor: Int32
    ) throws(SystemError) {
        var value = value
        // SAFETY: the kernel reads one int, which is what it is given.
        let status = unsafe setsockopt(
            descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        guard status == 0 else { throw SystemError.last(.socketOption) }
    }
}
