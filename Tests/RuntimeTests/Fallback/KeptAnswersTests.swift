import RouteTable
import Runtime
import TestSupport
import Testing

@Suite("Kept answers")
struct KeptAnswersTests {
    private static func key(_ text: String) -> AnswerKey {
        key([text])
    }

    private static func key(_ texts: [String]) -> AnswerKey {
        var writer = ByteWriter(capacity: 4_096)
        for text in texts {
            let bytes = Array(text.utf8)
            let span = bytes.span
            // SAFETY: bytes are plain data; the array outlives the call.
            unsafe AnswerKey.add(span.bytes, to: &writer)
        }
        return AnswerKey(of: writer.written)
    }

    private let kept = KeptAnswers(
        ServicePolicy.LastGood(
            staleMillisecondsMax: 60_000, answerBytesMax: 1_000, totalBytesMax: 4_000))

    /// An answer begins to arrive.
    private func begin(_ name: String, byteCount: Int = 1, now: UInt64 = 0) throws -> AnswerOrder {
        guard case .reserved(let order) = kept.reserve(byteCount, for: Self.key(name), now: now)
        else { throw TestSupportError("no room for \(name)") }
        return order
    }

    /// It has arrived.
    private func end(
        _ name: String, _ order: AnswerOrder, byteCount: Int = 1_000, now: UInt64 = 0,
        born: Int64 = 0
    ) {
        let bytes = [UInt8](repeating: UInt8(name.utf8.count), count: byteCount)
        kept.keep(
            bytes, lineByteCount: 10, as: Self.key(name), order: order, born: born, now: now)
        kept.giveBack(1, for: Self.key(name))
    }

    /// At once.
    private func keep(
        _ name: String, byteCount: Int = 1_000, now: UInt64 = 0, born: Int64 = 0
    ) throws {
        end(name, try begin(name, now: now), byteCount: byteCount, now: now, born: born)
    }

    private func has(_ name: String, now: UInt64 = 0) -> Bool {
        kept.find(Self.key(name), now: now) != nil
    }

    @Test("Keys of one text are one, those of others are others")
    func keys() {
        #expect(Self.key("a") == Self.key("a"))
        #expect(Self.key("a") != Self.key("b"))
        #expect(Self.key(["ab", "c"]) != Self.key(["a", "bc"]))
        #expect(Self.key(["ab", "c"]) == Self.key(["ab", "c"]))
    }

    @Test("An answer is found with its lines, its content and its age, until it is too old")
    func age() throws {
        // It was 5 seconds old when it came.
        try keep("a", byteCount: 30, now: 2_000, born: -3_000)
        let found = try #require(kept.find(Self.key("a"), now: 2_999))
        #expect(found.ageSeconds == 5)
        #expect(try #require(kept.find(Self.key("a"), now: 3_000)).ageSeconds == 6)
        #expect(found.contentByteCount == 20)
        var counts: [Int] = []
        // SAFETY: only counts are taken.
        unsafe found.withBytes { lines, content in
            counts = [lines.count, content.count]
        }
        #expect(counts == [10, 20])
        #expect(has("a", now: 57_000))
        #expect(kept.count == 1)
        #expect(!has("a", now: 57_001))
        #expect(kept.count == 0)
        #expect(kept.byteCount == 0)
    }

    @Test("The one that was kept longest ago goes first")
    func oldestOut() throws {
        for name in ["a", "b", "c"] { try keep(name, byteCount: 1_000) }
        #expect(kept.byteCount == 3 * (1_000 + KeptAnswers.entryByteCount))
        // Kept anew: it is the newest one then.
        try keep("a", now: 1_000)
        #expect(kept.count == 3)
        try keep("d")
        #expect(["a", "b", "c", "d"].map { has($0) } == [true, false, true, true])
        try keep("large", byteCount: 3_000)
        #expect(["a", "c", "d", "large"].map { has($0) } == [false, false, false, true])
        #expect(kept.byteCount <= 4_000)
        try keep("too large", byteCount: 4_000)
        #expect(["large", "too large"].map { has($0) } == [true, false])
    }

    /// Goal: whatever comes and goes, the links and the sum of bytes stay right.
    /// Method: hundreds of answers by a fixed rule, compared with a plain list.
    @Test("Many answers that come and go leave neither bytes nor places behind")
    func manyAnswers() throws {
        var list: [(name: String, byteCount: Int)] = []
        for step in 0..<2_000 {
            let name = "\(step &* 7 % 13)"
            list.removeAll { $0.name == name }
            if step % 5 == 0 {
                kept.forget(Self.key(name))
            } else {
                let byteCount = 10 + step &* 31 % 900
                try keep(name, byteCount: byteCount, now: UInt64(step) * 1_000)
                list.append((name, byteCount + KeptAnswers.entryByteCount))
                while list.reduce(0, { $0 + $1.byteCount }) > 4_000 { list.removeFirst() }
            }
            #expect(kept.byteCount == list.reduce(0) { $0 + $1.byteCount })
            #expect(kept.count == list.count)
        }
        for entry in list { #expect(has(entry.name)) }
    }

    @Test("Answers on their way have room, and the same one is not kept twice in a second")
    func reserving() throws {
        let key = Self.key("a")
        _ = try begin("a", byteCount: 3_000)
        #expect(kept.reserve(1_001, for: Self.key("b"), now: 0) == .full)
        _ = try begin("b", byteCount: 1_000)
        kept.giveBack(3_000, for: key)
        kept.giveBack(1_000, for: Self.key("b"))
        #expect(kept.reservedByteCount == 0)
        try keep("a", now: 5_000)
        #expect(kept.reserve(10, for: key, now: 5_999) == .isRecent)
        _ = try begin("a", now: 6_000)
        // While that one arrives no other one is wanted.
        #expect(kept.reserve(10, for: key, now: 6_500) == .isRecent)
        #expect(has("a", now: 6_500))
    }

    @Test("A slow answer does not take the place of one that began to arrive after it")
    func late() throws {
        try keep("a", byteCount: 100)
        let slow = try begin("a", now: 1_000)
        let quick = try begin("a", now: 2_000)
        end("a", quick, byteCount: 200, now: 2_100)
        end("a", slow, byteCount: 300, now: 3_000)
        #expect(kept.find(Self.key("a"), now: 3_000)?.contentByteCount == 190)
        // In the usual order both are kept, one after the other.
        let first = try begin("a", now: 4_000)
        let second = try begin("a", now: 5_000)
        end("a", first, byteCount: 400, now: 5_100)
        #expect(kept.find(Self.key("a"), now: 5_100)?.contentByteCount == 390)
        end("a", second, byteCount: 500, now: 5_200)
        #expect(kept.find(Self.key("a"), now: 5_200)?.contentByteCount == 490)
        #expect(kept.reservedByteCount == 0)
    }

    @Test("An answer that was on its way when the backend said something else is not kept")
    func overtaken() throws {
        let slow = try begin("a")
        kept.forget(Self.key("a"))
        let next = try begin("a")
        end("a", slow)
        #expect(!has("a"))
        end("a", next)
        #expect(has("a"))
    }

    @Test("What is given stays whole, whatever becomes of what is kept")
    func given() throws {
        try keep("a", byteCount: 30)
        let found = try #require(kept.find(Self.key("a"), now: 0))
        kept.forget(Self.key("a"))
        try keep("large", byteCount: 3_500)
        #expect(!has("a"))
        #expect(found.contentByteCount == 20)
    }

    @Test("A worker remembers for a second what need not be looked at")
    func recent() {
        var recent = RecentAnswers()
        let (a, b) = (Self.key("a"), Self.key("b"))
        let unknown = recent.contains(a, now: 0)
        recent.note(a, now: 5_000)
        let states = [5_000, 5_999, 6_000].map { recent.contains(a, now: $0) }
        let other = recent.contains(b, now: 5_000)
        recent.forget(a)
        let forgotten = recent.contains(a, now: 5_000)
        #expect(!unknown)
        #expect(states == [true, true, false])
        #expect(!other)
        #expect(!forgotten)
    }
}
