internal import CLinux
internal import Glibc
internal import RouteTable

/// The control thread: signals, reload, names, and the life of the workers.
final class ControlLoop {
    /// How the loop ended.
    struct End {
        let exitStatus: Int32
        /// Workers are still running.
        let leavesThreads: Bool
    }

    enum Phase {
        case serving
        /// Workers end by themselves; at the deadline those that have not are told to stop.
        /// `wasSignalled`: a signal has come, so that another one ends at once.
        case draining(deadlineMilliseconds: UInt64, wasSignalled: Bool)
        /// Told to close everything; whoever has not by the deadline is left behind.
        case stopping(deadlineMilliseconds: UInt64)
        case ended(leavesThreads: Bool)
    }

    /// What an epoll event is about.
    private enum Readiness: UInt64 {
        case signal, mailbox, names, admin
    }

    let options: ProxyOptions
    let ticketKeys: TLSTicketKeys
    let logs: Logs
    let metrics: MetricsRegistry
    var generations: GenerationList
    /// When it is tried again to copy a table that somebody waits to write to.
    var givesWayAgainAt: UInt64?
    var listeners: ListenerSet
    var workers: WorkerTeam
    var resolver = Resolver()
    var phase = Phase.serving
    var exitStatus: Int32 = 0
    /// nil unless the command line asks for it.
    private(set) var admin: AdminServer?
    /// When those who follow the admin listener's events get the next one.
    var nextSnapshot: UInt64 = 0
    /// Questions to the workers about connections, by number.
    var inquiries: [UInt64: ConnectionInquiry] = [:]
    var inquiryNumber: UInt64 = 0
    /// Lists of connections that are being written.
    var lists: [ConnectionList] = []
    var alerts = AlertBoard()
    /// What is to be told of alerts.
    var notices = NoticeQueue()
    /// By the name of the alert.
    var noticeCounts: [String: NoticeCounts] = [:]
    var noticeRandom = RandomBits(
        seed: Clock.monotonicMicroseconds() ^ UInt64(LogTime.nowMilliseconds()) &<< 20)
    /// What names this proxy to others.
    let instance = AlertNotice.instanceName()
    var logThreads: [PosixThread] = []
    var snapshot: AdminSnapshot
    var reloadCounts: (adopted: UInt64, refused: UInt64) = (0, 0)
    /// Endpoints that the health checks have found to be down.
    var downEndpoints: Set<MetricEndpoint> = []
    /// When the process began, on the monotonic clock and since 1970.
    let startedAt = Clock.monotonicMilliseconds()
    let startMilliseconds = UInt64(clamping: LogTime.nowMilliseconds())
    private let mailbox: ControlMailbox
    private let poll: Int32
    /// Workers that have said that they run.
    private var startedCount = 0
    /// The resolver's descriptor once it is watched.
    private var watchedNames: Int32?

    /// Opens the listeners and makes the workers.
    ///
    /// - Throws: ``StartupError`` if an address can't be had.
    init(
        _ generation: TableGeneration, _ options: ProxyOptions, _ ticketKeys: TLSTicketKeys,
        _ logs: Logs, descriptorCountMax: UInt64
    ) throws(StartupError) {
        let workerCount =
            options.workerCount
            ?? generation.workerCount(coreCount: Int(clinux_usable_core_count()))
        try Self.checkAddressSpace(workerCount: workerCount, descriptorCountMax)
        let metrics = MetricsRegistry(workerCount: workerCount)
        self.metrics = metrics
        snapshot = AdminSnapshot(metrics)
        var listeners = ListenerSet(workerCount: workerCount)
        let assigned = try listeners.change(
            to: try ListenerRole.all(for: generation, replacedBy: options.listen))
        do throws(SystemError) {
            let mailbox = ControlMailbox(wakeup: try WakeupDescriptor())
            workers = try WorkerTeam(
                listeners: assigned, generation: generation, control: mailbox, logs: logs,
                registry: metrics, descriptorCountMax: descriptorCountMax)
            poll = epoll_create1(Int32(EPOLL_CLOEXEC))
            guard poll >= 0 else { throw SystemError.last(.epoll) }
            self.mailbox = mailbox
        } catch {
            throw StartupError(starting: error)
        }
        self.options = options
        self.ticketKeys = ticketKeys
        self.logs = logs
        generations = GenerationList(generation, workerCount: workers.count, metrics)
        self.listeners = listeners
        try openLogs(of: generation, waitingForReaders: true)
        try openAdmin()
    }

    /// What workers reserve is known beforehand, so that there is something to say if it can't be had. Their stacks
    /// and what is allocated come on top of it.
    private static func checkAddressSpace(
        workerCount: Int, _ descriptorCountMax: UInt64
    ) throws(StartupError) {
        let byteCount =
            workerCount * WorkerLoop.reservedByteCount(descriptorCountMax: descriptorCountMax)
        guard !clinux_can_reserve(byteCount) else { return }
        throw StartupError(
            "cannot start: \(byteCount >> 20) MiB of address space can't be had for"
                + " \(workerCount) workers with \(descriptorCountMax) descriptors; allow more"
                + " (ulimit -v, LimitAS=), or fewer of these (--workers, ulimit -n)")
    }

    private func openAdmin() throws(StartupError) {
        guard let address = options.admin else { return }
        var token: AdminToken?
        if let path = options.adminTokenPath { token = try AdminToken(path: path) }
        let admin = try AdminServer(on: address, token: token, poll: poll)
        watch(admin.descriptor, for: .admin)
        self.admin = admin
    }

    deinit { close(poll) }

    /// The one that new requests are matched against.
    var generation: TableGeneration { generations.latest }

    /// Starts the workers. The proxy is ready once each of them has said that it runs.
    ///
    /// - Throws: ``StartupError`` if the system has no more threads.
    func start() throws(StartupError) {
        do throws(SystemError) {
            try workers.start()
        } catch {
            throw StartupError(starting: error)
        }
        logNotices(of: generation)
        keepNames(of: generation)
        logOverrides(of: generation)
        adoptAlerts(now: Clock.monotonicMilliseconds())
    }

    /// Says which variables of the environment go before the table.
    func logOverrides(of generation: TableGeneration) {
        for name in generation.overridingVariables {
            logs.events.write(.notice, "environment.overrides", .text("variable", name))
        }
    }

    /// Whether new clients are welcome: all workers run, and no end has begun. What a load balancer
    /// asks for.
    var isReady: Bool {
        if case .serving = phase { startedCount == workers.count } else { false }
    }

    /// Counts a worker that runs; says that the proxy is ready when it is the last one.
    func noteStarted() {
        startedCount += 1
        guard startedCount == workers.count else { return }
        let addresses = listeners.boundAddresses.map(\.description).joined(separator: ",")
        let digest = generation.table.digestText
        let line = Array(
            ("wsproxy ready table=\(digest) routes=\(generation.table.routeCount)"
                + (admin.map { " admin=\($0.address.description)" } ?? "")
                + " listeners=\(addresses) workers=\(workers.count)\n").utf8)
        // SAFETY: bytes are plain data; the array outlives the span.
        unsafe logs.access.append(line.span.bytes, isUrgent: true)
        // Two thirds of the code that was needed to get here are not needed to serve.
        clinux_release_code()
    }

    /// Runs until the process is to end.
    func run(_ signals: borrowing SignalDescriptor) -> End {
        watch(signals.descriptor, for: .signal)
        watch(mailbox.descriptor, for: .mailbox)
        var events = [clinux_event](repeating: clinux_event(), count: 8)
        var batch: [ControlMessage] = []
        while true {
            if case .ended(let leavesThreads) = phase {
                return End(exitStatus: exitStatus, leavesThreads: leavesThreads)
            }
            // SAFETY: the array has as many events as it is said to have.
            let count = unsafe clinux_epoll_wait(
                poll, &events, Int32(events.count), sleepMilliseconds())
            let now = Clock.monotonicMilliseconds()
            // Workers that have ended at the deadline say so at the same moment.
            checkDeadline(now: now)
            for event in events.prefix(max(0, Int(count))) {
                switch Readiness(rawValue: event.data) {
                case .signal:
                    while let signal = signals.next() { handle(signal, now: now) }
                case .mailbox:
                    mailbox.drain(into: &batch)
                    for message in batch { handle(message, now: now) }
                    batch.removeAll(keepingCapacity: true)
                case .names: break
                case .admin: admin?.acceptClients(now: now)
                case nil: serveAdmin(ConnectionToken(eventData: event.data), now: now)
                }
            }
            continueAdmin(now: now)
            watchAlerts(now: now)
            sendNotices(now: now)
            forwardNames(now: now)
        }
    }

    private func watch(_ descriptor: Int32, for readiness: Readiness) {
        let status = clinux_epoll_control(
            poll, EPOLL_CTL_ADD, descriptor, EPOLLIN.rawValue, readiness.rawValue)
        precondition(status == 0, "epoll refuses a descriptor of our own")
    }

    private func sleepMilliseconds() -> Int32 {
        let now = Clock.monotonicMilliseconds()
        var sleep = resolver.sleepMilliseconds(now: now) ?? .max
        if let milliseconds = adminSleepMilliseconds(now: now) {
            sleep = min(sleep, Int32(clamping: milliseconds))
        }
        switch phase {
        case .draining(let deadline, _), .stopping(let deadline):
            sleep = min(sleep, deadline > now ? Int32(clamping: deadline - now) : 0)
        case .serving: break
        case .ended: sleep = 0
        }
        if let due = givesWayAgainAt {
            sleep = min(sleep, due > now ? Int32(clamping: due - now) : 0)
        }
        if let due = alerts.due {
            sleep = min(sleep, due > now ? Int32(clamping: due - now) : 0)
        }
        if let due = notices.due {
            sleep = min(sleep, due > now ? Int32(clamping: due - now) : 0)
        }
        if let rotation = ticketKeys.advance(to: now) {
            sleep = min(sleep, Int32(clamping: rotation))
        }
        return sleep == .max ? -1 : sleep
    }

    /// Passes on what has become known about names.
    private func forwardNames(now: UInt64) {
        for notice in resolver.advance(now: now) {
            switch notice {
            case .addresses(let endpoint, let addresses):
                workers.post(.addresses(endpoint, addresses))
            case .failure(let endpoint, let failure):
                workers.post(.addressesFailed(endpoint, failure))
            case .nameFailed(let name, let failure):
                logs.events.write(
                    .warning, "name.failed", .text("name", name), .word("reason", failure.reason))
            case .nameRecovered(let name):
                logs.events.write(.notice, "name.recovered", .text("name", name))
            }
        }
        if let descriptor = resolver.descriptor, descriptor != watchedNames {
            // An earlier one was closed, which ended its watch.
            watch(descriptor, for: .names)
            watchedNames = descriptor
        }
    }
}
