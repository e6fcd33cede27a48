import RouteTable
import Runtime
import Testing

@Suite("Socket address")
struct SocketAddressTests {
    @Test(
        "Literals with a port are read and written back",
        arguments: [
            ("127.0.0.1:80", "127.0.0.1:80"), ("0.0.0.0:0", "0.0.0.0:0"),
            ("255.255.255.255:65535", "255.255.255.255:65535"),
            ("10.20.105.1:8080", "10.20.105.1:8080"),
            ("[::1]:443", "[::1]:443"), ("[2001:DB8:0:0:0:0:0:1]:1", "[2001:db8::1]:1"),
            ("*:8080", "[::]:8080"), ("8080", "[::]:8080"),
            (
                "[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255]:65535",
                "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535"
            ),
        ])
    func roundTrip(text: String, written: String) {
        #expect(SocketAddress(parsing: text)?.description == written)
    }

    @Test(
        "What is not an address with a port is refused",
        arguments: [
            "", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1",
            "::1:80", "[::1]", "[127.0.0.1]:80", "localhost:80", "[::1:80", "1.2.3:80",
            "01.2.3.4.5:1",
            "127.0.0.1:+80", ":80",
        ])
    func refused(text: String) {
        #expect(SocketAddress(parsing: text) == nil)
    }

    @Test("IPv4 in IPv6 form is the same address as IPv4")
    func mapped() throws {
        let mapped = try #require(SocketAddress(literal: "::ffff:10.0.0.1", port: 5))
        let plain = try #require(SocketAddress(literal: "10.0.0.1", port: 5))
        #expect(mapped == plain)
        #expect(mapped.isIPv4)
        #expect(plain.address == ClientAddress(ipv4: 0x0A00_0001))
    }

    @Test("A table's addresses have none, four or sixteen bytes")
    func networkOrder() {
        #expect(SocketAddress(networkOrder: [], port: 1)?.isAny == true)
        #expect(SocketAddress(networkOrder: [127, 0, 0, 1], port: 9)?.description == "127.0.0.1:9")
        let loopback = [UInt8](repeating: 0, count: 15) + [1]
        #expect(SocketAddress(networkOrder: loopback, port: 9)?.description == "[::1]:9")
        #expect(SocketAddress(networkOrder: [1, 2, 3], port: 9) == nil)
    }
}
