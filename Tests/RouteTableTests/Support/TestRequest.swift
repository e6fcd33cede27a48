import RouteTable

/// A request as tests write it.
struct TestRequest {
    var method = "GET"
    var host = "example.com"
    var path = "/"
    var query = ""
    var headers: [(String, String)] = []
    var port: UInt16 = 80
    var requestProtocol = RequestProtocol.http
    var client = ClientAddress(ipv4: 0x7F00_0001)

    init(_ path: String = "/", host: String = "example.com") {
        self.path = path
        self.host = host
    }

    /// Calls `body` with the request as a matcher sees it.
    func withView<Result>(_ body: (borrowing RequestView) -> Result) -> Result {
        var bytes: [UInt8] = []
        func add(_ text: String) -> ByteRange {
            let start = bytes.count
            bytes += text.utf8
            return ByteRange(from: start, to: bytes.count)
        }
        let method = add(method)
        let host = add(host)
        let path = add(path)
        let query = add(query)
        let fields = headers.map { HeaderField(name: add($0.0), value: add($0.1)) }
        bytes.append(0)
        // SAFETY: the view is used while `bytes` and `fields` are alive.
        return unsafe body(
            RequestView(
                head: bytes.span.bytes, fields: fields.span, method: method, host: host, path: path,
                query: query, listenerPort: port, requestProtocol: requestProtocol, client: client))
    }
}
