/// Requests as bytes and ranges, one behind the other, ready for the matcher.
package struct BenchRequests: Sendable {
    /// One request; its ranges count from its own first byte.
    struct Item: BitwiseCopyable, Sendable {
        var start = 0
        var byteCount = 0
        var firstField = 0
        var fieldCount = 0
        var method = ByteRange.empty
        var host = ByteRange.empty
        var path = ByteRange.empty
        var query = ByteRange.empty
        var listenerPort: UInt16 = 0
        var requestProtocol = RequestProtocol.http
        var client = ClientAddress(ipv4: 0x7F00_0001)
    }

    private(set) var bytes: [UInt8] = []
    private(set) var fields: [HeaderField] = []
    private(set) var items: [Item] = []

    package init() {}

    /// Number of requests.
    package var count: Int { items.count }

    /// Adds a request with its query and its headers.
    package mutating func append(_ request: DescribedRequest) {
        var item = begin(
            method: Array(request.method.utf8), host: Array(request.host.utf8),
            path: Array(request.path.utf8), query: Array(request.query.utf8))
        for header in request.headers {
            let name = append(header.name, to: item)
            fields.append(HeaderField(name: name, value: append(header.value, to: item)))
        }
        item.listenerPort = request.listenerPort
        item.requestProtocol = request.requestProtocol
        item.client = request.client
        end(item)
    }

    /// Adds a request of a log.
    package mutating func append(_ line: RequestLogLine, listenerPort: UInt16) {
        var item = begin(method: line.method, host: line.host, path: line.path, query: [])
        item.listenerPort = line.port ?? listenerPort
        item.requestProtocol = line.requestProtocol
        end(item)
    }

    /// The bytes stand as in a real head: matching may read beyond a part, and does so faster.
    private mutating func begin(
        method: [UInt8], host: [UInt8], path: [UInt8], query: [UInt8]
    ) -> Item {
        var item = Item()
        item.start = bytes.count
        item.firstField = fields.count
        item.method = append(method, to: item)
        _ = append(" ", to: item)
        item.path = append(path, to: item)
        if !query.isEmpty {
            _ = append("?", to: item)
            item.query = append(query, to: item)
        }
        _ = append(" HTTP/1.1\r\nHost: ", to: item)
        item.host = append(host, to: item)
        _ = append("\r\n", to: item)
        return item
    }

    private mutating func end(_ item: Item) {
        var item = item
        _ = append("User-Agent: Mozilla/5.0\r\nAccept: */*\r\n\r\n", to: item)
        item.byteCount = bytes.count - item.start
        item.fieldCount = fields.count - item.firstField
        items.append(item)
    }

    private mutating func append(_ text: String, to item: Item) -> ByteRange {
        append(Array(text.utf8), to: item)
    }

    private mutating func append(_ text: [UInt8], to item: Item) -> ByteRange {
        let start = bytes.count - item.start
        bytes += text
        return ByteRange(from: start, to: bytes.count - item.start)
    }
}
