/// The slots of a perfect hash before they are placed.
struct KeyedRecords<Record> {
    private(set) var keys: [UInt64] = []
    private(set) var records: [Record] = []

    mutating func append(_ record: Record, _ key: UInt64) {
        keys.append(key)
        records.append(record)
    }
}
