import Runtime
import Testing

@Suite("Counters of workers")
struct WorkerMetricsTests {
    private func page(_ registry: MetricsRegistry) -> [String] {
        let bytes = MetricsPage.bytes(registry, MetricsPage.Facts(), startMilliseconds: 0)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func slot(_ name: String, in registry: MetricsRegistry) -> MetricSlot {
        let bytes = Array(name.utf8)
        // SAFETY: bytes are plain data; the array outlives the span.
        return unsafe registry.slot(ofRoute: bytes.span.bytes)
    }

    @Test("What workers count is added up, by route, method and class of status")
    func requests() {
        let registry = MetricsRegistry(workerCount: 2)
        let chat = slot("chat", in: registry)
        registry.workers[0].countRequest(of: chat, .get, status: 200)
        registry.workers[1].countRequest(of: chat, .get, status: 204)
        registry.workers[1].countRequest(of: chat, .post, status: 503)
        registry.workers[0].countRequest(of: .none, .trace, status: 0)
        let lines = page(registry).filter { $0.hasPrefix("wsproxy_requests_total") }
        #expect(
            lines == [
                #"wsproxy_requests_total{route="",method="other",status="none"} 1"#,
                #"wsproxy_requests_total{route="chat",method="GET",status="2xx"} 2"#,
                #"wsproxy_requests_total{route="chat",method="POST",status="5xx"} 1"#,
            ])
    }

    @Test("One name has one place, for all tables")
    func names() {
        let registry = MetricsRegistry(workerCount: 1)
        #expect(slot("a", in: registry) == slot("a", in: registry))
        #expect(slot("a", in: registry) != slot("b", in: registry))
        #expect(slot("other", in: registry) == .other)
        #expect(slot("", in: registry) == .none)
    }

    @Test("Names beyond the bound are counted together")
    func overflow() {
        let registry = MetricsRegistry(workerCount: 1)
        for number in 0..<5_000 {
            registry.workers[0].countRequest(
                of: slot("route-\(number)", in: registry), .get, status: 200)
        }
        let lines = page(registry).filter { $0.hasPrefix("wsproxy_requests_total") }
        #expect(lines.count == 1_023)
        let rest = 5_000 - 1_022
        #expect(
            lines[0] == #"wsproxy_requests_total{route="other",method="GET",status="2xx"} \#(rest)"#
        )
    }

    @Test("Labels are escaped")
    func escaping() {
        let registry = MetricsRegistry(workerCount: 1)
        registry.workers[0].countRequest(
            of: slot("a\"b\\c\nd", in: registry), .get, status: 101)
        #expect(
            page(registry).contains(
                #"wsproxy_requests_total{route="a\"b\\c\nd",method="GET",status="1xx"} 1"#))
    }

    @Test("What is open on one worker and closed on another is never below zero")
    func gauges() {
        let registry = MetricsRegistry(workerCount: 2)
        registry.workers[0].discount(.clientsOpen)
        #expect(page(registry).contains("wsproxy_client_connections 0"))
        registry.workers[1].count(.clientsOpen)
        registry.workers[1].count(.clientsOpen)
        #expect(page(registry).contains("wsproxy_client_connections 1"))
    }

    @Test("A histogram adds up its buckets and shows seconds")
    func histogram() {
        let registry = MetricsRegistry(workerCount: 1)
        let chat = slot("chat", in: registry)
        for microseconds: UInt64 in [100, 101, 2_500, 60_000_000] {
            registry.workers[0].observe(.requestDuration, of: chat, microseconds)
        }
        registry.workers[0].countRequest(of: chat, .get, status: 200)
        let lines = page(registry).filter { $0.hasPrefix("wsproxy_request_duration_seconds") }
        #expect(lines.count == 19)
        #expect(lines[0] == #"wsproxy_request_duration_seconds_bucket{route="chat",le="0.0001"} 1"#)
        #expect(
            lines[1] == #"wsproxy_request_duration_seconds_bucket{route="chat",le="0.00025"} 2"#)
        #expect(lines[15] == #"wsproxy_request_duration_seconds_bucket{route="chat",le="10"} 3"#)
        #expect(lines[16] == #"wsproxy_request_duration_seconds_bucket{route="chat",le="+Inf"} 4"#)
        #expect(lines[17] == #"wsproxy_request_duration_seconds_sum{route="chat"} 60.002701"#)
        #expect(lines[18] == #"wsproxy_request_duration_seconds_count{route="chat"} 4"#)
    }

    @Test(
        "A value falls into the bucket that its bounds say",
        arguments: [HistogramScale.brief, .long, .bytes])
    func buckets(scale: HistogramScale) {
        for (index, bound) in scale.bounds.enumerated() {
            #expect(scale.bucket(of: bound) == index)
            #expect(scale.bucket(of: bound + 1) == index + 1)
        }
        #expect(scale.bucket(of: 0) == 0)
        #expect(scale.bucket(of: .max) == scale.bounds.count)
    }

    @Test("Ends of WebSockets are told apart by side and code")
    func closes() {
        let registry = MetricsRegistry(workerCount: 1)
        let chat = slot("chat", in: registry)
        for code: UInt16 in [1_000, 1_005, 1_006, 1_014, 4_001, 4_999, 3_000, 7, 0] {
            registry.workers[0].countClose(of: chat, by: .proxy, code: code)
        }
        let lines = page(registry).filter { $0.hasPrefix("wsproxy_websocket_closes_total") }
        #expect(
            lines
                == [
                    ("1000", 1), ("1005", 1), ("1006", 1), ("1014", 1), ("4xxx", 2), ("other", 2),
                    ("opaque", 1),
                ].map { code, count in
                    "wsproxy_websocket_closes_total{route=\"chat\",by=\"proxy\","
                        + "code=\"\(code)\"} \(count)"
                })
    }

    /// Goal: no two counters share a word, and each is shown. Method: count each differently and read the page.
    @Test("Each counter has a place and a line of its own")
    func places() {
        let registry = MetricsRegistry(workerCount: 1)
        let worker = registry.workers[0]
        let chat = slot("chat", in: registry)
        let service = registry.slot(ofService: "origin")
        let lease = EndpointLease(
            [MetricEndpoint(service: "origin", text: "http://10.0.0.1")], in: registry)
        defer { withExtendedLifetime(lease) {} }
        let endpoint = registry.slot(ofEndpoint: "http://10.0.0.1", of: "origin")
        var number: UInt64 = 1_000
        var wanted: Set<String> = []
        for counter in ProxyCounter.allCases {
            number += 1
            worker.count(counter, by: number)
            wanted.insert(" \(number)")
        }
        for counter in RouteCounter.allCases {
            number += 1
            worker.count(counter, of: chat, by: number)
            wanted.insert(" \(number)")
        }
        for counter in ServiceCounter.allCases {
            number += 1
            worker.count(counter, of: service, by: number)
            wanted.insert(" \(number)")
        }
        for counter in EndpointCounter.allCases {
            number += 1
            worker.count(counter, of: endpoint, by: number)
            wanted.insert(" \(number)")
        }
        let lines = page(registry)
        for value in wanted {
            #expect(lines.contains { $0.hasSuffix(value) }, "no line with\(value)")
        }
        #expect(
            Set(lines.filter { !$0.hasPrefix("#") }).count == lines.count { !$0.hasPrefix("#") })
    }

    @Test("Every family has a name, a help and a type, once")
    func families() {
        let lines = page(MetricsRegistry(workerCount: 1))
        let types = lines.filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
        #expect(types.count == lines.count { $0.hasPrefix("# HELP ") })
        #expect(Set(types).count == types.count)
        for name in types { #expect(name.hasPrefix("wsproxy_") || name.hasPrefix("process_")) }
    }
}
