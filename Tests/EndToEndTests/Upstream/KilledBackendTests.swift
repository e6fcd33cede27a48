import Foundation
import Synchronization
import TestSupport
import Testing

/// Goal: no request is lost when a backend dies under load and comes back; only those may fail that
/// were in flight and can't be repeated.
/// Method: clients send requests all the time, half of them such as may not be repeated; one of three
/// backends is killed, started again, and used again. Answers are counted.
@Suite("A backend is killed under load")
struct KilledBackendTests {
    private final class Tally: Sendable {
        let answered = Atomic<Int>(0)
        let failedRepeatable = Atomic<Int>(0)
        let failedOthers = Atomic<Int>(0)
        let finished = Atomic<Int>(0)
    }

    private static let clientCount = 8

    private func load(_ port: UInt16, until isOver: LockedFlag, _ tally: Tally) {
        for number in 0..<Self.clientCount {
            Thread.detachNewThread {
                let isRepeatable = number % 2 == 0
                while !isOver.isSet {
                    let status = try? TestConnection(port: port).request(
                        isRepeatable ? "GET" : "POST", "/bytes/64",
                        fields: isRepeatable ? [] : ["Content-Length: 0"]
                    ).status
                    if status == 200 {
                        tally.answered.add(1, ordering: .relaxed)
                    } else if isRepeatable {
                        tally.failedRepeatable.add(1, ordering: .relaxed)
                    } else {
                        tally.failedOthers.add(1, ordering: .relaxed)
                    }
                }
                tally.finished.add(1, ordering: .relaxed)
            }
        }
    }

    private func awaitAnswers(_ count: Int, _ tally: Tally) throws {
        let target = tally.answered.load(ordering: .relaxed) + count
        try Deadline.poll("\(count) more answers") {
            tally.answered.load(ordering: .relaxed) >= target
        }
    }

    private func end(_ isOver: LockedFlag, _ tally: Tally) throws {
        isOver.exchange(true)
        try Deadline.poll("all clients have ended") {
            tally.finished.load(ordering: .relaxed) == Self.clientCount
        }
    }

    private static func proxy(
        before origins: [TestOrigin], breaker: String
    ) throws -> ProxyUnderTest {
        let backends = origins.map { "{url: \"http://127.0.0.1:\($0.port)\"}" }
            .joined(separator: ", ")
        return try ProxyUnderTest(
            """
            services:
              origin:
                load_balancer: {backends: [\(backends)]}
                circuit_breaker: {\(breaker)}
            route_rules: [{pattern: /*, target: origin}]
            """, options: ["--workers", "2"])
    }

    @Test("Only requests in flight that can't be repeated fail")
    func killed() throws {
        var origins = try (0..<3).map { _ in try TestOrigin(port: ScriptedBackend.refusingPort()) }
        let proxy = try Self.proxy(
            before: origins, breaker: "consecutive_failures: 3, ejection_time: 200ms")
        let tally = Tally()
        let isOver = LockedFlag(false)
        defer { _ = isOver.exchange(true) }
        load(proxy.port, until: isOver, tally)
        try awaitAnswers(300, tally)
        let port = origins[1].port
        origins[1].program.send(9)
        _ = try origins[1].program.exit()
        try awaitAnswers(300, tally)
        _ = try proxy.program.line(containing: "endpoint.ejected")
        origins[1] = try TestOrigin(port: port)
        _ = try proxy.program.line(containing: "endpoint.back")
        try awaitAnswers(300, tally)
        try end(isOver, tally)
        #expect(tally.failedRepeatable.load(ordering: .relaxed) == 0)
        // One request of each such client can have been in flight when the backend died, and the next one too: the
        // kernel closes the connections of a process that was killed one after the other.
        #expect(tally.failedOthers.load(ordering: .relaxed) <= Self.clientCount)
        #expect(try origins[1].openConnectionCount() > 0)
    }

    /// Goal: where backends are started anew one after the other, each is down for a while, and all others are well,
    /// though those that were down before are still ejected. Which request goes where is told by
    /// ``EjectedEndpointTests``; how many are lost depends on how soon the machine lets a backend answer.
    @Test("Where one after the other is started anew, those that are ejected answer")
    func rolling() throws {
        var origins = try (0..<3).map { _ in try TestOrigin(port: ScriptedBackend.refusingPort()) }
        let proxy = try Self.proxy(before: origins, breaker: "ejection_time: 1h")
        let tally = Tally()
        let isOver = LockedFlag(false)
        defer { _ = isOver.exchange(true) }
        load(proxy.port, until: isOver, tally)
        try awaitAnswers(300, tally)
        for index in [0, 1, 2, 0] {
            let port = origins[index].port
            origins[index].program.send(9)
            _ = try origins[index].program.exit()
            try awaitAnswers(300, tally)
            origins[index] = try TestOrigin(port: port)
            try awaitAnswers(100, tally)
        }
        try end(isOver, tally)
        // Ejected for an hour: by requests that tried them all the same.
        let back = try proxy.program.line(containing: "endpoint.back")
        #expect(back.contains("it has answered"))
    }
}
