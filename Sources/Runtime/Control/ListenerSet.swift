/// Which listeners are open, and what changes from one generation to the next.
///
/// The sockets themselves belong to the workers; closing one is dropping it there.
package struct ListenerSet: Sendable {
    private struct Entry: Sendable {
        let id: UInt32
        /// As asked for: the key by which a later generation finds it again.
        let requested: SocketAddress
        let bound: SocketAddress
    }

    private var entries: [Entry] = []
    private var nextID: UInt32 = 0
    private let workerCount: Int

    package init(workerCount: Int) { self.workerCount = workerCount }

    /// With the ports that the kernel chose, in the order of the table.
    package var boundAddresses: [SocketAddress] { entries.map(\.bound) }

    /// Opens what is new and forgets what is no longer asked for.
    ///
    /// - Returns: The listeners of each worker.
    /// - Throws: ``StartupError`` naming the first address that can't be had. Nothing has changed
    ///   then.
    package mutating func change(to roles: [ListenerRole]) throws(StartupError)
        -> [[WorkerListener]]
    {
        try Self.checkDistinct(roles)
        var listeners = [[WorkerListener]](repeating: [], count: workerCount)
        var unused = entries
        var changed: [Entry] = []
        var nextID = nextID
        for role in roles {
            let entry: Entry
            var sockets: [WorkerListenerSocket?]
            if let place = unused.firstIndex(where: { $0.requested == role.address }) {
                entry = unused.remove(at: place)
                sockets = Array(repeating: nil, count: workerCount)
            } else {
                let opened = try open(role.address)
                sockets = opened
                entry = Entry(
                    id: nextID, requested: role.address, bound: opened[0].socket.address)
                nextID += 1
            }
            changed.append(entry)
            for worker in 0..<workerCount {
                listeners[worker].append(
                    WorkerListener(
                        id: entry.id, socket: sockets[worker],
                        configPort: role.configPort ?? entry.bound.port, tls: role.tls,
                        acceptsProxyProtocol: role.acceptsProxyProtocol))
            }
        }
        entries = changed
        self.nextID = nextID
        return listeners
    }

    private static func checkDistinct(_ roles: [ListenerRole]) throws(StartupError) {
        var addresses: Set<SocketAddress> = []
        for role in roles where role.address.port != 0 {
            guard addresses.insert(role.address).inserted else {
                throw StartupError("the listener \(role.address.description) is there twice")
            }
        }
    }

    /// One socket a worker, all on the same port.
    private func open(_ address: SocketAddress) throws(StartupError) -> [WorkerListenerSocket] {
        do throws(SystemError) {
            // Next to a listener of our own on the same port the check would find ourselves.
            if !entries.contains(where: { $0.bound.port == address.port }) {
                try ListeningSocket.checkUnused(address)
            }
            let first = WorkerListenerSocket(try ListeningSocket(binding: address))
            var sockets = [first]
            let shared = address.with(port: first.socket.address.port)
            while sockets.count < workerCount {
                sockets.append(WorkerListenerSocket(try ListeningSocket(binding: shared)))
            }
            return sockets
        } catch {
            throw StartupError("cannot listen on \(address.description): \(error.description)")
        }
    }
}
