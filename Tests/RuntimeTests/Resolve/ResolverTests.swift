import Runtime
import Testing

@Suite("Resolver")
struct ResolverTests {
    private let server = FakeNameServer()
    private let endpoint = EndpointName(generation: 1, service: 2, endpoint: 3)

    /// Lets queries and answers pass until there is something to tell.
    private func notices(of resolver: Resolver, now: UInt64) throws -> [Resolver.Notice] {
        for _ in 0..<50 {
            let notices = resolver.advance(now: now)
            if !notices.isEmpty { return notices }
            server.serve(orUntilReadable: try #require(resolver.descriptor))
        }
        return []
    }

    private func makeResolver() -> Resolver { Resolver(servers: server.address.description) }

    @Test("Without names nothing is started")
    func idle() {
        let resolver = makeResolver()
        #expect(resolver.descriptor == nil)
        #expect(resolver.sleepMilliseconds(now: 0) == nil)
        #expect(resolver.advance(now: 0).isEmpty)
    }

    @Test("All addresses of both families are told, with the port of the endpoint")
    func allAddresses() throws {
        server.entries["chat.test"] = .init(
            ipv4: [[127, 0, 0, 1], [127, 0, 0, 2]], ipv6: [[UInt8](repeating: 0, count: 15) + [1]])
        let resolver = makeResolver()
        try resolver.add(endpoint, host: "chat.test", port: 9000, now: 0)
        #expect(resolver.sleepMilliseconds(now: 0) == 0)
        let told = try notices(of: resolver, now: 0)
        guard case .addresses(endpoint, let addresses) = told.first, told.count == 1 else {
            Issue.record("\(told)")
            return
        }
        let texts = Set(addresses.map(\.description))
        #expect(texts == ["127.0.0.1:9000", "127.0.0.2:9000", "[::1]:9000"])
        #expect(addresses.count == 3)
    }

    @Test("Silence about one family does not keep the addresses of the other")
    func silentFamily() throws {
        server.entries["chat.test"] = .init(ipv4: [[10, 0, 0, 1]])
        server.ignoresIPv6 = true
        let resolver = makeResolver()
        try resolver.add(endpoint, host: "chat.test", port: 80, now: 0)
        #expect(resolver.advance(now: 0).isEmpty)
        #expect(try #require(resolver.sleepMilliseconds(now: 0)) <= 100)
        let first = SocketAddress(ipv4: 0x0A00_0001, port: 80)
        #expect(try notices(of: resolver, now: 100) == [.addresses(endpoint, [first])])
    }

    @Test("An answer is refreshed when its time has passed, and a failure keeps the old one")
    func refresh() throws {
        server.entries["chat.test"] = .init(ipv4: [[10, 0, 0, 1]], ttlSeconds: 20)
        let resolver = makeResolver()
        try resolver.add(endpoint, host: "chat.test", port: 80, now: 0)
        let first = SocketAddress(ipv4: 0x0A00_0001, port: 80)
        let second = SocketAddress(ipv4: 0x0A00_0002, port: 80)
        #expect(try notices(of: resolver, now: 0) == [.addresses(endpoint, [first])])
        #expect(resolver.sleepMilliseconds(now: 0) == 20_000)
        let askedCount = server.asked.count
        #expect(resolver.advance(now: 19_999).isEmpty)
        #expect(server.asked.count == askedCount)

        server.entries["chat.test"]?.ipv4 = [[10, 0, 0, 2]]
        #expect(try notices(of: resolver, now: 20_000) == [.addresses(endpoint, [second])])
    }

    @Test("A name that does not exist fails, and an answer that comes later is told")
    func unknownName() throws {
        let resolver = makeResolver()
        try resolver.add(endpoint, host: "nobody.test", port: 80, now: 0)
        #expect(
            try notices(of: resolver, now: 0) == [
                .failure(endpoint, .noSuchName), .nameFailed("nobody.test", .noSuchName),
            ])
        // The operator is told once, the workers each time: somebody may be waiting.
        #expect(try notices(of: resolver, now: 1000) == [.failure(endpoint, .noSuchName)])
        server.entries["nobody.test"] = .init(ipv4: [[10, 0, 0, 1]])
        let address = SocketAddress(ipv4: 0x0A00_0001, port: 80)
        #expect(
            try notices(of: resolver, now: 3000) == [
                .addresses(endpoint, [address]), .nameRecovered("nobody.test"),
            ])
    }

    @Test("A server that fails is told apart from a name that does not exist")
    func brokenServer() throws {
        server.isBroken = true
        let resolver = makeResolver()
        try resolver.add(endpoint, host: "chat.test", port: 80, now: 0)
        let told = try notices(of: resolver, now: 0)
        #expect(
            told == [.failure(endpoint, .serverFailed), .nameFailed("chat.test", .serverFailed)])
    }

    @Test("Endpoints with the same name share a query; what is known is told at once")
    func sharing() throws {
        server.entries["chat.test"] = .init(ipv4: [[10, 0, 0, 1]])
        let resolver = makeResolver()
        let other = EndpointName(generation: 1, service: 2, endpoint: 4)
        let later = EndpointName(generation: 2, service: 0, endpoint: 0)
        try resolver.add(endpoint, host: "chat.test", port: 80, now: 0)
        try resolver.add(other, host: "chat.test", port: 81, now: 0)
        let told = try notices(of: resolver, now: 0)
        #expect(
            told == [
                .addresses(endpoint, [SocketAddress(ipv4: 0x0A00_0001, port: 80)]),
                .addresses(other, [SocketAddress(ipv4: 0x0A00_0001, port: 81)]),
            ])
        #expect(server.asked.count == 2)
        try resolver.add(later, host: "chat.test", port: 82, now: 5)
        #expect(
            resolver.advance(now: 5)
                == [.addresses(later, [SocketAddress(ipv4: 0x0A00_0001, port: 82)])])

        resolver.remove(generation: 1)
        resolver.remove(generation: 2)
        #expect(resolver.sleepMilliseconds(now: 10_000_000) == nil)
    }

    @Test("The machine's own name needs no name server")
    func localhost() throws {
        let resolver = makeResolver()
        try resolver.add(endpoint, host: "localhost", port: 80, now: 0)
        let told = resolver.advance(now: 0)
        guard case .addresses(endpoint, let addresses) = told.first else {
            Issue.record("\(told)")
            return
        }
        #expect(addresses.contains(SocketAddress(ipv4: 0x7F00_0001, port: 80)))
        #expect(server.asked.isEmpty)
        #expect(resolver.sleepMilliseconds(now: 0) == 30_000)
    }

    @Test("Reading the list of servers anew takes up queries that were under way")
    func reopening() throws {
        server.entries["chat.test"] = .init(ipv4: [[10, 0, 0, 1]])
        let resolver = makeResolver()
        try resolver.add(endpoint, host: "chat.test", port: 80, now: 0)
        #expect(resolver.advance(now: 0).isEmpty)
        let before = try #require(resolver.descriptor)
        resolver.reopen(now: 1)
        #expect(resolver.descriptor != before)
        let address = SocketAddress(ipv4: 0x0A00_0001, port: 80)
        #expect(try notices(of: resolver, now: 1) == [.addresses(endpoint, [address])])
    }
}
