import Runtime
import Testing

@Suite("Address of the admin listener")
struct AdminAddressTests {
    @Test(
        "What only this machine can reach needs no token",
        arguments: [
            "127.0.0.1:9901", "127.9.8.7:1", "[::1]:9901", "localhost:9901", "unix:/run/a.sock",
            "unix:a.sock",
        ])
    func local(text: String) throws {
        let address = try #require(AdminAddress(parsing: text))
        #expect(address.isLocal)
    }

    @Test(
        "What others can reach does",
        arguments: [
            "0.0.0.0:9901", "*:9901", "9901", "10.0.0.1:9901", "[::]:9901", "[fe80::1]:9901",
        ])
    func remote(text: String) throws {
        let address = try #require(AdminAddress(parsing: text))
        #expect(!address.isLocal)
    }

    @Test(
        "What is no address is none",
        arguments: [
            "", "unix:", "127.0.0.1", "example.com:9901", "127.0.0.1:", "127.0.0.1:99999",
            "localhost", "unix:" + String(repeating: "a", count: 108),
        ])
    func invalid(text: String) { #expect(AdminAddress(parsing: text) == nil) }
}
