import RouteTable
import Runtime
import Testing

@Suite("Changes to heads")
struct FieldChangeTests {
    private static let answer =
        "HTTP/1.1 200 OK\r\nServer: wsproxy\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nok"

    /// `answer` with changes given as kind, name and value.
    private static func rewritten(
        _ changes: [(FieldChange.Kind, String, String)], _ answer: String = answer
    ) -> String {
        var run = ByteWriter(capacity: 4_096)
        for (kind, name, value) in changes {
            // SAFETY: bytes are plain data.
            unsafe FieldChange.append(
                kind, Array(name.utf8).span.bytes, Array(value.utf8).span.bytes, to: &run)
        }
        var writer = ByteWriter(capacity: 4_096)
        let bytes = Array(answer.utf8)
        // SAFETY: bytes are plain data.
        unsafe FieldChanges.rewrite(bytes.span.bytes, by: run.written, into: &writer)
        let written = writer.written
        let copied = (0..<written.byteCount).map { offset in
            // SAFETY: the offset is below the count.
            unsafe written.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
        }
        return String(decoding: copied, as: UTF8.self)
    }

    @Test("Set replaces, add adds, remove removes, and the content stays")
    func kinds() {
        #expect(
            Self.rewritten([(.set, "server", "x"), (.add, "X-B", "2"), (.remove, "x-a", "")])
                == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nserver: x\r\nX-B: 2\r\n\r\nok")
    }

    @Test("A later change counts more; a value that came out empty adds nothing")
    func order() {
        let text = Self.rewritten([
            (.add, "X-B", "1"), (.set, "X-B", "2"), (.add, "X-C", "3"), (.remove, "X-C", ""),
            (.set, "X-A", ""),
        ])
        #expect(
            text == "HTTP/1.1 200 OK\r\nServer: wsproxy\r\nContent-Length: 2\r\nX-B: 2\r\n\r\nok")
    }

    @Test("What begins alike can be taken away at once; framing never is")
    func prefix() {
        let answer =
            "HTTP/1.1 204 No Content\r\nAccess-Control-A: 1\r\naccess-control-b: 2\r\nX: 3\r\n"
            + "Connection: close\r\n\r\n"
        #expect(
            Self.rewritten(
                [(.removePrefix, "Access-Control-", ""), (.remove, "Connection", "")], answer)
                == "HTTP/1.1 204 No Content\r\nX: 3\r\nConnection: close\r\n\r\n")
    }

    /// The field lines that are passed on of `head` and those that changes add.
    private static func applied(
        _ changes: [(FieldChange.Kind, String, String)], to head: String, isRequest: Bool = false
    ) -> [String] {
        var run = ByteWriter(capacity: 4_096)
        for (kind, name, value) in changes {
            // SAFETY: bytes are plain data.
            unsafe FieldChange.append(
                kind, Array(name.utf8).span.bytes, Array(value.utf8).span.bytes, to: &run)
        }
        let bytes = Array(("HTTP/1.1 200 OK\r\n" + head + "\r\n").utf8)
        var fields = HeaderFields()
        var resume = 0
        var lines = ByteWriter(capacity: 4_096)
        // SAFETY: bytes are plain data.
        let span = unsafe bytes.span.bytes
        let outcome = ResponseHeadParser.parse(
            span, method: .get, limits: HeadLimits(headByteCountMax: 4_096), fields: &fields,
            resume: &resume)
        guard case .complete = outcome else { return ["not a head"] }
        FieldChanges.apply(
            run.written, to: &fields, of: span, isRequest: isRequest, into: &lines)
        var result: [String] = []
        for index in 0..<fields.count where !fields.isNominated(at: index) {
            let field = fields[index]
            let end = field.value.offset + field.value.count
            result.append(
                String(decoding: bytes[Int(field.name.offset)..<Int(end)], as: UTF8.self))
        }
        // SAFETY: as above.
        let added = unsafe lines.written.withUnsafeBytes {
            unsafe String(decoding: $0, as: UTF8.self)
        }
        return result + added.split(separator: "\r\n").map(String.init)
    }

    @Test("Changes take fields away and add lines, without regard to the case of names")
    func apply() {
        #expect(
            Self.applied(
                [
                    (.set, "x-a", "2"), (.add, "X-B", "3"), (.remove, "SERVER", ""),
                    (.set, "X-C", ""),
                ],
                to: "Server: s\r\nX-A: 1\r\nX-B: 1\r\nX-C: 1\r\n")
                == ["X-B: 1", "x-a: 2", "X-B: 3"])
    }

    @Test("A later change takes away what an earlier one has added, and only that")
    func overruled() {
        // Names of one length and with the same last letter but one look alike at first.
        #expect(
            Self.applied(
                [
                    (.set, "X-Alpha", "1"), (.add, "X-Gamma", "2"), (.set, "X-Gamma", "3"),
                    (.add, "Y-1", "4"), (.removePrefix, "Y-", ""), (.add, "Y-2", "5"),
                ], to: "Server: s\r\n")
                == ["Server: s", "X-Alpha: 1", "X-Gamma: 3", "Y-2: 5"])
    }

    @Test("In requests a name with underscores is the one with hyphens, in answers another one")
    func underscores() {
        let head = "X_User: evil\r\nX-User_Id: evil\r\nX_Other: fine\r\nX-User: evil\r\n"
        let changes: [(FieldChange.Kind, String, String)] = [
            (.set, "X-User", "u1"), (.remove, "x_user-id", ""),
        ]
        #expect(
            Self.applied(changes, to: head, isRequest: true) == ["X_Other: fine", "X-User: u1"])
        #expect(
            Self.applied(changes, to: head)
                == ["X_User: evil", "X-User_Id: evil", "X_Other: fine", "X-User: u1"])
        #expect(
            Self.applied([(.removePrefix, "X-User", "")], to: head, isRequest: true)
                == ["X_Other: fine"])
    }

    @Test("In requests what one guard adds under one of them another takes away under the other")
    func underscoresOfGuards() {
        let changes: [(FieldChange.Kind, String, String)] = [
            (.add, "X_User", "u1"), (.add, "X-Users", "u2"), (.remove, "X-User", ""),
        ]
        #expect(Self.applied(changes, to: "A: b\r\n", isRequest: true) == ["A: b", "X-Users: u2"])
        #expect(Self.applied(changes, to: "A: b\r\n") == ["A: b", "X_User: u1", "X-Users: u2"])
    }

    @Test("A list gets what it does not have")
    func listItems() {
        #expect(
            Self.applied([(.addListItem, "Vary", "Origin")], to: "Vary: Accept, origin\r\n")
                == ["Vary: Accept, origin"])
        #expect(
            Self.applied([(.addListItem, "Vary", "Origin")], to: "Vary: Accept\r\n")
                == ["Vary: Accept", "Vary: Origin"])
        #expect(
            Self.applied(
                [(.set, "Vary", "Cookie"), (.addListItem, "Vary", "Origin")], to: "Vary: Origin\r\n"
            )
                == ["Vary: Cookie", "Vary: Origin"])
    }

    @Test("What there is no room for is noticed")
    func overflow() {
        var run = ByteWriter(capacity: 16)
        let name = Array("X-Name".utf8)
        let value = [UInt8](repeating: 0x61, count: 10)
        // SAFETY: bytes are plain data.
        unsafe FieldChange.append(.set, name.span.bytes, value.span.bytes, to: &run)
        let (isOverflowed, count) = (run.isOverflowed, run.count)
        #expect(isOverflowed)
        #expect(count == 0)
    }
}

@Suite("Origins")
struct OriginMatchTests {
    @Test(
        "An origin is the listed one, or below its name",
        arguments: [
            ("https://example.com", "https://example.com", true),
            ("https://example.com", "HTTPS://Example.com", true),
            ("https://example.com", "http://example.com", false),
            ("https://example.com", "https://example.com.evil", false),
            ("https://example.com", "https://example.com:8443", false),
            ("https://*.example.com", "https://a.example.com", true),
            ("https://*.example.com", "https://a.b.example.com", true),
            ("https://*.example.com", "https://example.com", false),
            ("https://*.example.com", "https://.example.com", false),
            ("https://*.example.com", "https://evil.com/.example.com", false),
            ("https://*.example.com", "https://evil.com@a.example.com", false),
            ("https://*.example.com:8443", "https://a.example.com:8443", true),
            ("https://*.example.com:8443", "https://a.example.com", false),
            ("null", "null", true),
        ])
    func holds(allowed: String, origin: String, isAllowed: Bool) {
        let first = Array(allowed.utf8)
        let second = Array(origin.utf8)
        // SAFETY: bytes are plain data.
        #expect(unsafe OriginMatch.holds(first.span.bytes, second.span.bytes) == isAllowed)
    }
}
