import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Webhooks of alerts")
struct AlertWebhookTests {
    /// What was told: the head without its ends, and the document.
    private typealias Told = (head: [String], document: [String: Any])

    private static func configuration(
        port: UInt16, scheme: String = "http", service: String = ""
    ) -> String {
        """
        services:
          ops: {url: "\(scheme)://127.0.0.1:\(port)/base"\(service)}
        route_rules:
          - {pattern: /*, name: all, respond: {status: 200, body: ok}}
        alerts:
          somebody:
            metric: connections
            above: 0
            for: 1ms
            severity: critical
            webhook: {service: ops, path: "/hook?from=proxy"}

        """
    }

    /// Reads one notice and answers it.
    ///
    /// - Parameter note: Is told of the notice before it is answered: who sees that it was delivered sees the note.
    private static func receive(
        _ peer: TestConnection, answering answer: String = "HTTP/1.1 204 No Content\r\n\r\n",
        noting note: (Told) throws -> Void
    ) throws {
        let head = try peer.readHead()
        let length = head.first { $0.hasPrefix("Content-Length: ") }
            .flatMap { Int($0.dropFirst("Content-Length: ".count)) }
        guard let length else { throw TestSupportError("no length: \(head)") }
        let content = try peer.read(byteCount: length)
        let document = try JSONSerialization.jsonObject(with: Data(content)) as? [String: Any]
        try note((head, document ?? [:]))
        try peer.send(answer)
    }

    private static func count(_ result: String) -> String {
        "wsproxy_alert_notifications_total{alert=\"somebody\",result=\"\(result)\"}"
    }

    @Test("The beginning and the end of an alert are told, on one connection, in this order")
    func beginAndEnd() throws {
        let documents = Mutex<[Data]>([])
        let heads = Mutex<[[String]]>([])
        let backend = try ScriptedBackend { peer in
            while !(try peer.isAtEnd()) {
                try Self.receive(peer) { told in
                    let data = try JSONSerialization.data(withJSONObject: told.document)
                    documents.withLock { $0.append(data) }
                    heads.withLock { $0.append(told.head) }
                }
            }
        }
        // A worker has a pool of its own.
        let admin = try AdminUnderTest(
            Self.configuration(port: backend.port), options: ["--workers", "1"])
        try admin.awaitSample(Self.count("delivered"), 0)
        let client = try admin.proxy.connect()
        try admin.awaitSample(Self.count("delivered"), 1)
        client.end()
        try admin.awaitSample(Self.count("delivered"), 2)

        let told = try documents.withLock { try $0.map(Self.object) }
        try #require(told.map { $0["state"] as? String } == ["firing", "resolved"])
        for document in told {
            #expect(document["alert"] as? String == "somebody")
            #expect(document["severity"] as? String == "critical")
            #expect(document["metric"] as? String == "connections")
            #expect(document["threshold"] as? Int == 0)
            #expect(document["service"] is NSNull && document["route"] is NSNull)
            let instance = try #require(document["instance"] as? String)
            #expect(instance.hasSuffix(":\(admin.proxy.program.processIdentifier)"))
            #expect(document["table"] as? String == (try Self.digest(admin)))
        }
        #expect(told[0]["value"] as? Int == 1 && told[1]["value"] as? Int == 0)
        #expect(told[0]["ended"] is NSNull && told[1]["ended"] is String)
        #expect(told[0]["since"] as? String != nil)
        #expect(told[0]["id"] as? String != told[1]["id"] as? String)
        for head in heads.withLock({ $0 }) {
            #expect(head[0] == "POST /base/hook?from=proxy HTTP/1.1")
            #expect(head.contains("Host: 127.0.0.1:\(backend.port)"))
            #expect(head.contains("Content-Type: application/json"))
        }
        #expect(backend.connectionCount == 1)
        #expect(backend.failures.isEmpty, "\(backend.failures)")
    }

    private static func object(_ data: Data) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    private static func digest(_ admin: AdminUnderTest) throws -> String? {
        (try admin.object("/api/status")["table"] as? [String: Any])?["digest"] as? String
    }

    @Test("A service that is down, or says so, is told later; one that refuses is not asked again")
    func downAtFirst() throws {
        let attempts = Atomic<Int>(0)
        let states = Mutex<[String]>([])
        let backend = try ScriptedBackend { peer in
            let number = attempts.add(1, ordering: .relaxed).newValue
            // The first time there is no answer at all, then one that says "later".
            if number == 1 { return peer.reset() }
            let answer =
                switch number {
                case 2: "503 Later"
                case 3: "200 OK"
                default: "403 Never"
                }
            try Self.receive(
                peer,
                answering: "HTTP/1.1 \(answer)\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"
            ) { told in
                states.withLock { $0.append(told.document["state"] as? String ?? "") }
            }
        }
        let admin = try AdminUnderTest(Self.configuration(port: backend.port))
        let client = try admin.proxy.connect()
        let first = try admin.proxy.program.line(containing: "alert.webhook_retried")
        #expect(first.contains("\"attempt\":1"), "\(first)")
        #expect(first.contains("reset before an answer"), "\(first)")
        try admin.awaitSample(Self.count("delivered"), 1)
        #expect(try admin.sample(Self.count("retried")) == 2)
        client.end()
        try admin.awaitSample(Self.count("failed"), 1)
        let last = try admin.proxy.program.line(containing: "alert.webhook_failed")
        #expect(last.contains("the answer was 403"), "\(last)")
        #expect(last.contains("\"state\":\"resolved\""), "\(last)")
        #expect(states.withLock { $0 } == ["firing", "firing", "resolved"])
        #expect(try admin.sample(Self.count("delivered")) == 1)
    }

    @Test("A service that nobody listens for is a failure like any other, and the proxy serves on")
    func nobodyListens() throws {
        let admin = try AdminUnderTest(
            Self.configuration(port: try ScriptedBackend.refusingPort()))
        let client = try admin.proxy.connect()
        let line = try admin.proxy.program.line(containing: "alert.webhook_retried")
        #expect(line.contains("connection refused"), "\(line)")
        #expect(line.contains("\"service\":\"ops\""), "\(line)")
        #expect(try client.request("GET", "/").status == 200)
    }

    @Test("A service that never answers is given up on in time, and holds up nobody")
    func neverAnswers() throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            _ = try peer.readToEnd()
        }
        let admin = try AdminUnderTest(
            Self.configuration(port: backend.port, service: ", read_timeout: 50ms"))
        let client = try admin.proxy.connect()
        let line = try admin.proxy.program.line(containing: "alert.webhook_retried")
        #expect(line.contains("no answer in time"), "\(line)")
        #expect(try client.request("GET", "/").status == 200)
        try Deadline.poll("it is tried once more") {
            try admin.sample(Self.count("retried")) ?? 0 >= 2
        }
        #expect(try admin.sample(Self.count("delivered")) == 0)
        #expect(backend.failures.isEmpty, "\(backend.failures)")
    }

    @Test("A reload that removes an alert that fires ends it, and says so to whom it told of it")
    func reload() throws {
        let states = Mutex<[String]>([])
        let backend = try ScriptedBackend { peer in
            while !(try peer.isAtEnd()) {
                try Self.receive(peer) { told in
                    states.withLock { $0.append(told.document["state"] as? String ?? "") }
                }
            }
        }
        let configuration = Self.configuration(port: backend.port)
        let admin = try AdminUnderTest(configuration)
        let client = try admin.proxy.connect()
        try admin.awaitSample(Self.count("delivered"), 1)
        let end = try #require(configuration.range(of: "alerts:"))
        try ProxyUnderTest.compile(
            String(configuration[..<end.lowerBound]), in: admin.proxy.directory)
        admin.proxy.program.send(SIGHUP)
        _ = try admin.proxy.program.line(containing: "alert.resolved")
        try Deadline.poll("it was told") { states.withLock { $0 } == ["firing", "resolved"] }
        #expect(try admin.sample(Self.count("delivered")) == nil)
        client.end()
    }

    @Test(
        "A notice goes through TLS and a proxy on the way, as requests do",
        .enabled(if: TestProxies.has("tinyproxy"), "run Scripts/bootstrap --tests"))
    func wayThere() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory, name: "backend")
        let origin = try TestOrigin(certificate: certificate)
        let proxy = try TestProxies.tinyproxy(in: directory)
        let admin = try AdminUnderTest(
            """
            services:
              ops:
                url: "https://localhost:\(origin.port)"
                upstream_proxy: "http://127.0.0.1:\(proxy.port)"
                tls: {ca: "\(certificate.certificatePath)"}
            route_rules:
              - {pattern: /*, name: all, respond: {status: 200, body: ok}}
            alerts:
              somebody:
                metric: connections
                above: 0
                for: 1ms
                webhook: {service: ops, path: /echo}

            """)
        let client = try admin.proxy.connect()
        try admin.awaitSample(Self.count("delivered"), 1)
        client.end()
    }

    @Test("A notice that one backend does not take goes to the next")
    func balancing() throws {
        let states = Mutex<[String]>([])
        let backend = try ScriptedBackend { peer in
            try Self.receive(peer) { told in
                states.withLock { $0.append(told.document["state"] as? String ?? "") }
            }
        }
        let admin = try AdminUnderTest(
            """
            services:
              ops:
                load_balancer:
                  backends:
                    - {url: "http://127.0.0.1:\(try ScriptedBackend.refusingPort())"}
                    - {url: "http://127.0.0.1:\(backend.port)"}
            route_rules:
              - {pattern: /*, name: all, respond: {status: 200, body: ok}}
            alerts:
              somebody: {metric: connections, above: 0, for: 1ms, webhook: {service: ops}}

            """, options: ["--workers", "1"])
        let client = try admin.proxy.connect()
        try admin.awaitSample(Self.count("delivered"), 1)
        #expect(states.withLock { $0 } == ["firing"])
        #expect(try admin.sample(Self.count("retried")) == 1)
        client.end()
    }
}
