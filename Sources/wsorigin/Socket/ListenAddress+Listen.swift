internal import Glibc

extension ListenAddress {
    /// A socket that listens there, and does not block.
    func listen() throws(SystemError) -> Descriptor {
        let purpose = "listen on \(self)"
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(isIPv6 ? AF_INET6 : AF_INET, type, 0)
        guard number >= 0 else { throw SystemError(purpose) }
        let descriptor = Descriptor(owning: number)
        var on: Int32 = 1
        // SAFETY: the option is an Int32 and its size says so.
        unsafe setsockopt(
            number, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard bind(number), Glibc::listen(number, 4096) == 0 else { throw SystemError(purpose) }
        return descriptor
    }

    /// The port of a listening socket, which the system chose if ``port`` is 0.
    static func port(of descriptor: Int32) -> UInt16 {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        // SAFETY: sockaddr_storage is large and aligned enough for every family.
        unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            let address = unsafe bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            _ = unsafe getsockname(descriptor, address, &size)
        }
        // The port lies at the same place in the addresses of both families.
        return unsafe withUnsafeBytes(of: storage) { bytes in
            unsafe UInt16(bytes[2]) << 8 | UInt16(bytes[3])
        }
    }

    private func bind(_ descriptor: Int32) -> Bool {
        if var address = ipv6(), isIPv6 { return Self.bind(descriptor, &address) }
        if var address = ipv4() { return Self.bind(descriptor, &address) }
        return false
    }

    private static func bind<Address>(_ descriptor: Int32, _ address: inout Address) -> Bool {
        // SAFETY: the pointer is to a whole address of the family, and the size is its own.
        unsafe withUnsafeBytes(of: &address) { bytes in
            let pointer = unsafe bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            return unsafe Glibc::bind(descriptor, pointer, socklen_t(bytes.count)) == 0
        }
    }
}
