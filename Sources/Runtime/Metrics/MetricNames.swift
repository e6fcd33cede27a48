/// Names of one kind and their places.
struct MetricNames {
    private var slots: [[UInt8]: UInt32] = [:]
    /// In the order of their places.
    private(set) var labels: [[UInt8]] = []
    private let countMax: Int

    /// - Parameters:
    ///   - other: What ``MetricSlot/other`` is called. A name that is the same is counted there as well: two
    ///     series with the same labels can't be.
    ///   - none: The same for ``MetricSlot/none``.
    init(countMax: Int, other: [UInt8], none: [UInt8]) {
        self.countMax = countMax
        _ = slot(of: other)
        _ = slot(of: none)
    }

    mutating func slot(of label: [UInt8]) -> MetricSlot {
        if let known = slots[label] { return MetricSlot(rawValue: known) }
        guard labels.count < countMax else { return .other }
        let slot = UInt32(labels.count)
        slots[label] = slot
        labels.append(label)
        return MetricSlot(rawValue: slot)
    }
}
