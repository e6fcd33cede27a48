/// The head of a described request as the HTTP parser would leave it.
struct DescribedHead {
    private var bytes: [UInt8] = []
    private(set) var fields: [HeaderField] = []
    private var method = ByteRange.empty
    private var host = ByteRange.empty
    private var path = ByteRange.empty
    private var query = ByteRange.empty
    private let request: DescribedRequest

    init(_ request: DescribedRequest) {
        self.request = request
        method = append(request.method)
        host = append(request.host)
        path = append(request.path)
        query = append(request.query)
        for header in request.headers + Self.implied(by: request) {
            let name = append(header.name)
            fields.append(HeaderField(name: name, value: append(header.value)))
        }
    }

    /// What a client sends beside what was written: Host, and the fields of a WebSocket handshake.
    private static func implied(by request: DescribedRequest) -> [DescribedRequest.Header] {
        var fields: [(String, String)] = request.host.isEmpty ? [] : [("Host", request.host)]
        if request.requestProtocol == .webSocket {
            fields += [
                ("Upgrade", "websocket"), ("Connection", "Upgrade"),
                ("Sec-WebSocket-Version", "13"),
                ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ]
        }
        return fields.filter { field in
            !request.headers.contains { $0.name.lowercased() == field.0.lowercased() }
        }.map { DescribedRequest.Header(name: $0.0, value: $0.1) }
    }

    /// The request as the matcher takes it.
    ///
    /// - Parameter fields: ``fields``, held by the caller for as long as the view lives.
    @_lifetime(borrow self, copy fields)
    func view(fields: Span<HeaderField>) -> RequestView {
        // SAFETY: bytes have no padding.
        unsafe RequestView(
            head: bytes.span.bytes, fields: fields, method: method, host: host, path: path,
            query: query, listenerPort: request.listenerPort,
            requestProtocol: request.requestProtocol, client: request.client)
    }

    private mutating func append(_ text: String) -> ByteRange {
        let start = bytes.count
        bytes += Array(text.utf8)
        return ByteRange(from: start, to: bytes.count)
    }
}
