package import RouteTable

/// A table with everything that is made from it once, off the workers. Immutable.
///
/// Workers and the control thread hold it strongly; the last one to let go unmaps the table.
package final class TableGeneration: Sendable {
    /// Counted from 1 in this process.
    package let number: UInt32
    package let table: LoadedTable
    package let settings: RuntimeSettings
    package let services: [ServiceDescription]
    package let listeners: [ListenerDescription]
    /// How to speak TLS to each service: same places as in ``services``; nil where no endpoint uses
    /// TLS.
    package let upstreamTLS: [UpstreamTLS?]
    /// How TLS is spoken on each listener: same places as in ``listeners``; nil where it is plain.
    package let listenerTLS: [TLSServerContext?]
    /// Addresses of endpoints that are written as literals, by service and endpoint; nil for names,
    /// whose addresses come by ``WorkerMessage/addresses(_:_:)``.
    package let literalAddresses: [[SocketAddress?]]
    /// The proxies on the way to endpoints, by service and endpoint; nil where there is none.
    let proxyRoutes: [[ProxyRoute?]]
    /// How to speak TLS to proxies; nil if none wants it.
    let proxyTLS: TLSClientContext?
    /// What guards need to know who may come in.
    let auth: AuthSet
    /// What workers share of each service: same places as in ``services``.
    let shared: [ServiceShared]
    /// Of services that only earlier tables have, by name, while requests to them go on: one that comes back counts
    /// them.
    let departed: [String: ServiceGauges]
    let guards: PreparedGuards
    /// What `logging` middlewares say: rules, and the forms of one's own that they name.
    let loggingRules: [LoggingRule]
    let logTemplates: [LogTemplate?]
    /// The table's digest, as log lines show it.
    let digestText: [UInt8]
    /// What loading took, and when it was done (since 1970).
    let loadMicroseconds: UInt64
    let loadedMilliseconds: UInt64
    /// The place of each service by its name.
    let servicePlaces: [String: Int]
    /// What has not changed since the generation before; nil for the first.
    let succession: RuleSuccession?
    /// What the `websocket` middlewares say, in the order of the table, as the environment leaves it.
    let webSocketPolicies: [WebSocketPolicy]
    /// The variables of the environment that went before the table.
    let overridingVariables: [String]
    /// Names of the middlewares, in the order of the table.
    let middlewareNames: [String]
    /// The streams that each middleware counts: same places as in ``middlewareNames``. One of the same
    /// name goes on where that of the table before was.
    let streamPlaces: [StreamPlaces]

    /// Maps, verifies and decodes the table, and reads all certificates and keys it names.
    ///
    /// - Parameters:
    ///   - options: Where the table is, and whose signature it has to have. That key is read anew each time,
    ///     so that it can be replaced.
    ///   - earlier: The table before; services of the same name go on counting where its did.
    /// - Throws: ``StartupError`` with one line for the first thing that is wrong.
    package init(
        _ options: ProxyOptions, number: UInt32, ticketKeys: TLSTicketKeys,
        after earlier: TableGeneration?
    ) throws(StartupError) {
        let begin = Clock.monotonicMicroseconds()
        let path = options.routesPath
        let key = try Self.verificationKey(options)
        let table: LoadedTable
        do throws(TableError) {
            table = try LoadedTable(
                path: path, signedBy: key, ceilings: options.ceilings, staysInUse: true)
        } catch {
            throw StartupError("\(path): \(error.message)")
        }
        let (listeners, services) = (table.listeners(), table.services())
        var listenerTLS: [TLSServerContext?] = []
        for listener in listeners {
            listenerTLS.append(try Self.context(of: listener, ticketKeys: ticketKeys))
        }
        self.auth = try AuthLoader.load(table.authPolicies(), after: earlier?.auth)
        self.number = number
        self.settings = table.settings()
        self.listeners = listeners
        self.services = services
        self.listenerTLS = listenerTLS
        self.upstreamTLS = try Self.upstreamTLS(of: services)
        let proxyRoutes = try Self.proxyRoutes(of: services)
        self.proxyRoutes = proxyRoutes
        self.proxyTLS = try Self.proxyTLS(for: proxyRoutes)
        self.literalAddresses = Self.literalAddresses(of: services, through: proxyRoutes)
        let affinityKey = try Self.affinityKey(options)
        var (shared, gauges) = ([ServiceShared](), Self.gauges(of: earlier))
        for service in services {
            shared.append(
                ServiceShared(
                    service, in: table, affinityKey: affinityKey,
                    after: gauges.removeValue(forKey: service.name),
                    keptBefore: Self.answers(kept: earlier, for: service)))
        }
        self.shared = shared
        departed = gauges.filter(\.value.isInUse)
        self.guards = PreparedGuards(table, after: earlier?.guards)
        self.servicePlaces = Dictionary(
            services.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        succession = Self.succession(from: earlier, to: table)
        let environment = try WebSocketEnvironment.ofProcess()
        let policies = table.webSocketPolicies()
        webSocketPolicies = policies.map { WebSocketPolicy(environment.override($0)) }
        overridingVariables = policies.isEmpty ? [] : environment.names
        let middlewareNames = table.middlewareNames()
        self.middlewareNames = middlewareNames
        self.streamPlaces = Self.streamPlaces(of: middlewareNames, after: earlier)
        loggingRules = table.loggingRules()
        logTemplates = try Self.templates(of: loggingRules)
        digestText = Array(table.digestText.utf8)
        self.table = table
        loadMicroseconds = Clock.monotonicMicroseconds() - begin
        loadedMilliseconds = UInt64(clamping: LogTime.nowMilliseconds())
    }

    /// Those of all services that a table had, or one before it.
    private static func gauges(of earlier: TableGeneration?) -> [String: ServiceGauges] {
        guard let earlier else { return [:] }
        let present = zip(earlier.services, earlier.shared).map { ($0.name, $1.gauges) }
        return earlier.departed.merging(present, uniquingKeysWith: { $1 })
    }

    /// Answers of a service that is the same in a new table stay.
    private static func answers(
        kept earlier: TableGeneration?, for service: ServiceDescription
    ) -> KeptAnswers? {
        guard let earlier, let place = earlier.servicePlaces[service.name],
            service.answers(as: earlier.services[place])
        else { return nil }
        return earlier.shared[place].kept
    }

    private static func succession(
        from earlier: TableGeneration?, to table: borrowing LoadedTable
    ) -> RuleSuccession? {
        guard let earlier else { return nil }
        return RuleSuccession(from: earlier.table, to: table)
    }

    private static func literalAddresses(
        of services: [ServiceDescription], through proxyRoutes: [[ProxyRoute?]]
    ) -> [[SocketAddress?]] {
        zip(services, proxyRoutes).map { service, routes in
            zip(service.endpoints, routes).map { endpoint, route in
                SocketAddress(
                    literal: route?.address.host ?? endpoint.host,
                    port: route?.address.port ?? endpoint.port)
            }
        }
    }

    /// Middlewares of the same name go on counting where they did.
    private static func streamPlaces(
        of names: [String], after earlier: TableGeneration?
    ) -> [StreamPlaces] {
        let places = Dictionary(
            zip(earlier?.middlewareNames ?? [], earlier?.streamPlaces ?? []),
            uniquingKeysWith: { first, _ in first })
        return names.map { places[$0] ?? StreamPlaces() }
    }

    private static func templates(
        of rules: [LoggingRule]
    ) throws(StartupError) -> [LogTemplate?] {
        var templates: [LogTemplate?] = []
        for rule in rules {
            guard case .template(let text) = rule.format else {
                templates.append(nil)
                continue
            }
            templates.append(try LogTemplate(text))
        }
        return templates
    }

    private static func verificationKey(
        _ options: ProxyOptions
    ) throws(StartupError) -> VerificationKey? {
        guard let path = options.verificationKeyPath else { return nil }
        do throws(VerificationKeyError) {
            return try VerificationKey(path: path)
        } catch {
            throw StartupError("\(path): \(error.message)")
        }
    }

    private static func affinityKey(_ options: ProxyOptions) throws(StartupError) -> [UInt8] {
        guard let path = options.affinityKeyPath else { return AffinityTokens.processKey }
        do throws(AffinityKeyError) {
            return try AffinityTokens.key(path: path)
        } catch {
            throw StartupError("\(path): \(error.message)")
        }
    }

    private static func context(
        of listener: ListenerDescription, ticketKeys: TLSTicketKeys
    ) throws(StartupError) -> TLSServerContext? {
        guard let tls = listener.tls else { return nil }
        do throws(TLSConfigurationError) {
            return try TLSServerContext(tls, ticketKeys: ticketKeys)
        } catch {
            throw StartupError("listener on port \(listener.port): \(error.message)")
        }
    }

    /// Services that say the same about TLS share one context.
    private static func upstreamTLS(
        of services: [ServiceDescription]
    ) throws(StartupError) -> [UpstreamTLS?] {
        var contexts: [(tls: ServiceDescription.TLS, context: TLSClientContext)] = []
        var result: [UpstreamTLS?] = []
        for service in services {
            guard service.endpoints.contains(where: \.usesTLS) else {
                result.append(nil)
                continue
            }
            let context: TLSClientContext
            if let known = contexts.first(where: { $0.tls.isSameContext(as: service.tls) }) {
                context = known.context
            } else {
                do throws(TLSConfigurationError) {
                    context = try TLSClientContext(service.tls)
                } catch {
                    throw StartupError("service \(service.name): \(error.message)")
                }
                contexts.append((service.tls, context))
            }
            result.append(UpstreamTLS(context: context, service: service))
        }
        return result
    }
}

extension ServiceDescription.TLS {
    /// Whether one context serves both: all that differs is the name, and that belongs to a
    /// session.
    fileprivate func isSameContext(as other: Self) -> Bool {
        var other = other
        other.serverName = serverName
        return self == other
    }
}
