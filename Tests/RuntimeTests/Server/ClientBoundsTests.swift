import RouteTable
import Runtime
import Testing

@Suite("Bounds of clients")
struct ClientBoundsValueTests {
    @Test("What the process needs for itself is taken from the clients, down to one of them")
    func own() {
        let counts = [1, 2, 101, 5_000].map {
            ClientBounds(RuntimeSettings(), descriptorCountMax: 1_024, ownCount: $0).countMax
        }
        #expect(counts[0] - counts[1] == 1)
        #expect(counts[0] - counts[2] == 100)
        #expect(counts[3] == 1)
    }

    @Test("What the configuration allows is the bound where there is room for so many")
    func configured() {
        var settings = RuntimeSettings()
        settings.connectionsMax = 100
        #expect(
            ClientBounds(settings, descriptorCountMax: 1_024, ownCount: 1).countMax == 100)
        #expect(ClientBounds(settings, descriptorCountMax: 64, ownCount: 1).countMax < 64)
    }

    @Test("Connections of both sides leave the process what it needs for itself")
    func sockets() {
        let bounds = { ClientBounds(RuntimeSettings(), descriptorCountMax: $0, ownCount: 30) }
        #expect(bounds(256).socketCountMax == 226)
        #expect(bounds(.max).socketCountMax == UInt32.max - 30)
        #expect(bounds(20).socketCountMax == 2)
    }
}
