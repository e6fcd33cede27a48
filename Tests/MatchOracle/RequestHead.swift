package import RouteTable

/// The bytes of one request and where its parts stand in them, as the HTTP parser would leave them.
package struct RequestHead {
    package private(set) var bytes: [UInt8] = []
    package private(set) var fields: [HeaderField] = []
    private var method = ByteRange.empty
    private var host = ByteRange.empty
    private var path = ByteRange.empty
    private var query = ByteRange.empty

    package init(_ request: OracleRequest) {
        method = append(Array(request.method.utf8))
        host = append(Array(request.host.utf8))
        path = append(request.path)
        query = append(Array(request.query.utf8))
        for header in request.headers {
            let name = append(Array(header.name.utf8))
            let value = append(Array(header.value.utf8))
            fields.append(HeaderField(name: name, value: value))
        }
    }

    /// The request as the matcher takes it.
    @_lifetime(borrow self, copy fields)
    package func view(of request: OracleRequest, fields: Span<HeaderField>) -> RequestView {
        // SAFETY: bytes have no padding.
        unsafe RequestView(
            head: bytes.span.bytes, fields: fields, method: method, host: host, path: path,
            query: query, listenerPort: request.port, requestProtocol: request.requestProtocol,
            client: request.client)
    }

    /// Adds a part, with a byte around it that no part may reach.
    private mutating func append(_ part: [UInt8]) -> ByteRange {
        bytes.append(0)
        let start = bytes.count
        bytes += part
        defer { bytes.append(0) }
        return ByteRange(from: start, to: bytes.count)
    }
}
