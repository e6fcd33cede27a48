internal import CLinux

/// What one worker counts, in memory of its own.
///
/// The worker writes, with plain stores that are never torn; whoever else reads sees each figure as it
/// was a moment ago. No lock, and no cache line that two workers write: counting costs a load, an
/// addition and a store. The memory lives as long as the process.
@safe
package struct WorkerMetrics: BitwiseCopyable, @unchecked Sendable {
    private let words: UnsafeMutablePointer<UInt64>

    package init() {
        // SAFETY: zeroed, and never freed.
        unsafe words = ZeroedMemory.allocate(UInt64.self, count: MetricsLayout.wordCount)
    }

    // MARK: Counting, by the worker alone

    /// Counts something of the proxy as a whole.
    @inline(always)
    package func count(_ counter: ProxyCounter, by amount: UInt64 = 1) {
        add(amount, at: counter.rawValue)
    }

    /// Takes back what was counted: for what is open, under way or in use.
    @inline(always)
    package func discount(_ counter: ProxyCounter) { add(.max, at: counter.rawValue) }

    /// Counts something of a route.
    @inline(always)
    package func count(_ counter: RouteCounter, of route: MetricSlot, by amount: UInt64 = 1) {
        add(amount, at: Self.place(of: route) + MetricsLayout.routeCounters + counter.rawValue)
    }

    /// Takes back what was counted of a route.
    @inline(always)
    package func discount(_ counter: RouteCounter, of route: MetricSlot) {
        count(counter, of: route, by: .max)
    }

    /// Counts a request that was answered, or whose client left.
    ///
    /// - Parameter status: 0 if there was none.
    @inline(always)
    package func countRequest(of route: MetricSlot, _ method: Method, status: UInt16) {
        add(1, at: Self.place(of: route) + RequestMetric.index(method, status: status))
    }

    /// Counts the end of a WebSocket.
    ///
    /// - Parameter code: 1005 if the Close had none, 1006 if there was no Close.
    package func countClose(of route: MetricSlot, by side: CloseMetric.Side, code: UInt16) {
        add(
            1,
            at: Self.place(of: route) + MetricsLayout.routeCloses
                + CloseMetric.index(side, code: code))
    }

    /// Counts something of a service.
    @inline(always)
    package func count(_ counter: ServiceCounter, of service: MetricSlot, by amount: UInt64 = 1) {
        let base = MetricsLayout.services + Int(service.rawValue) * MetricsLayout.serviceWords
        add(amount, at: base + counter.rawValue)
    }

    /// Counts something of an endpoint.
    @inline(always)
    package func count(_ counter: EndpointCounter, of endpoint: MetricSlot, by amount: UInt64 = 1) {
        add(amount, at: Self.place(of: endpoint, counter))
    }

    /// Takes back what was counted of an endpoint.
    @inline(always)
    package func discount(_ counter: EndpointCounter, of endpoint: MetricSlot) {
        count(counter, of: endpoint, by: .max)
    }

    /// Says how an endpoint is now.
    @inline(always)
    package func set(_ mark: EndpointMark, of endpoint: MetricSlot, to value: UInt64) {
        // SAFETY: as in `add`.
        unsafe clinux_count_to(word(Self.place(of: endpoint, mark)), value)
    }

    /// Says how something of an endpoint is now.
    @inline(always)
    package func set(_ counter: EndpointCounter, of endpoint: MetricSlot, to value: UInt64) {
        // SAFETY: as in `add`.
        unsafe clinux_count_to(word(Self.place(of: endpoint, counter)), value)
    }

    /// Forgets all that is said of an endpoint. Called by another thread than the worker's, once no table of the
    /// worker has the endpoint.
    func clear(_ endpoint: MetricSlot) {
        for counter in EndpointCounter.allCases { set(counter, of: endpoint, to: 0) }
        for mark in EndpointMark.allCases { set(mark, of: endpoint, to: 0) }
    }

    /// Notes one value of the proxy as a whole.
    @inline(always)
    package func observe(_ histogram: ProxyHistogram, _ value: UInt64) {
        observe(value, histogram.scale, at: Self.place(of: histogram))
    }

    /// Notes one value of a route.
    @inline(always)
    package func observe(_ histogram: RouteHistogram, of route: MetricSlot, _ value: UInt64) {
        observe(value, histogram.scale, at: Self.place(of: histogram, of: route))
    }

    /// Notes one value of a service.
    @inline(always)
    package func observe(_ histogram: ServiceHistogram, of service: MetricSlot, _ value: UInt64) {
        observe(value, histogram.scale, at: Self.place(of: histogram, of: service))
    }

    /// Where the sizes of messages are counted.
    @inline(always)
    package func messageSizes(_ histogram: RouteHistogram, of route: MetricSlot) -> MessageSizes {
        let place = Self.place(of: histogram, of: route)
        precondition(
            place >= 0 && place + MetricsLayout.histogramWords <= MetricsLayout.wordCount,
            "no histogram at \(place)")
        // SAFETY: all words of the histogram are there, as was checked.
        return unsafe MessageSizes(words + place)
    }

    // MARK: Places

    static func place(of route: MetricSlot) -> Int {
        MetricsLayout.routes + Int(route.rawValue) * MetricsLayout.routeWords
    }

    static func place(of endpoint: MetricSlot, _ counter: EndpointCounter) -> Int {
        MetricsLayout.endpoints + Int(endpoint.rawValue) * MetricsLayout.endpointWords
            + counter.rawValue
    }

    static func place(of endpoint: MetricSlot, _ mark: EndpointMark) -> Int {
        MetricsLayout.endpoints + Int(endpoint.rawValue) * MetricsLayout.endpointWords
            + MetricsLayout.endpointMarks + mark.rawValue
    }

    static func place(of histogram: ProxyHistogram) -> Int {
        MetricsLayout.proxyHistograms + histogram.rawValue * MetricsLayout.histogramWords
    }

    static func place(of histogram: RouteHistogram, of route: MetricSlot) -> Int {
        place(of: route) + MetricsLayout.routeHistograms
            + histogram.rawValue * MetricsLayout.histogramWords
    }

    static func place(of histogram: ServiceHistogram, of service: MetricSlot) -> Int {
        MetricsLayout.services + Int(service.rawValue) * MetricsLayout.serviceWords
            + MetricsLayout.serviceHistograms + histogram.rawValue * MetricsLayout.histogramWords
    }

    // MARK: Memory

    /// A figure as it is now. May be called from any thread.
    package func value(at place: Int) -> UInt64 {
        // SAFETY: as in `add`.
        unsafe clinux_counted(word(place))
    }

    @inline(always)
    private func add(_ amount: UInt64, at place: Int) {
        // SAFETY: `word` checks the place; a word is written by one thread and read by others in one piece.
        unsafe clinux_count(word(place), amount)
    }

    @inline(always)
    private func observe(_ value: UInt64, _ scale: HistogramScale, at place: Int) {
        add(1, at: place + scale.bucket(of: value))
        add(value, at: place + MetricsLayout.sumWord)
    }

    @inline(always)
    private func word(_ place: Int) -> UnsafeMutablePointer<UInt64> {
        precondition(place >= 0 && place < MetricsLayout.wordCount, "no counter at \(place)")
        // SAFETY: checked above.
        return unsafe words + place
    }
}
