import RouteTable
import Runtime
import Testing

/// Goal: nothing that guards have decided about comes back in front of the head or behind it.
@Suite("Fields of trailers and interim heads")
struct LateFieldTests {
    /// What is passed on of a trailer, without the last chunk and the empty line.
    private static func passed(
        _ trailer: String, by changes: [(FieldChange.Kind, String, String)] = [],
        isRequest: Bool = true, lookingAt names: [String] = []
    ) -> String {
        var run = ByteWriter(capacity: 4_096)
        for (kind, name, value) in changes {
            // SAFETY: bytes are plain data.
            unsafe FieldChange.append(
                kind, Array(name.utf8).span.bytes, Array(value.utf8).span.bytes, to: &run)
        }
        let bytes = Array((trailer + "\r\n").utf8)
        var fields = HeaderFields()
        var writer = ByteWriter(capacity: 4_096)
        // SAFETY: bytes are plain data.
        let span = unsafe bytes.span.bytes
        guard case .complete = TrailerSection.parse(span, fields: &fields) else {
            return "not a trailer"
        }
        FieldChanges.dropLate(run.written, from: &fields, of: span, isRequest: isRequest)
        TrailerSection.drop(names.map { Array($0.utf8) }, from: &fields, of: span)
        TrailerSection.write(fields, bytes: span, passesFields: true, into: &writer)
        let written = writer.written
        let text = (0..<written.byteCount).map { offset in
            // SAFETY: the offset is below the count.
            unsafe written.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
        }
        return String(decoding: text.dropFirst(3).dropLast(2), as: UTF8.self)
    }

    @Test("Of a request's trailer nothing goes on that a guard sets, removes, adds or copies")
    func request() {
        let trailer =
            "X-User: evil\r\nX_User: evil\r\nx-set: evil\r\nX-Gone: evil\r\nX-More: evil\r\n"
            + "X-Ok: 1\r\nX-Us: 2\r\n"
        let changes: [(FieldChange.Kind, String, String)] = [
            (.set, "x-user", "joe"), (.set, "X-Set", ""), (.remove, "X-Gone", ""),
            (.add, "X-More", "1"),
        ]
        #expect(Self.passed(trailer, by: changes) == "X-Ok: 1\r\nX-Us: 2\r\n")
        #expect(Self.passed(trailer) == trailer)
    }

    @Test("Of a request's trailer nothing goes on that something was decided by")
    func lookedAt() {
        let trailer = "X-Tier: gold\r\nx_tier: gold\r\nX-Tie: 1\r\nX-Tiers: 2\r\nX-KEY: 3\r\n"
        #expect(
            Self.passed(trailer, lookingAt: ["x-tier", "X-Key", ""])
                == "X-Tie: 1\r\nX-Tiers: 2\r\n")
    }

    @Test("Of an answer's trailer nothing goes on that a guard sets or removes")
    func answer() {
        let changes: [(FieldChange.Kind, String, String)] = [
            (.set, "X-Set", "1"), (.remove, "X-Gone", ""), (.add, "Server-Timing", "a"),
            (.removePrefix, "Access-Control-", ""), (.addListItem, "X-List", "b"),
        ]
        let trailer =
            "X-Set: 2\r\nX-Gone: 3\r\naccess-control-allow-origin: *\r\nServer-Timing: c\r\n"
            + "X-List: d\r\n"
        #expect(
            Self.passed(trailer, by: changes, isRequest: false)
                == "Server-Timing: c\r\nX-List: d\r\n")
    }

    @Test(
        "What a head alone may say is dropped, however it is spelt",
        arguments: [
            "Via: 1.1 a", "X-Http-Method-Override: PUT", "X_HTTP_Method_Override: PUT",
            "X-Original-URL: /admin", "X-Rewrite-Url: /admin", "Set_Cookie: a=b", "Cookie: a=b",
            "X-Forwarded-Prefix: /a", "X-Client-Cert-Subject: CN=a", "X-Request-Id: a",
            "X-Api-Key: a", "True-Client-IP: 1.2.3.4", "X-Real-IP: 1.2.3.4", "Forwarded: for=a",
        ])
    func forbidden(line: String) {
        #expect(Self.passed("\(line)\r\nX-Ok: 1\r\n") == "X-Ok: 1\r\n")
    }
}
