import CLinux
import Glibc

/// An epoll instance. All sockets are edge-triggered and registered once, for what they bring; one that did
/// not take all it was given is watched for room to write as well, from then on until it is closed.
@safe
struct Poller: ~Copyable {
    /// What the kernel says about one descriptor.
    struct Event {
        let data: UInt64
        let mask: UInt32

        /// There may be something to read, an end of stream or an error included.
        var isReadable: Bool {
            mask & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue)
                != 0
        }
        /// The socket may take bytes, or report why not.
        var isWritable: Bool {
            mask & (EPOLLOUT.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0
        }
        /// The peer will send nothing more.
        var isEnd: Bool {
            mask & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0
        }
        /// Both directions are gone.
        var isBroken: Bool { mask & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 }
        /// The peer has reset the connection.
        var isReset: Bool { mask & EPOLLERR.rawValue != 0 }
    }

    private static let input = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
    private static let inputAndOutput = input | EPOLLOUT.rawValue

    private let descriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    private var eventCount = 0

    init() throws(SystemError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError.last(.epoll) }
        // SAFETY: initialised before use by epoll_wait, which says how many it wrote.
        unsafe events = UnsafeMutablePointer<epoll_event>.allocate(
            capacity: Limits.eventsPerTurnMax)
        unsafe events.initialize(repeating: epoll_event(), count: Limits.eventsPerTurnMax)
    }

    deinit {
        close(descriptor)
        unsafe events.deallocate()
    }

    /// Watches a socket, edge-triggered: for what it brings, and if `output` says so for room to write.
    func add(_ fd: Int32, data: UInt64, output: Bool) throws(SystemError) {
        try add(fd, data: data, mask: output ? Self.inputAndOutput : Self.input)
    }

    /// Watches a socket for room to write as well. If there is some already, the next wait says so.
    func addOutput(_ fd: Int32, data: UInt64) {
        let isChanged = control(EPOLL_CTL_MOD, fd, data: data, mask: Self.inputAndOutput)
        precondition(isChanged, "epoll_ctl: errno \(errno) means a bug here")
    }

    /// Watches a listener or a wake-up descriptor for input, level-triggered.
    func addInput(_ fd: Int32, data: UInt64) throws(SystemError) {
        try add(fd, data: data, mask: EPOLLIN.rawValue)
    }

    /// Watches such a descriptor no longer, or again; one that is not known stays so. If it is readable by then, the
    /// next wait says so.
    func watchInput(_ fd: Int32, data: UInt64, _ isWatched: Bool) {
        let mask = isWatched ? EPOLLIN.rawValue : 0
        let isChanged = control(EPOLL_CTL_MOD, fd, data: data, mask: mask)
        precondition(isChanged || errno == ENOENT, "epoll_ctl: errno \(errno) means a bug here")
    }

    private func add(_ fd: Int32, data: UInt64, mask: UInt32) throws(SystemError) {
        guard control(EPOLL_CTL_ADD, fd, data: data, mask: mask) else {
            throw SystemError.last(.epoll)
        }
    }

    /// - Returns: Whether it is done; if not, `errno` says why.
    private func control(_ operation: Int32, _ fd: Int32, data: UInt64, mask: UInt32) -> Bool {
        // SAFETY: the union holds plain data; the kernel copies the event before the call returns.
        var event = unsafe epoll_event(events: mask, data: epoll_data_t(u64: data))
        return unsafe epoll_ctl(descriptor, operation, fd, &event) == 0
    }

    /// Forgets a descriptor that lives on. Closing one makes the kernel forget it by itself.
    func remove(_ fd: Int32) {
        // SAFETY: the event is ignored by the kernel.
        var event = unsafe epoll_event()
        _ = unsafe epoll_ctl(descriptor, EPOLL_CTL_DEL, fd, &event)
    }

    /// Waits until something happens.
    ///
    /// - Parameter milliseconds: Longest wait; nil for as long as it takes.
    /// - Returns: Number of events, for ``event(at:)``.
    mutating func wait(milliseconds: UInt64?) -> Int {
        let timeout = milliseconds.map { Int32(clamping: $0) } ?? -1
        // SAFETY: the array has room for the number of events that is passed.
        let result = unsafe epoll_wait(
            descriptor, events, Int32(Limits.eventsPerTurnMax), timeout)
        if result < 0 {
            precondition(errno == EINTR, "epoll_wait: errno \(errno) means a bug here")
        }
        eventCount = max(0, Int(result))
        return eventCount
    }

    /// One of the events of the last ``wait(milliseconds:)``.
    func event(at index: Int) -> Event {
        precondition(index >= 0 && index < eventCount, "event \(index) of \(eventCount)")
        // SAFETY: checked above.
        let event = unsafe events[index]
        return unsafe Event(data: event.data.u64, mask: event.events)
    }
}
