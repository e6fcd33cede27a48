/// Where the records of routes begin: a bit for each unit of their section.
struct RouteStarts {
    private var words: [UInt64]
    private let count: Int

    init(count: Int) {
        self.count = count
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    mutating func insert(_ unit: UInt32) {
        words[Int(unit / 64)] |= 1 << UInt64(unit % 64)
    }

    func contains(_ unit: UInt32) -> Bool {
        Int(unit) < count && words[Int(unit / 64)] &>> UInt64(unit % 64) & 1 == 1
    }
}
