import RouteTable
import Runtime
import Testing

@Suite("Parts of balancing")
struct BalanceValueTests {
    private func range(_ name: String, _ head: String, isCookie: Bool) -> String? {
        var fields = HeaderFields(capacity: 16)
        let bytes = Array(head.utf8)
        var resume = 0
        // SAFETY: the array outlives the span.
        let span = unsafe bytes.span.bytes
        guard
            case .complete = RequestHeadParser.parse(
                span, limits: HeadLimits(headByteCountMax: 4_096), fields: &fields, resume: &resume)
        else { return nil }
        let found =
            isCookie
            ? RequestKeys.cookie(Array(name.utf8), of: fields, in: span)
            : RequestKeys.field(Array(name.utf8), of: fields, in: span)
        return found.map { String(decoding: bytes[$0.indices], as: UTF8.self) }
    }

    @Test(
        "Cookies are found by their whole name",
        arguments: [
            ("a=1; sid=x", "x"), ("sid=x", "x"), ("asid=1; sid=y", "y"), ("sid=; b=2", ""),
            ("SID=1", nil), ("sid", nil), ("b=sid=1", nil), ("sid=1;sid=2", "1"), ("  sid=z ", "z"),
        ] as [(String, String?)])
    func cookies(field: String, expected: String?) {
        let head = "GET / HTTP/1.1\r\nHost: a\r\nCookie: \(field)\r\n\r\n"
        #expect(range("sid", head, isCookie: true) == expected)
    }

    @Test("Fields are found without regard to case")
    func field() {
        let head = "GET / HTTP/1.1\r\nHost: a\r\nX-USER: bob\r\nX-User: eve\r\n\r\n"
        #expect(range("x-user", head, isCookie: false) == "bob")
        #expect(range("x-use", head, isCookie: false) == nil)
    }

    private func place(of token: [UInt8], in tokens: AffinityTokens) -> Int? {
        // SAFETY: the array outlives the span.
        unsafe tokens.endpoint(of: token.span.bytes)
    }

    @Test("A cookie names its endpoint, and nothing else does")
    func affinity() {
        let policy = ServicePolicy.Affinity(cookieName: "sid", milliseconds: 90_000)
        let names = ["http://a:1", "http://b:1", "http://c:1"]
        let tokens = AffinityTokens(policy, service: "s", endpoints: names, key: [1, 2, 3])
        let others = AffinityTokens(policy, service: "s", endpoints: names, key: [1, 2, 4])
        let turned = AffinityTokens(
            policy, service: "s", endpoints: names.reversed(), key: [1, 2, 3])
        for index in 0..<3 {
            let token = Array(tokens.token(at: index))
            var forged = token
            forged[31] ^= 1
            #expect(place(of: token, in: tokens) == index)
            #expect(place(of: token, in: turned) == 2 - index)
            #expect(place(of: token, in: others) == nil)
            #expect(place(of: forged, in: tokens) == nil)
            #expect(place(of: token.dropLast(), in: tokens) == nil)
            #expect(place(of: token + Array("0123abcd".utf8), in: tokens) == index)
            for more in ["0", "0123ABCD", "0123abcg", "0123abcd0", " 123abcd", "-123abcd"] {
                #expect(place(of: token + Array(more.utf8), in: tokens) == nil)
            }
        }
        #expect(
            String(decoding: tokens.attributes, as: UTF8.self)
                == "; Path=/; Max-Age=90; HttpOnly; SameSite=Lax")
    }

    @Test("A cookie is given again when more than half of its life is over")
    func renewal() {
        let policy = ServicePolicy.Affinity(cookieName: "sid", milliseconds: 90_000)
        let tokens = AffinityTokens(policy, service: "s", endpoints: ["http://a:1"], key: [1])
        let token = Array(tokens.token(at: 0))
        func isDue(_ stamp: [UInt8], now: UInt64) -> Bool {
            let value = token + stamp
            // SAFETY: the array outlives the span.
            return unsafe tokens.isDueForRenewal(value.span.bytes, nowSeconds: now)
        }
        let given: UInt64 = 0x6920_ABCD
        let stamp = AffinityTokens.stamp(nowSeconds: given)
        let bytes = stamp.indices.map { stamp[$0] }
        #expect(String(decoding: bytes, as: UTF8.self) == "6920abcd")
        #expect(place(of: token + bytes, in: tokens) == 0)
        #expect(!isDue(bytes, now: given) && !isDue(bytes, now: given + 45))
        #expect(isDue(bytes, now: given + 46) && isDue(bytes, now: given + 1_000))
        // Of a clock that goes another way, or of an earlier version.
        #expect(isDue(bytes, now: given - 1) && isDue([], now: given))
    }

    @Test("The longest pause doubles up to its limit, and each pause is anything up to it")
    func backoff() {
        let retry = ServicePolicy.Retry(
            attempts: 5, backoffMilliseconds: 100, backoffMillisecondsMax: 500,
            onConnectFailure: true, statuses: StatusSet())
        var random = RandomBits(seed: 3)
        for (number, longest) in [(1, 100), (2, 200), (3, 400), (4, 500), (100, 500)] {
            var pauses: [UInt64] = []
            for _ in 0..<1_000 {
                pauses.append(
                    Backoff.milliseconds(before: UInt32(number), retry, random: &random))
            }
            #expect(pauses.allSatisfy { $0 <= UInt64(longest) })
            #expect(pauses.contains { $0 < UInt64(longest) / 10 })
            #expect(pauses.contains { $0 > UInt64(longest) * 9 / 10 })
        }
    }

    @Test("A fifth of the requests may be repeated, and a few each second")
    func budget() {
        var budget = RetryBudget(now: 0)
        func taken(_ budget: inout RetryBudget, now: UInt64) -> Int {
            var count = 0
            while budget.take(now: now) { count += 1 }
            return count
        }
        #expect(taken(&budget, now: 0) == 10)
        for _ in 0..<100 { budget.noteRequest() }
        #expect(taken(&budget, now: 500) == 20)
        #expect(taken(&budget, now: 1_000) == 10)
        #expect(taken(&budget, now: 1_999) == 0)
        for _ in 0..<100_000 { budget.noteRequest() }
        #expect(taken(&budget, now: 1_999) == 100)
    }

    @Test(
        "A head is moved to another endpoint",
        arguments: [
            ("/old", "/new", "", "GET /new/x?q=1 HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n"),
            ("", "/new", "", "GET /new/old/x?q=1 HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n"),
            ("/old", "", "b:80", "GET /x?q=1 HTTP/1.1\r\nHost: b:80\r\nX: 1\r\n\r\n"),
        ])
    func retarget(old: String, new: String, host: String, expected: String) {
        let head = Array("GET /old/x?q=1 HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n".utf8)
        var writer = ByteWriter(capacity: 1_024)
        let (base, name) = (Array(new.utf8), Array(host.utf8))
        // SAFETY: the arrays outlive the spans.
        unsafe HeadRetarget.write(
            head.span.bytes, oldBasePathCount: old.utf8.count, basePath: base.span.bytes,
            host: name.span.bytes, into: &writer)
        // SAFETY: bytes are plain data; the writer outlives the call.
        let written = unsafe writer.written.withUnsafeBytes {
            unsafe String(decoding: $0, as: UTF8.self)
        }
        #expect(written == expected)
    }
}
