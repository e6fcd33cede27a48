internal import CAres
internal import CLinux
internal import Glibc

/// Queries to the name servers of this machine, through c-ares, without waiting.
///
/// Belongs to one thread. ``descriptor`` is readable when ``process()`` has something to do.
@safe
package final class NameChannel {
    /// How long a server has for its first answer; c-ares doubles it each round.
    private static let timeoutMilliseconds: Int32 = 1000
    /// Rounds through all servers: an answer or a failure comes within seven seconds of one server.
    private static let roundsMax: Int32 = 3

    private let channel: ares_channel
    /// An epoll instance that watches the sockets which c-ares opens and closes.
    package let descriptor: Int32
    private var finished: [NameAnswer] = []
    /// Whether c-ares is being asked right now: what finishes meanwhile needed no name server.
    private var isAsking = false

    /// - Parameter servers: Addresses with ports, separated by commas; nil for those of the
    ///   machine.
    /// - Throws: ``SystemError`` if there are no descriptors or no memory.
    package init(servers: String? = nil) throws(SystemError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError.last(.epoll) }
        // SAFETY: a plain structure, all zero; c-ares reads only the fields that `mask` names.
        var options = unsafe ares_options()
        unsafe options.timeout = Self.timeoutMilliseconds
        unsafe options.tries = Self.roundsMax
        // SAFETY: the callback is given the descriptor itself in place of a pointer, and reads no
        // memory.
        unsafe options.sock_state_cb_data = UnsafeMutableRawPointer(bitPattern: Int(descriptor))
        unsafe options.sock_state_cb = { poll, socket, readable, writable in
            NameChannel.watch(
                socket, by: Int32(truncatingIfNeeded: Int(bitPattern: poll)),
                reading: readable != 0, writing: writable != 0)
        }
        let mask = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB
        var created: ares_channel?
        ares_library_init(ARES_LIB_INIT_ALL)
        // SAFETY: both live on this frame; c-ares copies the options and hands over a channel of
        // its own.
        guard unsafe ares_init_options(&created, &options, mask) == ARES_SUCCESS,
            let channel = unsafe created
        else {
            close(descriptor)
            throw SystemError(.socket, ENOMEM)
        }
        unsafe self.channel = channel
        if let servers { _ = unsafe ares_set_servers_ports_csv(channel, servers) }
    }

    deinit {
        // Ends all queries; their callbacks see ARES_EDESTRUCTION and leave the channel alone.
        unsafe ares_destroy(channel)
        close(descriptor)
    }

    /// Begins a query for addresses of a name. The hosts file is looked at first: the machine's, or the
    /// one that `CARES_HOSTS` names.
    ///
    /// - Parameter id: Comes back with the answer.
    package func ask(_ name: String, _ families: NameAnswer.Families = .both, id: Int) {
        var hints = ares_addrinfo_hints()
        hints.ai_flags = ARES_AI_ENVHOSTS
        hints.ai_family =
            switch families {
            case .both: AF_UNSPEC
            case .ipv4: AF_INET
            case .ipv6: AF_INET6
            }
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        let query = Query(id: id, families, channel: self)
        isAsking = true
        // SAFETY: c-ares calls back exactly once, perhaps before this returns; there the query is
        // released.
        unsafe ares_getaddrinfo(
            channel, name, nil, &hints,
            { query, status, _, result in
                guard let query = unsafe query else { return }
                let owner = unsafe Unmanaged<Query>.fromOpaque(query).takeRetainedValue()
                unsafe owner.finish(status, result)
            }, Unmanaged.passRetained(query).toOpaque())
        isAsking = false
    }

    /// Reads and writes what is ready, and gives up on what has waited too long.
    package func process() {
        var events = [clinux_event](repeating: clinux_event(), count: 16)
        // SAFETY: the array has as many events as it is said to have.
        let count = unsafe clinux_epoll_wait(descriptor, &events, Int32(events.count), 0)
        for event in events.prefix(max(0, Int(count))) {
            let socket = Int32(truncatingIfNeeded: event.data)
            let isReadable = event.events & ~EPOLLOUT.rawValue != 0
            let isWritable = event.events & EPOLLOUT.rawValue != 0
            // SAFETY: the channel lives as long as this object, and only its own thread calls it.
            unsafe ares_process_fd(
                channel, isReadable ? socket : ARES_SOCKET_BAD,
                isWritable ? socket : ARES_SOCKET_BAD)
        }
        unsafe ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD)
    }

    /// Time until ``process()`` must be called even if nothing is readable; nil if no query is
    /// under way.
    package var sleepMilliseconds: Int32? {
        var room = timeval()
        // SAFETY: the result points to `room` or is nil.
        guard unsafe ares_timeout(channel, nil, &room) != nil else { return nil }
        // One more, as what is left of a millisecond would make the loop spin.
        return Int32(clamping: Int(room.tv_sec) * 1000 + Int(room.tv_usec) / 1000 + 1)
    }

    /// Takes the answers that have come since the last call.
    package func takeAnswers() -> [NameAnswer] {
        defer { finished = [] }
        return finished
    }

    fileprivate func finish(_ answer: NameAnswer) { finished.append(answer) }

    fileprivate var needsNoServer: Bool { isAsking }

    private static func watch(_ socket: Int32, by poll: Int32, reading: Bool, writing: Bool) {
        let events = (reading ? EPOLLIN.rawValue : 0) | (writing ? EPOLLOUT.rawValue : 0)
        let data = UInt64(UInt32(bitPattern: socket))
        if events == 0 {
            _ = clinux_epoll_control(poll, EPOLL_CTL_DEL, socket, 0, data)
        } else if clinux_epoll_control(poll, EPOLL_CTL_MOD, socket, events, data) != 0 {
            _ = clinux_epoll_control(poll, EPOLL_CTL_ADD, socket, events, data)
        }
    }
}

/// What c-ares hands back with an answer. Does not keep the channel: destroying it ends all
/// queries.
private final class Query {
    private let id: Int
    private let families: NameAnswer.Families
    // tidy: allow weak because it is counted once a query, and never for a request.
    private unowned let channel: NameChannel

    init(id: Int, _ families: NameAnswer.Families, channel: NameChannel) {
        self.id = id
        self.families = families
        self.channel = channel
    }

    /// - Parameter result: Ours to free.
    @unsafe
    func finish(_ status: Int32, _ result: UnsafeMutablePointer<ares_addrinfo>?) {
        // SAFETY: c-ares hands the result over with the call; nothing below keeps a pointer into
        // it.
        defer { if let result = unsafe result { unsafe ares_freeaddrinfo(result) } }
        guard status != ARES_EDESTRUCTION else { return }
        guard status == ARES_SUCCESS else {
            return finish(.failure(ResolveFailure(status: status)))
        }
        var addresses: [SocketAddress] = []
        var ttlSeconds = UInt32.max
        // SAFETY: c-ares links nodes, each with an address of the length that it says; the result is
        // freed when this returns.
        var next = unsafe result?.pointee.nodes
        while let node = unsafe next {
            unsafe next = node.pointee.ai_next
            guard let pointer = unsafe node.pointee.ai_addr,
                let address = unsafe SocketAddress(pointer, byteCount: node.pointee.ai_addrlen)
            else { continue }
            if !addresses.contains(address.with(port: 0)) {
                addresses.append(address.with(port: 0))
            }
            ttlSeconds = unsafe min(ttlSeconds, UInt32(clamping: node.pointee.ai_ttl))
        }
        guard !addresses.isEmpty else { return finish(.failure(.noAddresses)) }
        let ttl = channel.needsNoServer ? nil : ttlSeconds
        finish(.addresses(addresses, ttlSeconds: ttl))
    }

    private func finish(_ outcome: NameAnswer.Outcome) {
        channel.finish(NameAnswer(id: id, families: families, outcome: outcome))
    }
}

extension ResolveFailure {
    fileprivate init(status: Int32) {
        switch status {
        case ARES_ENOTFOUND: self = .noSuchName
        case ARES_ENODATA: self = .noAddresses
        case ARES_ETIMEOUT: self = .timedOut
        // The second is what c-ares says when the last server has failed in whatever way.
        case ARES_ESERVFAIL, ARES_ECONNREFUSED, ARES_EBADRESP, ARES_EFORMERR, ARES_ENOTIMP:
            self = .serverFailed
        case ARES_EREFUSED: self = .refused
        case ARES_EBADNAME: self = .invalidName
        default: self = .other
        }
    }
}
