import RouteCompiler
import RouteTable
import Testing
import Validate

/// Goal: the ways for plain paths and hosts differ in nothing from those for all.
/// Method: each path has a twin with one letter as an escape, each host one in a table that has not seen it;
/// what stands behind them in the head varies, since whole blocks are read.
@Suite("Plain paths and hosts")
struct PlainFormTests {
    private static let tails = [
        "", "x", String(repeating: "~", count: 15), String(repeating: "z", count: 90),
    ]

    /// A text that depends on `seed` alone.
    private static func text(_ seed: Int, count: Int, from letters: [Character]) -> String {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        return String(
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return letters[Int(state >> 33) % letters.count]
            })
    }

    private static func form(_ table: inout TestTable, _ path: String, tail: String) -> String {
        var request = TestRequest(path)
        request.query = tail
        let outcome = table.match(request)
        if case .refused(let refusal) = outcome { return "\(refusal)" }
        return table.canonicalPath()
    }

    @Test("A plain path has the form that it has with an escaped letter")
    func paths() throws {
        var table = try TestTable(TestConfiguration.routes([("/*", "all"), ("/a/b/*", "below")]))
        var plainCount = 0
        for seed in 0..<2000 {
            let letters: [Character] =
                seed % 3 == 0 ? ["a", "b", "/", "."] : ["a", "b", "-", "~", ";", "/", "c", "d"]
            // The first letter is one that can be escaped, and begins no segment of dots.
            let rest = Self.text(seed, count: seed % 140, from: letters)
            let tail = Self.tails[seed % Self.tails.count]
            let plain = Self.form(&table, "/q" + rest, tail: tail)
            #expect(plain == Self.form(&table, "/%71" + rest, tail: tail), "/q\(rest)")
            if plain == "/q" + rest { plainCount += 1 }
        }
        #expect(plainCount > 200)
    }

    @Test(
        "Each byte is as forbidden at any place of a block as elsewhere",
        arguments: [1, 14, 15, 16, 31, 62, 63, 64, 65, 130])
    func bytes(place: Int) throws {
        var table = try TestTable(TestConfiguration.routes([("/*", "all")]))
        let before = String(repeating: "a", count: place - 1)
        for byte in UInt8(1)..<128 {
            let path = "/\(before)\(Character(Unicode.Scalar(byte)))b"
            for tail in Self.tails {
                #expect(
                    Self.form(&table, path, tail: tail)
                        == Self.form(&table, path.replacingLast("b", by: "%62"), tail: tail),
                    "byte \(byte)")
            }
        }
    }

    @Test("64 segments are taken, 65 are not")
    func segments() throws {
        var table = try TestTable(TestConfiguration.routes([("/*", "all")]))
        let most = String(repeating: "/a", count: 64)
        #expect(Self.form(&table, most, tail: "") == most)
        #expect(Self.form(&table, most + "/a", tail: "") == "tooManySegments")
        #expect(
            Self.form(
                &table, String(repeating: "/", count: 1) + String(repeating: "abcdefg/", count: 40),
                tail: ""
            ).utf8.count == 321)
    }

    private static let hosts = [
        "example.com", "EXAMPLE.com", "example.com.", "example.com:8080", "Example.Com.:1",
        "example.com:", "example.com:x",
        "a.example.com", "a.b.example.com", "..", ".", ".example.com", "example..com",
        "example.com..", ":80", ".:80", "a_b-9.test",
        "[::1]", "[::1]:80", "example.com:80:80", "exämple.com", "ex ample.com", "127.0.0.1",
        "127.0.0.1:99999999", "x", "",
        "1234567890123456789012345678901234567890.example.com",
        "123456789012345678901234567890123456.example.com:8080",
        "1234567890123456789012345678901234567890123456789012345.example.com:80",
    ]

    @Test(
        "A host leads to the same rule the first time and every other time",
        arguments: [80, 8080] as [UInt16])
    func hosts(port: UInt16) throws {
        var table = try TestTable(SampleTable.compiled.bytes)
        for round in 0..<3 {
            for host in Self.hosts {
                var fresh = try TestTable(SampleTable.compiled.bytes)
                var request = TestRequest("/files/x", host: host)
                request.port = port
                request.query = Self.tails[3]
                let name = table.name(request)
                #expect(name == fresh.name(request), "\(host), round \(round)")
                #expect(table.canonicalHost() == fresh.canonicalHost(), "\(host), round \(round)")
                // The same at the very end of the head, where nothing can be read behind it.
                request.path = "/"
                request.query = ""
                #expect(table.name(request) == fresh.name(request), "\(host), round \(round)")
            }
        }
    }

    @Test("Hosts that differ in case or port share no more than their rule")
    func ports() throws {
        var table = try TestTable(SampleTable.compiled.bytes)
        var request = TestRequest("/old/x", host: "w.example.com")
        request.query = Self.tails[3]
        request.port = 80
        let other = table.name(request)
        request.port = 8080
        #expect(table.name(request) == "redirect")
        request.host = "W.EXAMPLE.COM"
        #expect(table.name(request) == "redirect")
        #expect(table.canonicalHost() == "w.example.com")
        request.port = 80
        #expect(table.name(request) == other)
        request.host = "w.example.com"
        #expect(table.name(request) == other && other != "redirect")
    }
}

extension String {
    /// The text with its last letter, which is `letter`, replaced.
    fileprivate func replacingLast(_ letter: Character, by text: String) -> String {
        precondition(last == letter, "another letter")
        return dropLast() + text
    }
}
