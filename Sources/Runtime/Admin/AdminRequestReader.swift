internal import RouteTable

/// Reads requests to the admin listener with the parser that reads those of all clients.
struct AdminRequestReader: ~Copyable {
    enum Outcome {
        case incomplete
        /// A request, and how many bytes it took, its content included.
        case complete(AdminRequest, byteCount: Int)
        /// Answer and close.
        case refused(AdminRefusal)
    }

    private let guardian: AdminGuard
    private var fields = HeaderFields(capacity: Limits.fieldsMax)

    init(_ guardian: AdminGuard) { self.guardian = guardian }

    /// Looks for a request at the start of `bytes`.
    mutating func read(_ bytes: RawSpan) -> Outcome {
        var resume = 0
        let outcome = RequestHeadParser.parse(
            bytes,
            limits: HeadLimits(
                headByteCountMax: AdminLimits.headBytesMax,
                targetByteCountMax: AdminLimits.headBytesMax,
                bodyByteCountMax: UInt64(AdminLimits.contentBytesMax)), fields: &fields,
            resume: &resume)
        switch outcome {
        case .incomplete: return .incomplete
        case .refused(let fault), .unserved(_, let fault):
            return .refused(AdminRefusal(fault.status, "\(fault.reason)"))
        case .complete(let head): return read(head, bytes)
        }
    }

    private mutating func read(_ head: RequestHead, _ bytes: RawSpan) -> Outcome {
        var contentByteCount = 0
        switch head.framing {
        case .none: break
        case .length(let byteCount): contentByteCount = Int(clamping: byteCount)
        case .chunked:
            return .refused(AdminRefusal(.lengthRequired, "content needs a Content-Length"))
        }
        let path = text(bytes.octets(head.path))
        if let refusal = guardian.refusal(
            of: head, path: path, fields, bytes, isOpen: AdminCall.isOpen(path, head.method))
        {
            return .refused(refusal)
        }
        guard head.targetForm == .origin else {
            return .refused(AdminRefusal(.badRequest, "the target has to be a path"))
        }
        let query = Array(text(bytes.octets(head.query)).utf8)
        guard let items = AdminQueryItem.items(of: query) else {
            return .refused(AdminRefusal(.badRequest, "the query is not valid"))
        }
        guard bytes.byteCount >= head.byteCount + contentByteCount else { return .incomplete }
        return .complete(
            AdminRequest(
                method: head.method, path: path, query: items,
                prefersText: !head.acceptsJSON && acceptsText(bytes), keepsAlive: head.keepAlive),
            byteCount: head.byteCount + contentByteCount)
    }

    private func acceptsText(_ bytes: RawSpan) -> Bool {
        for index in 0..<fields.count where fields.kind(at: index) == .accept {
            var list = ListCursor(fields[index].value)
            while let element = list.next(in: bytes) {
                let type = MediaType.withoutParameters(element, in: bytes)
                if bytes.equalsIgnoringCase(type, "text/plain") { return true }
            }
        }
        return false
    }

    private func text(_ bytes: RawSpan) -> String {
        // SAFETY: the bytes are copied before the span ends.
        unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
