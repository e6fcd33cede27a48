internal import CLinux

/// An epoll instance.
@safe
struct Poller: ~Copyable {
    private static let batchCount = 256

    private let descriptor: Descriptor
    private var events: [epoll_event]

    init() throws(SystemError) {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw SystemError("watch sockets") }
        descriptor = Descriptor(owning: number)
        // SAFETY: a zeroed event is a valid one.
        unsafe events = [epoll_event](repeating: epoll_event(), count: Self.batchCount)
    }

    /// - Parameter token: Comes back with each event.
    func add(_ number: Int32, _ interest: EpollEvents, token: UInt64) throws(SystemError) {
        try control(EPOLL_CTL_ADD, number, interest, token: token)
    }

    func change(_ number: Int32, _ interest: EpollEvents, token: UInt64) throws(SystemError) {
        try control(EPOLL_CTL_MOD, number, interest, token: token)
    }

    /// Waits until something happens.
    ///
    /// - Parameter timeoutMilliseconds: -1 waits without end.
    /// - Returns: The tokens of the sockets on which it happened.
    mutating func wait(timeoutMilliseconds: Int32) -> [UInt64] {
        // SAFETY: the kernel writes at most as many events as there is room for.
        let count = unsafe epoll_wait(
            descriptor.number, &events, Int32(Self.batchCount), timeoutMilliseconds)
        // SAFETY: the token was stored as `u64`, so that is the member to read.
        return (0..<max(0, Int(count))).map { unsafe events[$0].data.u64 }
    }

    private func control(
        _ operation: Int32, _ number: Int32, _ interest: EpollEvents, token: UInt64
    ) throws(SystemError) {
        // SAFETY: plain data, which the kernel copies within the call.
        var event = unsafe epoll_event()
        unsafe event.events = interest.rawValue
        unsafe event.data.u64 = token
        guard unsafe epoll_ctl(descriptor.number, operation, number, &event) == 0 else {
            throw SystemError("watch a socket")
        }
    }
}
