import Foundation
import TestSupport
import Testing

/// Goal: however an exchange ends, nothing of it stays open.
/// Method: all descriptors of the proxy are counted before and after many exchanges that end in one way. The
/// pool of idle connections empties itself at once, so the numbers have to be equal.
@Suite("Descriptors")
struct DescriptorTests {
    private static let pool = "advanced: {connection_pool: {idle_timeout: 50ms}}"

    /// How an exchange ends.
    enum Way: String, CaseIterable {
        case wholeAnswer, backendCloses, backendResets, backendClosesInHead, backendClosesInBody
        case backendResetsInBody, backendRefuses, badRequest
        case clientLeavesInHead, clientLeavesInContent, clientLeavesInAnswer, clientLeavesWaiting
        case clientLeavesEvents, clientLeavesWebSocket, clientResetsWebSocket
        case backendDropsWebSocket, backendResetsWebSocket, refusedUpgrade, closedWebSocket
    }

    private static func descriptorCount(of program: RunningProgram) throws -> Int {
        try FileManager.default.contentsOfDirectory(
            atPath: "/proc/\(program.processIdentifier)/fd"
        ).count
    }

    @Test("No way of ending an exchange leaves a descriptor behind", arguments: Way.allCases)
    func ways(way: Way) throws {
        let origin = try TestOrigin()
        let port = way == .backendRefuses ? try ScriptedBackend.refusingPort() : origin.port
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: port, top: Self.pool), options: ["--workers", "1"])
        // What is opened once, with the first exchange, is open before the count. The end of that exchange may be
        // counted with it, which is why fewer may be left.
        try Self.end(.wholeAnswer, proxy.connect(), isServed: way != .backendRefuses)
        try Self.settle(proxy, origin)
        let before = try Self.descriptorCount(of: proxy.program)
        for _ in 0..<5 {
            var open: [TestConnection] = []
            for _ in 0..<20 {
                let connection = try proxy.connect()
                try Self.end(way, connection, isServed: way != .backendRefuses)
                open.append(connection)
            }
        }
        try Deadline.poll("the proxy is back at \(before) descriptors after \(way)") {
            try Self.descriptorCount(of: proxy.program) <= before
        }
        #expect(try proxy.terminate() == .code(0))
    }

    /// Waits until only the listener and what belongs to the process is open.
    private static func settle(_ proxy: ProxyUnderTest, _ origin: TestOrigin) throws {
        try Deadline.poll("the origin has no connection") {
            try origin.openConnectionCount() == 0
        }
        var last = -1
        try Deadline.poll("the number of descriptors stays the same") {
            let count = try descriptorCount(of: proxy.program)
            defer { last = count }
            return count == last
        }
    }

    private static func end(_ way: Way, _ connection: TestConnection, isServed: Bool) throws {
        func ask(_ target: String) throws -> Int? {
            try connection.send(TestConnection.head("GET", target))
            return try? connection.readAnswer().status
        }
        switch way {
        case .wholeAnswer: #expect(try ask("/bytes/10") == (isServed ? 200 : 502))
        case .backendCloses: #expect(try ask("/fault/close") == 502)
        case .backendResets: #expect(try ask("/fault/reset") == 502)
        case .backendClosesInHead: #expect(try ask("/fault/close-in-head") == 502)
        case .backendRefuses: #expect(try ask("/") == 502)
        // The end may be seen together with the head; then there is an answer.
        case .backendClosesInBody: #expect(try ask("/fault/close-in-body") != 200)
        case .backendResetsInBody: #expect(try ask("/fault/reset-in-body") != 200)
        case .refusedUpgrade: #expect(try connection.upgrade("/status/403").status == 403)
        case .badRequest:
            try connection.send("GET / HTTP/1.1\r\n\r\n")
            #expect(try connection.readAnswer().status == 400)
        case .clientLeavesInHead: try connection.send("GET / HTTP/1.1\r\nHos")
        case .clientLeavesInContent:
            try connection.send(
                TestConnection.head("POST", "/echo", fields: ["Content-Length: 100"]) + "part")
        case .clientLeavesInAnswer:
            try connection.send(TestConnection.head("GET", "/bytes/100000000"))
            #expect(try connection.readHead().first == "HTTP/1.1 200 OK")
        case .clientLeavesWaiting: try connection.send(TestConnection.head("GET", "/fault/hang"))
        case .clientLeavesEvents:
            try connection.send(TestConnection.head("GET", "/sse"))
            #expect(try connection.readHead().first == "HTTP/1.1 200 OK")
        case .clientLeavesWebSocket: #expect(try connection.upgrade("/ws").status == 101)
        case .clientResetsWebSocket:
            #expect(try connection.upgrade("/ws").status == 101)
            connection.reset()
        case .backendDropsWebSocket: try endByBackend("/ws/drop", connection)
        case .backendResetsWebSocket: try endByBackend("/ws/reset", connection)
        case .closedWebSocket:
            #expect(try connection.upgrade("/ws").status == 101)
            try connection.send(bytes: TestConnection.frame(8, [0x03, 0xe8]))
            #expect(try connection.readFrame().opcode == 8)
            #expect(try connection.isAtEnd())
        }
    }

    private static func endByBackend(_ target: String, _ connection: TestConnection) throws {
        #expect(try connection.upgrade(target).status == 101)
        try connection.sendFrame(1, "go")
        _ = try connection.readToEnd()
    }
}
