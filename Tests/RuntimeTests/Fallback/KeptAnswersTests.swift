import RouteTable
import Runtime
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

    private func keep(_ name: String, byteCount: Int = 1_000, now: UInt64 = 0, born: Int64 = 0) {
        let bytes = [UInt8](repeating: UInt8(name.utf8.count), count: byteCount)
        kept.keep(bytes, lineByteCount: 10, as: Self.key(name), born: born, now: now)
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
        keep("a", byteCount: 30, now: 2_000, born: -3_000)
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
    func oldestOut() {
        for name in ["a", "b", "c"] { keep(name, byteCount: 1_000) }
        #expect(kept.byteCount == 3 * (1_000 + KeptAnswers.entryByteCount))
        // Kept anew: it is the newest one then.
        keep("a")
        #expect(kept.count == 3)
        keep("d")
        #expect(["a", "b", "c", "d"].map { has($0) } == [true, false, true, true])
        keep("large", byteCount: 3_000)
        #expect(["a", "c", "d", "large"].map { has($0) } == [false, false, false, true])
        #expect(kept.byteCount <= 4_000)
        keep("too large", byteCount: 4_000)
        #expect(["large", "too large"].map { has($0) } == [true, false])
    }

    /// Goal: whatever comes and goes, the links and the sum of bytes stay right.
    /// Method: hundreds of answers by a fixed rule, compared with a plain list.
    @Test("Many answers that come and go leave neither bytes nor places behind")
    func manyAnswers() {
        var list: [(name: String, byteCount: Int)] = []
        for step in 0..<2_000 {
            let name = "\(step &* 7 % 13)"
            list.removeAll { $0.name == name }
            if step % 5 == 0 {
                kept.forget(Self.key(name))
            } else {
                let byteCount = 10 + step &* 31 % 900
                keep(name, byteCount: byteCount)
                list.append((name, byteCount + KeptAnswers.entryByteCount))
                while list.reduce(0, { $0 + $1.byteCount }) > 4_000 { list.removeFirst() }
            }
            #expect(kept.byteCount == list.reduce(0) { $0 + $1.byteCount })
            #expect(kept.count == list.count)
        }
        for entry in list { #expect(has(entry.name)) }
    }

    @Test("Answers on their way have room, and the same one is not kept twice in a second")
    func reserving() {
        let key = Self.key("a")
        #expect(kept.reserve(3_000, for: key, now: 0) == .reserved)
        #expect(kept.reserve(1_001, for: Self.key("b"), now: 0) == .full)
        #expect(kept.reserve(1_000, for: Self.key("b"), now: 0) == .reserved)
        kept.giveBack(3_000)
        kept.giveBack(1_000)
        #expect(kept.reservedByteCount == 0)
        keep("a", now: 5_000)
        #expect(kept.reserve(10, for: key, now: 5_999) == .isRecent)
        #expect(kept.reserve(10, for: key, now: 6_000) == .reserved)
        // While that one arrives no other one is wanted.
        #expect(kept.reserve(10, for: key, now: 6_500) == .isRecent)
        #expect(has("a", now: 6_500))
    }

    @Test("What is given stays whole, whatever becomes of what is kept")
    func given() throws {
        keep("a", byteCount: 30)
        let found = try #require(kept.find(Self.key("a"), now: 0))
        kept.forget(Self.key("a"))
        keep("large", byteCount: 3_500)
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
