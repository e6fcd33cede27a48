/// The one or two places where a worker keeps what it knows of an endpoint: in the table of a request, and in the
/// current one if another endpoint goes on for it there.
struct EndpointPlaces: Sequence, IteratorProtocol, BitwiseCopyable {
    struct Place: BitwiseCopyable {
        let table: UInt32
        /// Among the table's endpoints.
        let index: Int
    }

    private var first: Place?
    private var second: Place?

    init(_ endpoint: UInt32, table: UInt32, heir: UInt32?, currentTable: UInt32) {
        first = Place(table: table, index: Int(endpoint))
        second = heir.map { Place(table: currentTable, index: Int($0)) }
    }

    mutating func next() -> Place? {
        let place = first
        first = second
        second = nil
        return place
    }
}
