import Foundation
import RouteTable
import Runtime
import Testing

@Suite("Places of streams")
struct StreamPlacesTests {
    private static let first = ClientAddress(ipv4: 0x0A00_0001)
    private static let second = ClientAddress(ipv4: 0x0A00_0002)

    @Test("There are as many places as the limit says, and each can be had again")
    func total() throws {
        let places = StreamPlaces()
        let limits = StreamLimits(countMax: 2)
        let taken = try places.take(Self.first, limits: limits).get()
        _ = try places.take(Self.first, limits: limits).get()
        #expect(places.take(Self.second, limits: limits) == .failure(.full))
        places.giveBack(taken)
        #expect(places.count == 1)
        _ = try places.take(Self.second, limits: limits).get()
        #expect(places.count == 2)
    }

    @Test("A client has its own limit, and one that has left is forgotten")
    func perClient() throws {
        let places = StreamPlaces()
        let limits = StreamLimits(countPerClientMax: 1)
        let taken = try places.take(Self.first, limits: limits).get()
        #expect(places.take(Self.first, limits: limits) == .failure(.fullForClient))
        _ = try places.take(Self.second, limits: limits).get()
        #expect(places.clientCount == 2)
        places.giveBack(taken)
        #expect(places.clientCount == 1)
        _ = try places.take(Self.first, limits: limits).get()
    }

    @Test("IPv6 clients of one network are one client")
    func networks() throws {
        let places = StreamPlaces()
        let limits = StreamLimits(countPerClientMax: 1)
        _ = try places.take(ClientAddress(high: 0x2001_0DB8_0000_0000, low: 1), limits: limits)
            .get()
        let neighbour = ClientAddress(high: 0x2001_0DB8_0000_0000, low: 99)
        #expect(places.take(neighbour, limits: limits) == .failure(.fullForClient))
        let other = ClientAddress(high: 0x2001_0DB8_0000_0001, low: 1)
        _ = try places.take(other, limits: limits).get()
    }

    @Test("A limit that a reload took away is not counted back")
    func changedLimits() throws {
        let places = StreamPlaces()
        let uncounted = try places.take(Self.first, limits: StreamLimits()).get()
        let counted = try places.take(Self.first, limits: StreamLimits(countPerClientMax: 1)).get()
        places.giveBack(uncounted)
        #expect(places.clientCount == 1)
        places.giveBack(counted)
        #expect(places.clientCount == 0)
        #expect(places.count == 0)
    }

    /// Goal: no two threads can get the last place, and none is lost.
    /// Method: eight threads take and give back for a while, none keeps more than one; in the end all take.
    @Test("Two hundred attempts at once against a limit of fifty leave exactly fifty")
    func concurrency() {
        let places = StreamPlaces()
        let limits = StreamLimits(countMax: 50, countPerClientMax: 1_000)
        let finished = DispatchSemaphore(value: 0)
        for _ in 0..<8 {
            Thread.detachNewThread {
                for _ in 0..<200 {
                    if case .success(let place) = places.take(Self.first, limits: limits) {
                        places.giveBack(place)
                    }
                }
                for _ in 0..<25 { _ = places.take(Self.first, limits: limits) }
                finished.signal()
            }
        }
        for _ in 0..<8 { finished.wait() }
        #expect(places.count == 50)
    }

    @Test("The name of a stream can be read back")
    func identifiers() {
        let id = StreamID(worker: 3, slot: 0x1A, generation: 0xFFFF_FFFF)
        #expect(id.text == "3-1a-ffffffff")
        #expect(StreamID(text: id.text) == id)
        for text in ["", "1-2", "1-2-3-4", "x-1-1", "-1-1-1", "10000-1-1"] {
            #expect(StreamID(text: text) == nil)
        }
    }
}
