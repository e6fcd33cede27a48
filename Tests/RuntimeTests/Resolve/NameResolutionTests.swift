import Runtime
import Testing

@Suite("Name resolution")
struct NameResolutionTests {
    private let one = [SocketAddress(ipv4: 0x0A00_0001, port: 0)]
    private let two = [SocketAddress(ipv4: 0x0A00_0002, port: 0)]

    @Test("A name is asked for at once, and not again while a query is under way")
    func first() {
        var resolution = NameResolution(now: 5000)
        #expect(resolution.dueMilliseconds == 5000)
        resolution.asked(now: 5000)
        #expect(resolution.dueMilliseconds == nil)
        resolution.doubted(now: 5001)
        #expect(resolution.dueMilliseconds == nil)
        #expect(resolution.answered(one, ttlSeconds: 30, now: 5100) == .addresses(one))
        #expect(resolution.dueMilliseconds == 35_100)
    }

    @Test(
        "An answer is kept as long as its time to live, within bounds",
        arguments: [(0, 1000), (1, 1000), (60, 60_000), (86_400, 3_600_000), (nil, 30_000)]
            as [(UInt32?, UInt64)])
    func timeToLive(ttlSeconds: UInt32?, keptMilliseconds: UInt64) {
        var resolution = NameResolution(now: 0)
        resolution.asked(now: 0)
        #expect(resolution.answered(one, ttlSeconds: ttlSeconds, now: 10) == .addresses(one))
        #expect(resolution.dueMilliseconds == 10 + keptMilliseconds)
    }

    @Test("What one family has is used while the other is waited for, if nothing else is known")
    func parts() {
        var resolution = NameResolution(now: 0)
        #expect(resolution.partsDueMilliseconds == nil)
        resolution.asked(now: 10)
        #expect(resolution.partsDueMilliseconds == 110)
        resolution.askedForParts()
        #expect(resolution.partsDueMilliseconds == nil)
        #expect(resolution.answeredInPart(one) == .addresses(one))
        #expect(resolution.answeredInPart(two) == .none)
        #expect(resolution.answered(one + two, ttlSeconds: 1, now: 500) == .addresses(one + two))
        // Late, or where addresses are known, they say nothing.
        #expect(resolution.answeredInPart(two) == .none)
        resolution.asked(now: 1_500)
        #expect(resolution.partsDueMilliseconds == nil)
        #expect(resolution.answeredInPart(two) == .none)
        #expect(resolution.addresses == one + two)
    }

    @Test("The same answer again tells nobody")
    func unchanged() {
        var resolution = NameResolution(now: 0)
        #expect(resolution.answered(one, ttlSeconds: 1, now: 0) == .addresses(one))
        #expect(resolution.answered(one, ttlSeconds: 1, now: 1000) == .none)
        #expect(resolution.answered(two, ttlSeconds: 1, now: 2000) == .addresses(two))
    }

    @Test("A name that fails keeps its addresses and is asked for with growing pauses")
    func failures() {
        var resolution = NameResolution(now: 0)
        #expect(resolution.failed(.timedOut, now: 0) == .failure(.timedOut))
        #expect(resolution.answered(one, ttlSeconds: 1, now: 0) == .addresses(one))
        var pauses: [UInt64] = []
        for _ in 0..<8 {
            #expect(resolution.failed(.serverFailed, now: 100) == .none)
            pauses.append((resolution.dueMilliseconds ?? 0) - 100)
        }
        #expect(pauses == [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
        #expect(resolution.addresses == one)
        #expect(resolution.answered(one, ttlSeconds: 1, now: 200) == .none)
        #expect(resolution.failure == nil)
        #expect(resolution.failed(.serverFailed, now: 300) == .none)
        #expect(resolution.dueMilliseconds == 1300)
    }

    @Test("Doubt brings the next query forward, but not within a second of the last")
    func doubt() {
        var resolution = NameResolution(now: 0)
        resolution.asked(now: 0)
        #expect(resolution.answered(one, ttlSeconds: 600, now: 10) == .addresses(one))
        resolution.doubted(now: 20)
        #expect(resolution.dueMilliseconds == 1000)
        resolution.doubted(now: 5000)
        #expect(resolution.dueMilliseconds == 1000)
    }
}
