import Glibc
import TestSupport
import Testing

/// Goal: however many clients come, those that are served stay served, those that are turned away are told so, and
/// when they leave all is as before.
@Suite("Bounds on clients")
struct ClientBoundsTests {
    private func start(limits: String, options: [String] = []) throws -> OriginAndProxy {
        try OriginAndProxy(top: "advanced: {limits: {\(limits)}}", options: options)
    }

    @Test(
        "One connection too many is a 503 with Retry-After, until one leaves",
        arguments: ["1", "2"])
    func all(workers: String) throws {
        let pair = try start(limits: "max_connections: 3", options: ["--workers", workers])
        var served: [TestConnection] = []
        for _ in 0..<3 {
            let connection = try pair.proxy.connect()
            // An event stream keeps its place: it is no idle client.
            try connection.send(TestConnection.head("GET", "/sse?interval=1&count=1000000"))
            #expect(try connection.readHead().first == "HTTP/1.1 200 OK")
            served.append(connection)
        }
        for _ in 0..<5 {
            let answer = try pair.proxy.connect().readAnswer()
            #expect(answer.status == 503)
            #expect(answer.value("Retry-After") == "1")
        }
        #expect(
            try pair.proxy.program.line(containing: "connections.exhausted").contains("too many"))
        for connection in served { #expect(try connection.readChunk() != nil) }
        served.removeLast()
        try Deadline.poll("there is room again") {
            try pair.proxy.request("GET", "/bytes/1").status == 200
        }
    }

    /// Method: idle clients and an event stream take all places. When its second event comes, the clients have been
    /// idle for more than a second. New ones connect and ask while the proxy is stopped, so that they come all at once
    /// and none is silent when it is first looked at. Each keeps its place.
    @Test("An idle client makes room, whichever worker has it", arguments: [1, 2, 8])
    func idleOfOthers(workers: Int) throws {
        let places = 9
        let pair = try start(
            limits: "max_connections: \(places)", options: ["--workers", "\(workers)"])
        let idle = try (1..<places).map { _ in try pair.proxy.connect() }
        for client in idle { #expect(try client.request("GET", "/bytes/1").text == "a") }
        let clock = try pair.proxy.connect()
        try clock.send(TestConnection.head("GET", "/sse?interval=1100&count=1000000"))
        #expect(try clock.readHead().first == "HTTP/1.1 200 OK")
        for _ in 0..<2 { #expect(try clock.readChunk() != nil) }
        try pair.proxy.program.pause()
        let served = try idle.map { _ in try pair.proxy.connect() }
        for newcomer in served {
            try newcomer.send(TestConnection.head("GET", "/sse?interval=1&count=1000000"))
        }
        pair.proxy.program.send(SIGCONT)
        for newcomer in served {
            #expect(try newcomer.readHead().first == "HTTP/1.1 200 OK")
        }
        for client in idle { #expect(try client.isAtEnd()) }
        for _ in 0..<3 { #expect(try pair.proxy.connect().readAnswer().status == 503) }
        for newcomer in served { #expect(try newcomer.readChunk() != nil) }
        #expect(try clock.readChunk() != nil)
    }

    /// Method: as above, with fewer new clients than idle ones, each after the other: of two that come at once one may
    /// take the place that was made for the other, for which one more goes then.
    @Test("No more idle clients go than new ones come", arguments: [1, 2, 8])
    func idleThatStay(workers: Int) throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(
            ProxyUnderTest.everything(
                to: origin.port, top: "advanced: {limits: {max_connections: 9}}"),
            options: ["--workers", "\(workers)"])
        let idle = try (0..<8).map { _ in try admin.proxy.connect() }
        for client in idle { #expect(try client.request("GET", "/bytes/1").text == "a") }
        let clock = try admin.proxy.connect()
        try clock.send(TestConnection.head("GET", "/sse?interval=1100&count=1000000"))
        #expect(try clock.readHead().first == "HTTP/1.1 200 OK")
        for _ in 0..<2 { #expect(try clock.readChunk() != nil) }
        var served: [TestConnection] = []
        for _ in 0..<3 {
            let newcomer = try admin.proxy.connect()
            try newcomer.send(TestConnection.head("GET", "/sse?interval=1&count=1000000"))
            #expect(try newcomer.readHead().first == "HTTP/1.1 200 OK")
            served.append(newcomer)
        }
        let stayed = idle.filter { (try? $0.request("GET", "/bytes/1"))?.text == "a" }
        #expect(stayed.count == 5)
        try admin.awaitSample("wsproxy_limit_hits_total{limit=\"idle_closed_for_new\"}", 3)
        for newcomer in served { #expect(try newcomer.readChunk() != nil) }
    }

    @Test("Who is turned away for want of room does not count for its address")
    func refusedOfOne() throws {
        let pair = try start(
            limits: "max_connections: 4, max_connections_per_client: 5",
            options: ["--workers", "4"])
        for _ in 0..<2 {
            var served: [TestConnection] = []
            try Deadline.poll("all places can be taken") {
                let client = try pair.proxy.connect()
                try client.send(TestConnection.head("GET", "/sse?interval=1&count=1000000"))
                let head = try client.readHead()
                if head.first == "HTTP/1.1 200 OK" { served.append(client) }
                return served.count == 4
            }
            for _ in 0..<6 { #expect(try pair.proxy.connect().readAnswer().status == 503) }
        }
    }

    /// Method: with so many workers the new client rarely comes to the one that has the idle client.
    @Test("A client that comes with TLS waits for an idle one of another worker too")
    func encryptedNewcomer() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            """
            advanced: {limits: {max_connections: 2}}
            listeners:
              - port: 8080
              - port: 8443
                tls: {certificate: "\(certificate.certificatePath)", key: "\(certificate.keyPath)"}
            \(ProxyUnderTest.everything(to: origin.port))
            """, listen: ["127.0.0.1:0=8080", "127.0.0.1:0=8443"], options: ["--workers", "8"],
            directory: directory)
        let idle = try proxy.connect()
        #expect(try idle.request("GET", "/bytes/1").text == "a")
        let clock = try proxy.connect()
        try clock.send(TestConnection.head("GET", "/sse?interval=1100&count=1000000"))
        #expect(try clock.readHead().first == "HTTP/1.1 200 OK")
        for _ in 0..<2 { #expect(try clock.readChunk() != nil) }
        let result = try RunningProgram.run(
            "curl", ["-sk", "https://127.0.0.1:\(proxy.ports[1])/bytes/3"])
        #expect(result.output == "abc")
        #expect(try idle.isAtEnd())
    }

    @Test("A client with too many connections gets 429, and its others are served")
    func each() throws {
        let pair = try start(limits: "max_connections_per_client: 2")
        let first = try pair.proxy.connect()
        let second = try pair.proxy.connect()
        #expect(try first.request("GET", "/bytes/1").text == "a")
        #expect(try second.request("GET", "/bytes/1").text == "a")
        let answer = try pair.proxy.connect().readAnswer()
        #expect(answer.status == 429)
        #expect(answer.value("Retry-After") == "1")
        #expect(try first.request("GET", "/bytes/1").text == "a")
        second.end()
        try Deadline.poll("there is room again") {
            try pair.proxy.request("GET", "/bytes/1").status == 200
        }
    }

    @Test("Clients behind a proxy are counted by their own addresses")
    func announced() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: origin.port,
                top: """
                    listeners: [{port: 8080, proxy_protocol: true}]
                    advanced: {limits: {max_connections_per_client: 1}}
                    """))
        func connect(_ address: String) throws -> TestConnection {
            let connection = try proxy.connect()
            try connection.send("PROXY TCP4 \(address) 127.0.0.1 1 2\r\n")
            return connection
        }
        let one = try connect("192.0.2.1")
        #expect(try one.request("GET", "/bytes/1").text == "a")
        let other = try connect("192.0.2.2")
        #expect(try other.request("GET", "/bytes/1").text == "a")
        #expect(try connect("192.0.2.1").readAnswer().status == 429)
        one.end()
        try Deadline.poll("there is room again") {
            try connect("192.0.2.1").request("GET", "/bytes/1").status == 200
        }
    }

    /// Method: the process may open few descriptors, and idle clients take them all.
    @Test("When descriptors are out, idle clients make room for new ones and for upstreams")
    func descriptors() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: origin.port), options: ["--workers", "1"],
            descriptorCountMax: 64)
        var idle: [TestConnection] = []
        for _ in 0..<300 { idle.append(try proxy.connect()) }
        try proxy.program.line(containing: "connections.exhausted")
        // Clients may be let go when they have been idle for a second.
        try Deadline.poll("a client is served in spite of them") {
            let connection = try proxy.connect()
            return (try? connection.request("GET", "/bytes/1"))?.status == 200
        }
        try proxy.program.line(containing: "connections.evicted")
        idle.removeAll()
        try Deadline.poll("all is as before") {
            try proxy.program.descriptorCount() < 32
                && (try? proxy.request("GET", "/bytes/1"))?.status == 200
        }
    }

    /// Method: WebSockets are opened until no more are taken, and all of them stay open. Files of logs take
    /// descriptors too, and so does what the process was started with.
    @Test(
        "When connections have taken all they may, the admin listener and reloads still work"
    )
    func ownDescriptors() throws {
        let origin = try TestOrigin()
        let directory = try TemporaryDirectory()
        let logs = (0..<16).map {
            "  - {name: log\($0), type: logging, is_global: true, "
                + "config: {output: \"\(directory.file("\($0).log"))\"}}"
        }
        func configuration(_ service: String) -> String {
            ProxyUnderTest.everything(
                to: origin.port, service: service,
                top: "middlewares:\n" + logs.joined(separator: "\n"))
        }
        let admin = try AdminUnderTest(
            configuration("read_timeout: 60s"), options: ["--workers", "2"],
            descriptorCountMax: 192, inheritedCount: 48)
        var open: [TestConnection] = []
        for _ in 0..<64 {
            let connection = try admin.proxy.connect()
            guard let answer = try? connection.upgrade("/ws"), answer.status == 101 else { break }
            open.append(connection)
        }
        #expect((8..<48).contains(open.count))
        // Connections that were turned away may still be about to be closed; those that stay would not go.
        try Deadline.poll("the proxy says that it lives") {
            (try? admin.request("GET", "/healthz"))?.status == 200
        }
        let others = try (0..<4).map { _ in try admin.connect() }
        for other in others {
            let host = "Host: 127.0.0.1:\(admin.adminPort)"
            #expect(try other.request("GET", "/healthz", fields: [host]).status == 200)
        }
        #expect(try admin.request("GET", "/metrics").text.contains("wsproxy_websocket_connections"))
        try ProxyUnderTest.compile(
            configuration("read_timeout: 61s"), in: admin.proxy.directory)
        admin.proxy.program.send(SIGHUP)
        try admin.proxy.program.line(containing: "reload.adopted")
        for connection in open {
            try connection.sendFrame(1, "still here")
            #expect(try connection.readFrame() == (1, Array("still here".utf8)))
        }
    }
}
