import RouteTable
import Runtime
import Testing

@Suite("Choice of an endpoint")
struct ServiceStateTests {
    private func choices(
        _ strategy: ServiceDescription.Strategy, weights: [UInt32], start: UInt32 = 0, count: Int
    ) -> [UInt32] {
        let endpoints = weights.map {
            EndpointDescription(
                usesTLS: false, host: "127.0.0.1", port: 1, basePath: "", text: "", weight: $0)
        }
        let description = ServiceDescription(
            name: "s", strategy: strategy, proxyHost: nil, readTimeoutMilliseconds: 1,
            writeTimeoutMilliseconds: 1, dialTimeoutMilliseconds: 1,
            tls: .init(
                authority: nil, certificate: nil, key: nil, serverName: nil,
                skipsVerification: false, requiresTLS13: false),
            endpoints: endpoints)
        var states = endpoints.enumerated().map { index, endpoint in
            EndpointState(
                endpoint, name: .init(generation: 1, service: 0, endpoint: UInt32(index)),
                literal: nil)
        }
        var service = ServiceState(description, firstEndpoint: 0, start: start)
        var random = RandomBits(seed: 1)
        let request = PickRequest(now: 1, nowMicroseconds: 1_000)
        return (0..<count).compactMap { _ in
            service.pick(from: &states, request, random: &random)
        }
    }

    @Test("Round robin takes them in turn, each worker from a start of its own")
    func roundRobin() {
        #expect(choices(.roundRobin, weights: [1, 1, 1], count: 5) == [0, 1, 2, 0, 1])
        #expect(choices(.roundRobin, weights: [1, 1, 1], start: 4, count: 3) == [1, 2, 0])
    }

    @Test("Weights count and heavy endpoints are spread over the cycle")
    func smooth() {
        #expect(
            choices(.weightedRoundRobin, weights: [5, 1, 1], count: 7) == [0, 0, 1, 0, 2, 0, 0])
    }

    @Test("A single endpoint is always the choice")
    func single() {
        #expect(choices(.weightedRoundRobin, weights: [3], count: 3) == [0, 0, 0])
    }

    @Test(
        "Address ranges contain what their prefix says",
        arguments: [
            (UInt64(0), UInt64(0xFFFF_0A00_0000), UInt8(104), true),
            (0, 0xFFFF_0B00_0000, 104, false),
            (0, 0, 0, true),
            (0x2001_0DB8_0000_0000, 0, 32, false),
        ] as [(UInt64, UInt64, UInt8, Bool)])
    func ranges(high: UInt64, low: UInt64, prefixLength: UInt8, contains: Bool) {
        let range = RuntimeSettings.AddressRange(
            address: ClientAddress(high: high, low: low), prefixLength: prefixLength)
        #expect(range.contains(ClientAddress(ipv4: 0x0A01_0203)) == contains)
    }
}
