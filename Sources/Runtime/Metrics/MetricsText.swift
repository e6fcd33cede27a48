/// Writes the text format of Prometheus, version 0.0.4.
package struct MetricsText {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Begins a family: all of its samples follow at once.
    mutating func begin(_ family: MetricFamily) {
        append("# HELP ")
        append(family.name)
        append(" ")
        append(family.help)
        append("\n# TYPE ")
        append(family.name)
        append(" ")
        append(family.kind.name)
        append("\n")
    }

    /// One sample with a whole number.
    ///
    /// - Parameters:
    ///   - suffix: Of the family's name.
    ///   - labels: Pieces of labels; those that are empty are left out.
    mutating func sample(
        _ family: MetricFamily, suffix: StaticString = "", _ labels: [[UInt8]], _ value: UInt64
    ) {
        beginSample(family, suffix, labels)
        append(decimal: value)
        append("\n")
    }

    /// The same for what may fall below zero while workers are read one after the other.
    mutating func gauge(_ family: MetricFamily, _ labels: [[UInt8]], _ value: UInt64) {
        sample(family, labels, value > UInt64(Int64.max) ? 0 : value)
    }

    /// One sample that is a number of units, such as microseconds, and shown in another, such as seconds.
    mutating func sample(
        _ family: MetricFamily, suffix: StaticString = "", _ labels: [[UInt8]], _ value: UInt64,
        unitsInOne unit: UInt64
    ) {
        beginSample(family, suffix, labels)
        append(decimal: value, unitsInOne: unit)
        append("\n")
    }

    /// All samples of one histogram.
    ///
    /// - Parameter words: What was counted in each bucket, and the sum, as ``MetricsLayout`` has it.
    mutating func histogram(
        _ family: MetricFamily, _ labels: [[UInt8]], _ scale: HistogramScale,
        _ word: (Int) -> UInt64
    ) {
        var count: UInt64 = 0
        for (index, bound) in scale.bounds.enumerated() {
            count &+= word(index)
            beginSample(family, "_bucket", labels, closes: false)
            append(labels.contains { !$0.isEmpty } ? ",le=\"" : "{le=\"")
            append(decimal: bound, unitsInOne: scale.unit)
            append("\"} ")
            append(decimal: count)
            append("\n")
        }
        count &+= word(scale.bounds.count)
        sample(family, suffix: "_bucket", labels + [Array("le=\"+Inf\"".utf8)], count)
        sample(
            family, suffix: "_sum", labels, word(MetricsLayout.sumWord), unitsInOne: scale.unit)
        sample(family, suffix: "_count", labels, count)
    }

    private mutating func beginSample(
        _ family: MetricFamily, _ suffix: StaticString, _ labels: [[UInt8]], closes: Bool = true
    ) {
        append(family.name)
        append(suffix)
        var isFirst = true
        for label in labels where !label.isEmpty {
            append(isFirst ? "{" : ",")
            bytes += label
            isFirst = false
        }
        if closes { append(isFirst ? " " : "} ") }
    }

    private mutating func append(_ text: StaticString) {
        // SAFETY: a literal's bytes live for ever.
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    private mutating func append(decimal value: UInt64) { bytes += Array(String(value).utf8) }

    /// Appends a quotient exactly: the units are powers of ten.
    private mutating func append(decimal value: UInt64, unitsInOne unit: UInt64) {
        append(decimal: value / unit)
        var rest = value % unit
        guard rest > 0 else { return }
        append(".")
        var place = unit / 10
        while rest > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(rest / place))
            rest %= place
            place = max(1, place / 10)
        }
    }
}
