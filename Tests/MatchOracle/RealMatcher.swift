import RouteCompiler
package import RouteTable
package import TableFormat
package import Validate

/// The real matcher over a compiled configuration, asked the way the oracle is asked.
package struct RealMatcher: ~Copyable {
    private let table: LoadedTable
    private var matcher: Matcher
    private let serviceNames: [String]
    /// What a request took beyond the worst case that its table states.
    package private(set) var excess: (work: MatchWork, stated: WorstCase)?

    package init(_ configuration: Configuration) throws {
        let bytes = try RouteCompiler.compile(configuration).bytes
        table = try LoadedTable(checking: bytes, isTrusted: true)
        matcher = Matcher(for: table)
        serviceNames = table.services().map(\.name)
    }

    /// What the real matcher says about `request`, with the random number `draw`.
    package mutating func observe(_ request: OracleRequest, draw: UInt32) -> Observation {
        let head = RequestHead(request)
        let fields = head.fields
        let view = head.view(of: request, fields: fields.span)
        let outcome = matcher.match(view, in: table, draw: draw)
        let work = matcher.matchWork(in: table)
        if !work.isWithin(table.worstCase) { excess = (work, table.worstCase) }
        switch outcome {
        case .forward(let route, let service):
            let refusal = matcher.rewrite(by: route, in: table)
            return Observation(
                verdict: .forward(
                    line: route.map { Int(table.line(of: $0)) },
                    service: serviceNames[Int(service.rawValue)]),
                forwardPath: refusal == nil ? Self.text(matcher.forwardPath()) : nil)
        case .redirect(let route):
            let isFit = matcher.makeRedirect(by: route, request: view, in: table)
            return Observation(
                verdict: .redirect(line: Int(table.line(of: route))),
                location: isFit ? Self.text(matcher.redirectLocation()) : nil)
        case .respond(let route):
            return Observation(verdict: .respond(line: Int(table.line(of: route))))
        case .notFound: return Observation(verdict: .notFound)
        case .refused(let refusal): return Observation(verdict: .refused(refusal))
        case .tooExpensive: return Observation(verdict: .tooExpensive)
        }
    }

    private static func text(_ span: RawSpan) -> String {
        // SAFETY: every offset is below the span's count, and every bit pattern is a byte.
        let bytes = span.byteOffsets.map {
            unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
