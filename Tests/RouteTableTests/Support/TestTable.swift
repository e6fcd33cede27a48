import RouteCompiler
import RouteTable
import Validate

/// A compiled and loaded table with its matcher.
struct TestTable: ~Copyable {
    let table: LoadedTable
    var matcher: Matcher

    init(_ configuration: Configuration, isTrusted: Bool = true) throws {
        try self.init(RouteCompiler.compile(configuration).bytes, isTrusted: isTrusted)
    }

    init(_ bytes: [UInt8], isTrusted: Bool = true) throws {
        table = try LoadedTable(checking: bytes, isTrusted: isTrusted)
        matcher = Matcher(for: table)
    }

    mutating func match(_ request: TestRequest, draw: UInt32 = 0) -> MatchOutcome {
        let outcome = request.withView { matcher.match($0, in: table, draw: draw) }
        return outcome
    }

    /// The name of the route that takes the request, or a word for what happened instead.
    mutating func name(_ request: TestRequest) -> String {
        switch match(request) {
        case .forward(let route?, _), .redirect(let route), .respond(let route):
            Self.text(table.name(of: route))
        case .forward(nil, let service): "target " + table.services()[Int(service.rawValue)].name
        case .notFound: "404"
        case .refused: "400"
        case .tooExpensive: "503"
        }
    }

    mutating func name(_ path: String, host: String = "example.com") -> String {
        name(TestRequest(path, host: host))
    }

    /// The path that goes upstream, or nil where the rewritten one is refused.
    mutating func forwarded(_ request: TestRequest) -> String? {
        let outcome = match(request)
        guard case .forward(let route, _) = outcome else { return nil }
        guard matcher.rewrite(by: route, in: table) == nil else { return nil }
        return Self.text(matcher.forwardPath())
    }

    /// The Location of the redirect that the request gets, or nil.
    mutating func location(_ request: TestRequest) -> String? {
        guard case .redirect(let route) = match(request) else { return nil }
        let isMade = request.withView { matcher.makeRedirect(by: route, request: $0, in: table) }
        return isMade ? Self.text(matcher.redirectLocation()) : nil
    }

    /// The canonical path of the request matched last.
    func canonicalPath() -> String { Self.text(matcher.canonicalPath()) }

    func canonicalHost() -> String { Self.text(matcher.canonicalHost()) }

    static func text(_ span: RawSpan) -> String {
        let bytes = (0..<span.byteCount).map {
            // SAFETY: the index is below the count.
            unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
