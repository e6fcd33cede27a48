import RouteTable
import Runtime

/// Clients that ask one after the other, a millisecond at a time: what a strategy makes of answers that differ.
struct LoadSimulation {
    struct Request {
        var endpoint: UInt32
        var begin: MonotonicMilliseconds
        var end: MonotonicMilliseconds
        var isAnswered: Bool
    }

    var harness: PickHarness
    /// All requests that have begun.
    private(set) var requests: [Request] = []
    private var random: RandomBits
    private var underWay: [Request] = []
    /// When those clients that have nothing under way ask again.
    private var waiting: [MonotonicMilliseconds]
    private let pause: UInt64
    private let timeout: UInt64

    init(
        _ strategy: ServiceDescription.Strategy, weights: [UInt32], clientCount: Int,
        pause: UInt64 = 0, timeout: UInt64 = 60_000, seed: UInt64
    ) {
        harness = PickHarness(strategy, weights: weights, seed: seed)
        random = RandomBits(seed: seed &+ 77)
        waiting = [MonotonicMilliseconds](repeating: harness.now, count: clientCount)
        self.pause = pause
        self.timeout = timeout
    }

    /// - Parameter answers: How long an endpoint takes for a request that begins now.
    mutating func run(
        milliseconds: UInt64,
        answers: (UInt32, MonotonicMilliseconds, inout RandomBits) -> UInt64
    ) {
        let end = harness.now + milliseconds
        while harness.now < end {
            for request in underWay where request.end <= harness.now { finish(request) }
            underWay.removeAll { $0.end <= harness.now }
            for place in waiting.indices.reversed() where waiting[place] <= harness.now {
                guard let endpoint = harness.begin() else { continue }
                harness.probe(endpoint)
                waiting.remove(at: place)
                let took = answers(endpoint, harness.now, &random)
                let request = Request(
                    endpoint: endpoint, begin: harness.now,
                    end: harness.now + max(1, min(took, timeout)), isAnswered: took <= timeout)
                requests.append(request)
                underWay.append(request)
            }
            harness.now += 1
        }
    }

    private mutating func finish(_ request: Request) {
        harness.end(request.endpoint)
        waiting.append(harness.now + pause)
        let microseconds = (request.end - request.begin) * 1_000
        if request.isAnswered {
            harness.answer(request.endpoint, status: 200, after: microseconds)
        } else {
            harness.endpoints[Int(request.endpoint)].latency.fail(
                after: microseconds, now: harness.now * 1_000)
        }
    }

    /// How many requests went to an endpoint, of those that began in a time.
    func count(
        _ endpoint: UInt32, _ times: Range<MonotonicMilliseconds>? = nil
    ) -> Int {
        requests.count { $0.endpoint == endpoint && times?.contains($0.begin) ?? true }
    }

    /// Answers of about so long, one in fifty of which takes twenty times that.
    static func noisy(_ milliseconds: UInt64, _ random: inout RandomBits) -> UInt64 {
        let usual = milliseconds / 2 + random.next(below: milliseconds)
        return random.next(below: 50) == 0 ? 20 * usual : usual
    }
}
