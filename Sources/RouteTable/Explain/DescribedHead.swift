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
        for header in request.sentHeaders {
            let name = append(header.name)
            fields.append(HeaderField(name: name, value: append(header.value)))
        }
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
