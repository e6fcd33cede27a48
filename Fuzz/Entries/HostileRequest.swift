internal import RouteTable
internal import TestSupport

/// One of the requests that a hostile table is asked about: its bytes, and where its parts stand in them.
struct HostileRequest: Sendable {
    /// Pieces of hosts and paths.
    struct Words: Sendable {
        var hosts: [String]
        var paths: [String]
    }

    let draw: UInt32
    private var head: [UInt8] = []
    private var fields: [HeaderField] = []
    private var method = ByteRange.empty
    private var host = ByteRange.empty
    private var path = ByteRange.empty
    private var query = ByteRange.empty
    private let port: UInt16
    private let requestProtocol: RequestProtocol
    let client: ClientAddress

    init(of words: Words, _ random: inout SeededGenerator) {
        draw = UInt32.random(in: 0...UInt32.max, using: &random)
        port = random.one(of: [80, 8080, 9000, 0])
        requestProtocol = random.one(of: [.http, .sse, .webSocket])
        client = ClientAddress(ipv4: random.one(of: [0x0A00_0001, 0x7F00_0001, 0xC0A8_0001]))
        method = append(random.one(of: ["GET", "POST", "PURGE"]))
        host = append(Self.host(of: words, &random))
        path = append(Self.path(of: words, &random))
        query = append(random.one(of: ["", "v=2&x=%41+b", "v=b&v=2", "a+b=beta"]))
        if random.once(in: 2) {
            fields.append(HeaderField(name: append("X-Env"), value: append("beta")))
        }
        if random.once(in: 2) {
            fields.append(HeaderField(name: append("Cookie"), value: append("sid=x; env=b")))
        }
    }

    private mutating func append(_ text: String) -> ByteRange {
        let start = head.count
        head += text.utf8
        return ByteRange(from: start, to: head.count)
    }

    private static func host(of words: Words, _ random: inout SeededGenerator) -> String {
        let host = random.one(of: words.hosts)
        return switch random.number(0...7) {
        case 0: "a." + host
        case 1: "a.b." + host
        case 2: random.one(of: ["", "[::1]", "x", "a.b.c.d.e.f.g.h"])
        default: host
        }
    }

    private static func path(of words: Words, _ random: inout SeededGenerator) -> String {
        switch random.number(0...599) {
        case 0: "/" + String(repeating: "a/", count: 62) + "b"
        case 1: "/" + String(repeating: "a", count: 4_000)
        default:
            "/"
                + (0..<random.number(0...4)).map { _ in random.one(of: words.paths) }
                .joined(separator: "/")
        }
    }

    /// The names and segments that stand in a table.
    static func words(in bytes: [UInt8]) -> Words {
        var words = Words(
            hosts: ["example.com", "x"], paths: ["a", "b", "x1", "api", "v1", "a.js"])
        guard let table = try? LoadedTable(checking: bytes, isTrusted: false) else { return words }
        for pattern in table.hostPatterns() where !pattern.hasPrefix("~") {
            words.hosts.append(String(pattern.drop { $0 == "*" || $0 == "." }))
        }
        for pattern in table.routePatterns(countMax: 200) {
            for piece in pattern.split(separator: "/") {
                words.paths.append(piece.contains("{") ? "v" : String(piece.filter(isPlain)))
            }
        }
        return words
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "."
    }

    /// Calls `body` with the request as a matcher sees it.
    func withView<Result>(_ body: (borrowing RequestView) -> Result) -> Result {
        // SAFETY: the view is used while `head` and `fields` are alive.
        unsafe body(
            RequestView(
                head: head.span.bytes, fields: fields.span, method: method, host: host, path: path,
                query: query, listenerPort: port, requestProtocol: requestProtocol, client: client))
    }
}
