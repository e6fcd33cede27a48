/// The requests that are timed together, in a small buffer that stays in the cache: as heads lie in the
/// proxy when it has read and parsed them.
struct BenchBatch {
    private var bytes: [UInt8] = []
    private var fields: [HeaderField] = []
    private var items: [BenchRequests.Item] = []

    /// Takes `order[range]` of the requests. Allocates only until it has held a batch of that size.
    mutating func fill(from requests: BenchRequests, _ order: [UInt32], _ range: Range<Int>) {
        bytes.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        items.removeAll(keepingCapacity: true)
        for position in range {
            var item = requests.items[Int(order[position])]
            let start = bytes.count
            let firstField = fields.count
            bytes.append(contentsOf: requests.bytes[item.start..<(item.start + item.byteCount)])
            fields.append(
                contentsOf: requests.fields[item.firstField..<(item.firstField + item.fieldCount)])
            item.start = start
            item.firstField = firstField
            items.append(item)
        }
    }

    /// Matches all requests of the batch.
    ///
    /// - Returns: How many of them a rule takes.
    func match(with matcher: inout Matcher, in table: borrowing LoadedTable) -> Int {
        var takenCount = 0
        let heads = bytes.span
        let allFields = fields.span
        for item in items {
            // SAFETY: bytes have no padding.
            let head = unsafe heads.extracting(item.start..<(item.start + item.byteCount)).bytes
            let view = RequestView(
                head: head,
                fields: allFields.extracting(item.firstField..<(item.firstField + item.fieldCount)),
                method: item.method, host: item.host, path: item.path, query: item.query,
                listenerPort: item.listenerPort, requestProtocol: item.requestProtocol,
                client: item.client)
            switch matcher.match(view, in: table, draw: 0) {
            case .forward, .redirect, .respond: takenCount += 1
            case .notFound, .refused, .tooExpensive: break
            }
        }
        return takenCount
    }
}
