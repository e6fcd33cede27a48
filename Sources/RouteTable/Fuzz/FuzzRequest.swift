/// One of the requests that fuzzed tables are asked about.
struct FuzzRequest {
    let host: String
    let path: String
    let port: UInt16

    /// Hosts, paths and ports that reach every part of a table: exact and open names, short and long
    /// paths, all of them twice on two ports.
    static let requests: [FuzzRequest] = {
        let hosts = ["example.com", "a.example.com", "a.b.example.com", "[::1]", "", "x"]
        let long = "/" + String(repeating: "a/", count: 60) + "b"
        let paths = [
            "/", "/a", "/a/b", "/api/v1/users/5", "/static/app.js", "/x/y/z", "/ws/", long,
            "/r/abc/needle/x", "/files/a.b.c",
        ]
        return hosts.flatMap { host in
            paths.enumerated().map { index, path in
                FuzzRequest(host: host, path: path, port: index % 2 == 0 ? 80 : 8080)
            }
        }
    }()

    /// Calls `body` with the request as a matcher sees it.
    func withView<Result>(_ body: (borrowing RequestView) -> Result) -> Result {
        var bytes: [UInt8] = []
        func add(_ text: String) -> ByteRange {
            let start = bytes.count
            bytes += text.utf8
            return ByteRange(from: start, to: bytes.count)
        }
        let method = add("GET")
        let host = add(host)
        let path = add(path)
        let query = add("v=2&x=%41+b")
        let fields = [
            HeaderField(name: add("X-Env"), value: add("beta")),
            HeaderField(name: add("Cookie"), value: add("a=1; sid=x")),
        ]
        // SAFETY: the view is used while `bytes` and `fields` are alive.
        return unsafe body(
            RequestView(
                head: bytes.span.bytes, fields: fields.span, method: method, host: host, path: path,
                query: query, listenerPort: port, requestProtocol: .http,
                client: ClientAddress(ipv4: 0x0A00_0001)))
    }
}
