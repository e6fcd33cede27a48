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

    package mutating func append(_ request: DescribedRequest) {
        var item = Item()
        item.start = bytes.count
        item.firstField = fields.count
        item.method = append(request.method, to: item)
        item.host = append(request.host, to: item)
        item.path = append(request.path, to: item)
        item.query = append(request.query, to: item)
        for header in request.headers {
            let name = append(header.name, to: item)
            fields.append(HeaderField(name: name, value: append(header.value, to: item)))
        }
        item.byteCount = bytes.count - item.start
        item.fieldCount = fields.count - item.firstField
        item.listenerPort = request.listenerPort
        item.requestProtocol = request.requestProtocol
        item.client = request.client
        items.append(item)
    }

    /// Adds a request of a log.
    package mutating func append(_ line: RequestLogLine, listenerPort: UInt16) {
        var item = Item()
        item.start = bytes.count
        item.firstField = fields.count
        item.method = append(line.method, to: item)
        item.host = append(line.host, to: item)
        item.path = append(line.path, to: item)
        item.byteCount = bytes.count - item.start
        item.listenerPort = line.port ?? listenerPort
        item.requestProtocol = line.requestProtocol
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
