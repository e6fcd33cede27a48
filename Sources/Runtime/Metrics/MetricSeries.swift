/// Where a counter is shown: its family, and the labels that tell it from the others there.
struct MetricSeries {
    let family: MetricFamily
    /// As they are written, without the braces. May be empty.
    let labels: StaticString

    init(_ family: MetricFamily, _ labels: StaticString = "") {
        self.family = family
        self.labels = labels
    }
}
