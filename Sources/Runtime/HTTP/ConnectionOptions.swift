import RouteTable

/// What the `Connection` fields of a head say.
struct ConnectionOptions: OptionSet, BitwiseCopyable {
    let rawValue: UInt8

    static let close = ConnectionOptions(rawValue: 1)
    static let keepAlive = ConnectionOptions(rawValue: 2)
    static let upgrade = ConnectionOptions(rawValue: 4)
    /// An option that is none of these: the name of a field that ends here.
    static let nomination = ConnectionOptions(rawValue: 8)

    /// Reads one field value.
    ///
    /// - Parameter budget: How many more options may come; below zero the head is refused.
    mutating func read(_ value: ByteRange, in bytes: RawSpan, budget: inout Int) {
        var list = ListCursor(value)
        while budget >= 0, let option = list.next(in: bytes) {
            budget -= 1
            insert(Self.meaning(of: option, in: bytes))
        }
    }

    private static func meaning(of option: ByteRange, in bytes: RawSpan) -> ConnectionOptions {
        if bytes.equalsIgnoringCase(option, "close") { return .close }
        if bytes.equalsIgnoringCase(option, "keep-alive") { return .keepAlive }
        if bytes.equalsIgnoringCase(option, "upgrade") { return .upgrade }
        // Goes with every `TE`, which is never copied anyway.
        if bytes.equalsIgnoringCase(option, "te") { return [] }
        return .nomination
    }

    /// Marks every field that a `Connection` field names.
    ///
    /// - Complexity: O(*options* × *fields*), both bounded by ``HeadLimits`` and the array.
    static func markNominated(in fields: inout HeaderFields, _ bytes: RawSpan) {
        for index in 0..<fields.count where fields.kind(at: index) == .connection {
            var list = ListCursor(fields[index].value)
            while let option = list.next(in: bytes) {
                for other in 0..<fields.count
                where bytes.equalsIgnoringCase(fields[other].name, option) {
                    fields.nominate(at: other)
                }
            }
        }
    }
}
