import RouteCompiler
import RouteTable
import TestSupport
import Testing
import Validate

@Suite("Address filters")
struct IPFilterTests {
    private final class Filter {
        private let table: LoadedTable

        init(_ policy: IPFilterPolicy) throws {
            var test = TestConfiguration()
            let range = test.nextRange()
            test.configuration.middlewares = [
                Middleware(
                    name: Located("filter", at: range), isEnabled: true, isGlobal: true,
                    configuration: .ipFilter(policy))
            ]
            test.configuration.globalMiddlewares = [0]
            test.host("*")
            test.route("/*", "all")
            table = try LoadedTable(
                checking: RouteCompiler.compile(test.configuration).bytes, isTrusted: true)
        }

        func admits(_ client: ClientAddress) -> Bool {
            let program = table.guardProgram(of: RouteIndex(0))
            return table.admits(client, by: table.guardStep(0, of: program).policy)
        }
    }

    private static func range(_ high: UInt64, _ low: UInt64, _ length: Int) -> AddressRange {
        let bytes = (0..<16).map { place -> UInt8 in
            let word = place < 8 ? high : low
            return UInt8(truncatingIfNeeded: word >> UInt64(56 - place % 8 * 8))
        }
        return AddressRange(address: bytes, prefixLength: length)
    }

    private static func ipv4(_ address: UInt32, _ length: Int) -> AddressRange {
        range(0, 0xFFFF_0000_0000 | UInt64(address), 96 + length)
    }

    @Test("The longest prefix decides; outside of all ranges, who is not to be allowed is let in")
    func longestPrefix() throws {
        var policy = IPFilterPolicy()
        policy.allow = [Self.ipv4(0x0A00_0000, 8), Self.ipv4(0x0A01_0200, 24)]
        policy.deny = [Self.ipv4(0x0A01_0000, 16), Self.ipv4(0x0A01_0207, 32)]
        let filter = try Filter(policy)
        #expect(filter.admits(ClientAddress(ipv4: 0x0A09_0001)))
        #expect(!filter.admits(ClientAddress(ipv4: 0x0A01_0101)))
        #expect(filter.admits(ClientAddress(ipv4: 0x0A01_0206)))
        #expect(!filter.admits(ClientAddress(ipv4: 0x0A01_0207)))
        #expect(filter.admits(ClientAddress(ipv4: 0x0A01_0208)))
        #expect(!filter.admits(ClientAddress(ipv4: 0x0B00_0000)))
        #expect(!filter.admits(ClientAddress(high: 0x2001_0DB8_0000_0000, low: 1)))

        var denied = IPFilterPolicy()
        denied.deny = [Self.range(0x2001_0DB8_0000_0000, 0, 32)]
        let open = try Filter(denied)
        #expect(open.admits(ClientAddress(ipv4: 0x0A00_0001)))
        #expect(!open.admits(ClientAddress(high: 0x2001_0DB8_FFFF_FFFF, low: .max)))
        #expect(open.admits(ClientAddress(high: 0x2001_0DB9_0000_0000, low: 0)))
    }

    @Test("A range that both lists have is denied, and one bit more of it can be allowed again")
    func bothLists() throws {
        var policy = IPFilterPolicy()
        policy.allow = [Self.ipv4(0x0A00_0000, 8), Self.range(0, 0, 0), Self.ipv4(0x0A80_0000, 9)]
        policy.deny = [Self.ipv4(0x0A00_0000, 8)]
        let filter = try Filter(policy)
        #expect(!filter.admits(ClientAddress(ipv4: 0x0A00_0001)))
        #expect(filter.admits(ClientAddress(ipv4: 0x0AFF_FFFF)))
        #expect(filter.admits(ClientAddress(ipv4: 0x0B00_0000)))
        #expect(filter.admits(ClientAddress(high: .max, low: .max)))
    }

    // Goal: the search in the table gives what the definition says, for any lists.
    // Method: random ranges that nest and touch; a walk over both lists as the judge.
    @Test("Random filters agree with the definition", arguments: 0..<40)
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func ranges(_ count: Int) -> [AddressRange] {
            (0..<count).map { _ in
                let isIPv4 = random.once(in: 2)
                let length = isIPv4 ? 96 + random.number(0...32) : random.number(0...128)
                let high: UInt64 = isIPv4 ? 0 : UInt64(random.number(0...3)) << 62
                let noise = random.next() & random.next()
                let low = isIPv4 ? 0xFFFF_0000_0000 | noise & 0xFFFF_FFFF : noise
                let highMask: UInt64 = length >= 64 ? .max : ~(UInt64.max >> UInt64(length))
                let lowMask: UInt64 =
                    length >= 128 ? .max : length <= 64 ? 0 : ~(UInt64.max >> UInt64(length - 64))
                return Self.range(high & highMask, low & lowMask, length)
            }
        }
        var policy = IPFilterPolicy()
        policy.allow = ranges(random.number(0...12))
        policy.deny = ranges(random.number(0...12))
        let filter = try Filter(policy)
        for range in policy.allow + policy.deny {
            let high = range.address[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let low = range.address[8...].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let flip = UInt64(1) << UInt64(random.number(0...63))
            for client in [
                ClientAddress(high: high, low: low), ClientAddress(high: high, low: low &- 1),
                ClientAddress(high: high, low: low ^ flip),
                ClientAddress(high: high ^ flip, low: low),
                ClientAddress(high: high, low: low | random.next()),
            ] {
                #expect(
                    filter.admits(client) == Self.admits(client, policy),
                    "\(client.high) \(client.low)")
            }
        }
    }

    private static func admits(_ client: ClientAddress, _ policy: IPFilterPolicy) -> Bool {
        func longest(_ ranges: [AddressRange]) -> Int {
            ranges.filter { contains($0, client) }.map(\.prefixLength).max() ?? -1
        }
        let allowed = longest(policy.allow)
        let denied = longest(policy.deny)
        if allowed < 0, denied < 0 { return policy.allow.isEmpty }
        return allowed > denied
    }

    private static func contains(_ range: AddressRange, _ client: ClientAddress) -> Bool {
        (0..<range.prefixLength).allSatisfy { bit in
            let word = bit < 64 ? client.high : client.low
            let mine = word >> UInt64(63 - bit % 64) & 1
            return mine == UInt64(range.address[bit / 8] >> UInt8(7 - bit % 8) & 1)
        }
    }
}
