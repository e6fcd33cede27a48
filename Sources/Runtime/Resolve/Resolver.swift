/// Keeps the addresses of all names that the tables in use name as endpoints.
///
/// Belongs to the control thread. c-ares is not even started while every endpoint is an address
/// literal.
package final class Resolver {
    /// What has changed.
    package enum Notice: Equatable, Sendable {
        /// For the workers: these replace all earlier ones.
        case addresses(EndpointName, [SocketAddress])
        /// For the workers: there are none and never were.
        case failure(EndpointName, ResolveFailure)
        /// For the log, once until it works again: a name can't be resolved.
        case nameFailed(String, ResolveFailure)
        /// For the log: a name that failed has been resolved.
        case nameRecovered(String)
    }

    private struct User {
        let endpoint: EndpointName
        let port: UInt16
    }

    private struct Name {
        let text: String
        var resolution: NameResolution
        var users: [User]

        /// A name without users is not asked for.
        func isDue(now: UInt64) -> Bool {
            guard !users.isEmpty, let due = resolution.dueMilliseconds else { return false }
            return due <= now
        }

        func isPartsDue(now: UInt64) -> Bool {
            guard !users.isEmpty, let due = resolution.partsDueMilliseconds else { return false }
            return due <= now
        }
    }

    private var names: [Name] = []
    private var indices: [String: Int] = [:]
    private var endpoints: [EndpointName: Int] = [:]
    private var channel: NameChannel?
    private var notices: [Notice] = []
    private let servers: String?

    /// - Parameter servers: Name servers with ports, separated by commas; nil for those of the
    ///   machine.
    package init(servers: String? = nil) { self.servers = servers }

    /// What to watch for reading; nil while c-ares is not started. Another one after
    /// ``reopen(now:)``.
    package var descriptor: Int32? { channel?.descriptor }

    /// Starts to keep the addresses of an endpoint. What is known already is told at once.
    ///
    /// - Throws: ``SystemError`` if c-ares could not be started.
    package func add(
        _ endpoint: EndpointName, host: String, port: UInt16, now: UInt64
    ) throws(SystemError) {
        if channel == nil { channel = try NameChannel(servers: servers) }
        let user = User(endpoint: endpoint, port: port)
        guard let index = indices[host] else {
            indices[host] = names.count
            endpoints[endpoint] = names.count
            names.append(
                Name(text: host, resolution: NameResolution(now: now), users: [user]))
            return
        }
        endpoints[endpoint] = index
        names[index].users.append(user)
        let resolution = names[index].resolution
        if !resolution.addresses.isEmpty {
            tell(user, .addresses(resolution.addresses))
        } else if let failure = resolution.failure {
            tell(user, .failure(failure))
        }
    }

    /// Forgets the endpoints of a generation. Names that only they used are not asked for any
    /// longer.
    package func remove(generation number: UInt32) {
        for index in names.indices {
            names[index].users.removeAll { $0.endpoint.generation == number }
        }
        endpoints = endpoints.filter { $0.key.generation != number }
        // A query under way comes back with the place of its name, so places never change; the name
        // itself costs next to nothing, and is taken up again if a table names it once more.
    }

    /// Reads the machine's list of name servers anew. What is known stays.
    package func reopen(now: UInt64) {
        // Without descriptors the old channel is better than none.
        guard channel != nil, let fresh = try? NameChannel(servers: servers) else { return }
        channel = fresh
        for index in names.indices { names[index].resolution.abandoned(now: now) }
    }

    /// The addresses of an endpoint do not work: asks again soon.
    package func doubt(_ endpoint: EndpointName, now: UInt64) {
        guard let index = endpoints[endpoint] else { return }
        names[index].resolution.doubted(now: now)
    }

    /// Does all that is due. Call it when ``descriptor`` is readable and when
    /// ``sleepMilliseconds(now:)`` has passed.
    ///
    /// - Returns: What the workers are to be told since the last call.
    package func advance(now: UInt64) -> [Notice] {
        guard let channel else { return [] }
        channel.process()
        for index in names.indices where names[index].isDue(now: now) {
            names[index].resolution.asked(now: now)
            channel.ask(names[index].text, id: index)
        }
        for index in names.indices where names[index].isPartsDue(now: now) {
            names[index].resolution.askedForParts()
            channel.ask(names[index].text, .ipv4, id: index)
            channel.ask(names[index].text, .ipv6, id: index)
        }
        for answer in channel.takeAnswers() { handle(answer, now: now) }
        defer { notices = [] }
        return notices
    }

    /// Time until ``advance(now:)`` must be called even if nothing is readable; nil if nothing is
    /// due.
    package func sleepMilliseconds(now: UInt64) -> Int32? {
        guard let channel else { return nil }
        var sleep = channel.sleepMilliseconds ?? .max
        if !notices.isEmpty { sleep = 0 }
        for name in names {
            let resolution = name.resolution
            guard !name.users.isEmpty,
                let due = resolution.dueMilliseconds ?? resolution.partsDueMilliseconds
            else { continue }
            sleep = min(sleep, due > now ? Int32(clamping: due - now) : 0)
        }
        return sleep == .max ? nil : sleep
    }

    private func handle(_ answer: NameAnswer, now: UInt64) {
        guard answer.families == .both else { return handlePart(answer) }
        let hadFailed = names[answer.id].resolution.failure != nil
        let change =
            switch answer.outcome {
            case .addresses(let addresses, let ttlSeconds):
                names[answer.id].resolution.answered(addresses, ttlSeconds: ttlSeconds, now: now)
            case .failure(let reason):
                names[answer.id].resolution.failed(reason, now: now)
            }
        for user in names[answer.id].users { tell(user, change) }
        switch (hadFailed, names[answer.id].resolution.failure) {
        case (false, let failure?): notices.append(.nameFailed(names[answer.id].text, failure))
        case (true, nil): notices.append(.nameRecovered(names[answer.id].text))
        case (true, _?), (false, nil): break
        }
    }

    /// What fails in part is told by the whole.
    private func handlePart(_ answer: NameAnswer) {
        guard case .addresses(let addresses, _) = answer.outcome else { return }
        let change = names[answer.id].resolution.answeredInPart(addresses)
        for user in names[answer.id].users { tell(user, change) }
    }

    private func tell(_ user: User, _ change: NameResolution.Change) {
        switch change {
        case .none: break
        case .addresses(let addresses):
            let alternating = SocketAddress.alternating(addresses)
            notices.append(.addresses(user.endpoint, alternating.map { $0.with(port: user.port) }))
        case .failure(let reason):
            notices.append(.failure(user.endpoint, reason))
        }
    }
}
