internal import RouteTable
internal import Runtime

/// A request whose path can be exchanged while all else stays.
struct MatchQuestion {
    let bytes: [UInt8]
    let head: RequestHead
    /// Asked for instead of the path in the head, unless it is empty.
    var path: [UInt8] = []

    init(bytes: [UInt8], head: RequestHead) {
        self.bytes = bytes
        self.head = head
    }

    /// The table that is asked.
    static let table: LoadedTable = {
        guard let bytes = TableSeed.table(compiledFrom: Array(MatchConfiguration.text.utf8)),
            let table = try? LoadedTable(checking: bytes, isTrusted: true)
        else { preconditionFailure("the configuration of the match target is not valid") }
        return table
    }()

    /// Asks, with a matcher for ``table``.
    func ask(_ matcher: inout Matcher, fields: Span<HeaderField>) -> MatchAnswer {
        var head = head
        var bytes = bytes
        if !path.isEmpty {
            head.path = ByteRange(from: bytes.count, to: bytes.count + path.count)
            bytes += path
        }
        // SAFETY: the view is of bytes, which have no padding, and is used while the array lives.
        let view = unsafe head.view(
            of: bytes.span.bytes, fields: fields, listenerPort: 8080,
            client: ClientAddress(ipv4: 0xC000_0201))
        let outcome = matcher.match(view, in: Self.table, draw: 0x4000_0000)
        var answer = MatchAnswer(
            outcome: outcome, canonicalPath: Self.array(matcher.canonicalPath()))
        switch outcome {
        case .forward(let route, _):
            if matcher.rewrite(by: route, in: Self.table) == nil {
                answer.forwardPath = Self.array(matcher.forwardPath())
            }
        case .redirect(let route):
            if matcher.makeRedirect(by: route, request: view, in: Self.table) {
                answer.location = Self.array(matcher.redirectLocation())
            }
        case .respond, .notFound, .refused, .tooExpensive: break
        }
        return answer
    }

    private static func array(_ span: RawSpan) -> [UInt8] {
        // SAFETY: the buffer is used inside the closure only.
        unsafe span.withUnsafeBytes { unsafe Array($0) }
    }
}
