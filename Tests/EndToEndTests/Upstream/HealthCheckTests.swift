import Synchronization
import TestSupport
import Testing

@Suite("Health checks")
struct HealthCheckTests {
    /// A backend whose health can be changed.
    private final class Patient: Sendable {
        let isWell = LockedFlag(true)
        let checkCount = Atomic<Int>(0)
    }

    private func backend(_ patient: Patient, name: String) throws -> ScriptedBackend {
        try ScriptedBackend { peer in
            while !(try peer.isAtEnd()) {
                let head = try peer.readHead()
                if head[0].hasPrefix("GET /health ") {
                    patient.checkCount.add(1, ordering: .relaxed)
                    let status = patient.isWell.isSet ? "200 OK" : "500 Ill"
                    try peer.send("HTTP/1.1 \(status)\r\nContent-Length: 0\r\n\r\n")
                } else {
                    try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\(name)")
                }
            }
        }
    }

    @Test("A backend that fails its checks gets nothing until they are good, in all workers")
    func downAndUp() throws {
        let patients = [Patient(), Patient()]
        let backends = [
            try backend(patients[0], name: "0"), try backend(patients[1], name: "1"),
        ]
        let proxy = try ProxyUnderTest(
            """
            services:
              checked:
                load_balancer:
                  backends:
                    - {url: "http://127.0.0.1:\(backends[0].port)"}
                    - {url: "http://127.0.0.1:\(backends[1].port)"}
                health_check: {path: /health, interval: 50ms, unhealthy_threshold: 2, healthy_threshold: 2}
            route_rules: [{pattern: /*, target: checked}]
            """, options: ["--workers", "2"])
        _ = patients[0].isWell.exchange(false)
        let down = try proxy.program.line(containing: "endpoint.down")
        #expect(down.contains("127.0.0.1:\(backends[0].port)"))
        #expect(down.contains("the answer was 500"))
        // The other worker is told a moment later.
        try Deadline.poll("both workers know") {
            try (0..<8).allSatisfy { _ in try proxy.request("GET", "/").text == "1" }
        }
        for _ in 0..<20 { #expect(try proxy.request("GET", "/").text == "1") }
        _ = patients[1].isWell.exchange(false)
        try Deadline.poll("nobody is left") { try proxy.request("GET", "/").status == 503 }
        _ = patients[0].isWell.exchange(true)
        _ = try proxy.program.line(containing: "endpoint.up")
        try Deadline.poll("the first is back") { try proxy.request("GET", "/").text == "0" }
        #expect(patients[0].checkCount.load(ordering: .relaxed) >= 4)
    }

    @Test("Who finds everybody ill is told to come back when a check may say otherwise")
    func retryAfter() throws {
        let patients = [Patient(), Patient()]
        for patient in patients { patient.isWell.exchange(false) }
        let backends = try patients.map { try backend($0, name: "x") }
        let list = backends.map { "{url: \"http://127.0.0.1:\($0.port)\"}" }
        let proxy = try ProxyUnderTest(
            """
            services:
              ill:
                load_balancer: {backends: [\(list.joined(separator: ", "))]}
                health_check: {path: /health, interval: 1h, unhealthy_threshold: 1}
            route_rules: [{pattern: /*, target: ill}]
            """, options: ["--workers", "2"])
        // The line is written once both workers have been told.
        try proxy.program.awaitLines(containing: "endpoint.down", count: backends.count)
        for _ in 0..<8 {
            let answer = try proxy.request("GET", "/")
            #expect(answer.status == 503 && answer.value("Retry-After") == "60")
        }
    }

    @Test("A ws backend is checked by opening a WebSocket")
    func webSocket() throws {
        let origin = try TestOrigin()
        let keys = Mutex<[String]>([])
        let pretender = try ScriptedBackend { peer in
            let head = try peer.readHead()
            keys.withLock { $0 += head.filter { $0.hasPrefix("Sec-WebSocket-Key: ") } }
            try peer.send(
                "HTTP/1.1 101 Sure\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n")
        }
        let proxy = try ProxyUnderTest(
            """
            services:
              chat:
                load_balancer:
                  backends: [{url: "ws://127.0.0.1:\(pretender.port)"}, {url: "ws://127.0.0.1:\(origin.port)"}]
                health_check: {path: /ws, interval: 50ms, unhealthy_threshold: 1}
            route_rules: [{pattern: /*, target: chat}]
            """, options: ["--workers", "1"])
        let down = try proxy.program.line(containing: "endpoint.down")
        #expect(down.contains("127.0.0.1:\(pretender.port)"))
        #expect(down.contains("WebSocket handshake not accepted"))
        try Deadline.poll("there was another check") { keys.withLock { $0.count } > 1 }
        #expect(keys.withLock { Set($0).count == $0.count })
        try Deadline.poll("the worker knows") {
            try proxy.connect().upgrade("/ws").status == 101
        }
        for _ in 0..<6 { #expect(try proxy.connect().upgrade("/ws").status == 101) }
    }

    @Test(
        "What a check has found is told",
        arguments: [
            ("", "closed before an answer"), ("HTTP/1.1 200 OK\r\nCon", "closed in the middle"),
            ("blah blah\r\n\r\n", "answer is not valid HTTP"),
            ("HTTP/1.1 101 On\r\n\r\n", "switched protocols unasked"),
            ("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "where the answer ends is not clear"),
        ])
    func found(answer: String, reason: String) throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send(answer)
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: backend.port, service: "health_check: {interval: 50ms, unhealthy_threshold: 1}")
        )
        let down = try proxy.program.line(containing: "endpoint.down")
        #expect(down.contains(reason), "\(down)")
    }

    @Test("That nobody listens, or that a connection was reset, is told", arguments: [false, true])
    func noConnection(isReset: Bool) throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            peer.reset()
        }
        let port = isReset ? backend.port : try ScriptedBackend.refusingPort()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: port, service: "health_check: {interval: 50ms, unhealthy_threshold: 1}"))
        let down = try proxy.program.line(containing: "endpoint.down")
        #expect(
            down.contains(isReset ? "reset before an answer" : "connection refused"), "\(down)")
    }

    @Test("A backend that does not answer a check in time has failed it")
    func timeout() throws {
        let silent = try ScriptedBackend { peer in
            _ = try peer.readHead()
            _ = try peer.readToEnd()
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: silent.port,
                service: "health_check: {interval: 50ms, timeout: 100ms, unhealthy_threshold: 2}"))
        let down = try proxy.program.line(containing: "endpoint.down")
        #expect(down.contains("no answer in time"))
        try Deadline.poll("requests are refused at once") {
            try proxy.request("GET", "/").status == 503
        }
    }

    /// A backend that drops so many requests, and answers every check.
    private func dropping(
        _ dropCount: Int, _ patient: Patient, _ requestCount: RequestCount
    ) throws -> ScriptedBackend {
        try ScriptedBackend { peer in
            while !(try peer.isAtEnd()) {
                if try peer.readHead()[0].hasPrefix("GET /health ") {
                    patient.checkCount.add(1, ordering: .relaxed)
                } else if requestCount.count.add(1, ordering: .relaxed).newValue <= dropCount {
                    return
                }
                try peer.send("HTTP/1.1 204 Well\r\n\r\n")
            }
        }
    }

    private final class RequestCount: Sendable {
        let count = Atomic<Int>(0)
    }

    private func ejecting(_ backend: ScriptedBackend) throws -> ProxyUnderTest {
        try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: backend.port,
                service: """
                    circuit_breaker: {consecutive_failures: 2, ejection_time: 1h}
                    health_check: {path: /health, interval: 50ms}
                    """), options: ["--workers", "1"])
    }

    @Test("A backend that requests have ejected is tried again once a check is good")
    func ejectionEnds() throws {
        let patient = Patient()
        let backend = try dropping(2, patient, RequestCount())
        let proxy = try ejecting(backend)
        for _ in 0..<2 { #expect(try proxy.request("GET", "/").status == 502) }
        try Deadline.poll("it is back") { try proxy.request("GET", "/").status == 204 }
        _ = try proxy.program.line(containing: "endpoint.back")
    }

    @Test("Good checks have a backend tried once that fails what is sent to it, no more")
    func ejectionLasts() throws {
        let (patient, requests) = (Patient(), RequestCount())
        let backend = try dropping(.max, patient, requests)
        let proxy = try ejecting(backend)
        for _ in 0..<2 { #expect(try proxy.request("GET", "/").status == 502) }
        try Deadline.poll("it is tried") { try proxy.request("GET", "/").status == 502 }
        let checkCount = patient.checkCount.load(ordering: .relaxed)
        try Deadline.poll("further checks are good") {
            patient.checkCount.load(ordering: .relaxed) > checkCount + 3
        }
        #expect(try proxy.request("GET", "/").status == 503)
        #expect(requests.count.load(ordering: .relaxed) == 3)
    }

    @Test("A reload keeps what is known, and a service without checks has nobody down")
    func reload() throws {
        let dead = try ScriptedBackend.refusingPort()
        let checked = ProxyUnderTest.everything(
            to: dead, service: "health_check: {interval: 50ms, unhealthy_threshold: 1}")
        let proxy = try ProxyUnderTest(checked, options: ["--workers", "1"])
        _ = try proxy.program.line(containing: "endpoint.down")
        try Deadline.poll("it is down") { try proxy.request("GET", "/").status == 503 }
        try proxy.reload(checked + "# another\n")
        #expect(try proxy.request("GET", "/").status == 503)
        try ProxyUnderTest.compile(ProxyUnderTest.everything(to: dead), in: proxy.directory)
        proxy.program.send(1)
        try Deadline.poll("requests are tried again") {
            try proxy.request("GET", "/").status == 502
        }
    }

    /// Goal: who reloads more often than checks take to find out still finds out.
    /// Method: the interval is so long that each table makes one check only.
    @Test("Checks in a row count on over reloads")
    func countersOutliveReloads() throws {
        let patient = Patient()
        _ = patient.isWell.exchange(false)
        let backend = try backend(patient, name: "0")
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: backend.port,
                service: "health_check: {path: /health, interval: 1h, unhealthy_threshold: 3}"),
            options: ["--workers", "1"])
        for count in 1...3 {
            try Deadline.poll("check \(count)") {
                patient.checkCount.load(ordering: .relaxed) == count
            }
            guard count < 3 else { break }
            // The verdict on the check before is in: the worker has closed its connection.
            try Deadline.poll("the check has ended") { backend.endedCount == count }
            try proxy.reload()
        }
        _ = try proxy.program.line(containing: "endpoint.down")
    }
}
