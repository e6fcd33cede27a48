import Synchronization
import TestSupport
import Testing

@Suite("Requests that wait for a connection")
struct PendingTests {
    /// Goal: `max_pending` counts who waits, over all workers, and nobody else.
    /// Method: a proxy on the way opens it, and answers, when the test says so.
    @Test("No more wait at once than max_pending says, and who has a connection does not wait")
    func pendingMax() throws {
        let (mayOpen, mayAnswer) = (LockedFlag(false), LockedFlag(false))
        let asked = Counter()
        let onTheWay = try ConnectProxy { _, peer in
            try Deadline.poll("the way may be opened") { mayOpen.isSet }
            try ConnectProxy.open(peer)
            while !(try peer.isAtEnd()) {
                _ = try peer.readHead()
                asked.count.add(1, ordering: .relaxed)
                try Deadline.poll("the answer may be given") { mayAnswer.isSet }
                try ConnectProxy.answer(peer, "ok")
            }
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: 80,
                service: "upstream_proxy: \"\(onTheWay.url)\"\ncircuit_breaker: {max_pending: 2}"),
            options: ["--workers", "2"])
        let before = try proxy.program.descriptorCount()
        func begin() throws -> TestConnection {
            let client = try proxy.connect()
            try client.send(TestConnection.head("GET", "/"))
            return client
        }
        var waiting = [try begin(), try begin()]
        try Deadline.poll("both wait") { onTheWay.authorities.count == 2 }
        let refused = try proxy.request("GET", "/refused")
        #expect(refused.status == 503)
        #expect(refused.value("Retry-After") != nil)
        let line = try proxy.accessLine("/refused")
        #expect(line.contains("this service has as many requests as it may"))
        #expect(line.contains("\"fault\":\"proxy\"") && line.contains("\"service\":\"origin\""))

        // Who leaves while it waits leaves its place.
        waiting.removeFirst().end()
        try proxy.awaitDescriptorCount(before + 2)
        waiting.append(try begin())
        try Deadline.poll("another one waits in its place") { onTheWay.authorities.count == 3 }
        #expect(try proxy.request("GET", "/").status == 503)

        mayOpen.exchange(true)
        try Deadline.poll("both were sent on") { asked.count.load(ordering: .relaxed) == 2 }
        waiting += [try begin(), try begin()]
        try Deadline.poll("two more as well") { asked.count.load(ordering: .relaxed) == 4 }
        mayAnswer.exchange(true)
        for client in waiting { #expect(try client.readAnswer().text == "ok") }
    }

    /// Goal: a limit holds for all requests to a service of its name, however many tables have come between.
    @Test("A service that a reload takes away and a later one brings counts what was under way")
    func thereAndBack() throws {
        let backend = try ScriptedBackend { peer in
            while !(try peer.isAtEnd()) {
                if try peer.readHead()[0].contains("/wait") { continue }
                try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            }
        }
        func configuration(_ name: String) -> String {
            """
            services:
              \(name):
                url: "http://127.0.0.1:\(backend.port)"
                circuit_breaker: {max_connections: 2}
            route_rules: [{pattern: /*, target: \(name)}]
            """
        }
        let proxy = try ProxyUnderTest(configuration("here"), options: ["--workers", "1"])
        let waiting = [try proxy.connect(), try proxy.connect()]
        for client in waiting { try client.send(TestConnection.head("GET", "/wait")) }
        try Deadline.poll("both have a place") { try proxy.request("GET", "/").status == 503 }
        for (name, status): (String, Int) in [("there", 200), ("further", 200), ("here", 503)] {
            try proxy.reload(configuration(name))
            #expect(try proxy.request("GET", "/").status == status)
        }
        for client in waiting { client.end() }
        try Deadline.poll("there is room again") {
            try proxy.request("GET", "/").status == 200
        }
    }

    @Test("The same of one that only bounds who waits")
    func thereAndBackPending() throws {
        let mayOpen = LockedFlag(false)
        let onTheWay = try ConnectProxy { _, peer in
            try Deadline.poll("the way may be opened") { mayOpen.isSet }
            try ConnectProxy.open(peer)
            _ = try peer.readHead()
            try ConnectProxy.answer(peer, "ok")
        }
        func configuration(_ name: String) -> String {
            """
            services:
              \(name):
                url: "http://127.0.0.1:80"
                upstream_proxy: "\(onTheWay.url)"
                circuit_breaker: {max_pending: 2}
            route_rules: [{pattern: /*, target: \(name)}]
            """
        }
        let proxy = try ProxyUnderTest(configuration("here"), options: ["--workers", "1"])
        let waiting = [try proxy.connect(), try proxy.connect()]
        for client in waiting { try client.send(TestConnection.head("GET", "/")) }
        try Deadline.poll("both wait") { onTheWay.authorities.count == 2 }
        for name in ["there", "here"] {
            try proxy.reload(configuration(name))
        }
        #expect(try proxy.request("GET", "/").status == 503)
        mayOpen.exchange(true)
        for client in waiting { #expect(try client.readAnswer().text == "ok") }
    }

    private final class Counter: Sendable {
        let count = Atomic<Int>(0)
    }
}
