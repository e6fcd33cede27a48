import RouteTable
import Runtime
import Testing

@Suite("Bounds of clients")
struct ClientBoundsValueTests {
    @Test("Each table in use takes a descriptor from the clients, down to one of them")
    func tables() {
        let counts = [1, 2, 101, 5_000].map {
            ClientBounds(RuntimeSettings(), descriptorCountMax: 1_024, tableCount: $0).countMax
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
            ClientBounds(settings, descriptorCountMax: 1_024, tableCount: 1).countMax == 100)
        #expect(ClientBounds(settings, descriptorCountMax: 64, tableCount: 1).countMax < 64)
    }
}
