import Runtime
import Testing

@Suite("Order of addresses")
struct AlternatingTests {
    private func alternating(_ literals: String...) -> [String] {
        SocketAddress.alternating(literals.compactMap { SocketAddress(literal: $0, port: 80) })
            .map(\.description)
    }

    @Test("Families take turns, beginning with that of the first")
    func turns() {
        #expect(alternating() == [])
        #expect(
            alternating("::1", "::2", "::3", "10.0.0.1")
                == ["[::1]:80", "10.0.0.1:80", "[::2]:80", "[::3]:80"])
        #expect(
            alternating("10.0.0.1", "10.0.0.2", "::1", "::2")
                == ["10.0.0.1:80", "[::1]:80", "10.0.0.2:80", "[::2]:80"])
    }
}
