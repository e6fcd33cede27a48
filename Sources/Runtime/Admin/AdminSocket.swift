internal import CLinux
internal import Glibc

/// The socket that the admin listener accepts on. Owns its descriptor, and the file of a Unix socket.
struct AdminSocket: ~Copyable {
    let descriptor: Int32
    /// With the port that the kernel chose if 0 was asked for.
    let address: AdminAddress
    private var emergency = EmergencyDescriptor()

    /// Binds and listens.
    init(binding requested: AdminAddress) throws(StartupError) {
        do throws(SystemError) {
            switch requested {
            case .network(let address): (descriptor, self.address) = try Self.open(address)
            case .unix(let path):
                descriptor = try Self.open(path: path)
                address = requested
            }
        } catch {
            throw StartupError(
                "--admin \(requested.description): cannot listen: \(error.description)")
        }
    }

    deinit {
        close(descriptor)
        // SAFETY: the call reads the path, which outlives it.
        if case .unix(let path) = address { _ = unsafe unlink(path) }
    }

    /// Accepts the client that waited longest; nil if none waits, or there is no descriptor for it.
    ///
    /// Without descriptors the client is taken in the place of a reserve, and closed: one that waits
    /// would keep the listener readable, and the loop would spin.
    mutating func accept() -> Socket? {
        let client = clinux_accept(descriptor, nil, nil)
        if client >= 0 { return Socket(adopting: client) }
        guard errno == EMFILE || errno == ENFILE else { return nil }
        emergency.release()
        let refused = clinux_accept(descriptor, nil, nil)
        if refused >= 0 { close(refused) }
        emergency.renew()
        return nil
    }

    private static func open(_ address: SocketAddress) throws(SystemError) -> (Int32, AdminAddress)
    {
        let descriptor = try socket(of: address.family)
        do throws(SystemError) {
            var on: Int32 = 1
            let size = socklen_t(MemoryLayout<Int32>.size)
            // SAFETY: the options are read from this frame before the calls return.
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
            unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size)
            if !address.isIPv4 {
                var isOnly: Int32 = address.isAny ? 0 : 1
                unsafe setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &isOnly, size)
            }
            // SAFETY: the kernel reads `byteCount` bytes, all of which are lent for the call.
            let status = address.withSocketAddressPointer { pointer, byteCount in
                unsafe Glibc::bind(descriptor, pointer, byteCount)
            }
            guard status == 0 else { throw SystemError.last(.bind) }
            guard listen(descriptor, Int32(AdminLimits.connectionsMax)) == 0 else {
                throw SystemError.last(.listen)
            }
            return (descriptor, .network(try SocketAddress.local(of: descriptor)))
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Only the owner may connect. A socket that nobody listens on any more is replaced.
    private static func open(path: String) throws(SystemError) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // SAFETY: the path is shorter than the room, which begins as zeros.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
            unsafe room.copyBytes(from: path.utf8)
        }
        let descriptor = try socket(of: AF_UNIX)
        do throws(SystemError) {
            let mask = umask(0o177)
            defer { umask(mask) }
            var status = bind(descriptor, to: address)
            if status != 0, errno == EADDRINUSE, isAbandoned(address, at: path) {
                // SAFETY: the call reads the path, which outlives it.
                _ = unsafe unlink(path)
                status = bind(descriptor, to: address)
            }
            guard status == 0 else { throw SystemError.last(.bind) }
            guard listen(descriptor, Int32(AdminLimits.connectionsMax)) == 0 else {
                throw SystemError.last(.listen)
            }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func socket(of family: Int32) throws(SystemError) -> Int32 {
        let kind =
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
            | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc::socket(family, kind, 0)
        guard descriptor >= 0 else { throw SystemError.last(.socket) }
        return descriptor
    }

    private static func bind(_ descriptor: Int32, to address: sockaddr_un) -> Int32 {
        // SAFETY: the address lives through the call.
        withPointer(to: address) { unsafe Glibc::bind(descriptor, $0, $1) }
    }

    /// Whether the path is a socket that refuses to be connected to. Files of any other kind refuse too.
    private static func isAbandoned(_ address: sockaddr_un, at path: String) -> Bool {
        var file = stat()
        // SAFETY: the call reads the path and writes one stat, both of which outlive it.
        guard unsafe lstat(path, &file) == 0, file.st_mode & S_IFMT == S_IFSOCK else {
            return false
        }
        guard let probe = try? socket(of: AF_UNIX) else { return false }
        defer { close(probe) }
        // SAFETY: the address lives through the call.
        let status = withPointer(to: address) { unsafe Glibc::connect(probe, $0, $1) }
        return status != 0 && errno == ECONNREFUSED
    }

    @safe
    private static func withPointer(
        to address: sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = address
        // SAFETY: every sockaddr begins with the fields of `sockaddr`; the length says how much is there.
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe body(generic, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
