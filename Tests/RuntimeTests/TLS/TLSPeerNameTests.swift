import Runtime
import Testing

@Suite("Names of upstreams over TLS")
struct TLSPeerNameTests {
    @Test(
        "A port behind the name is none of it",
        arguments: [
            ("a.test:8443", "a.test"), ("a.test", "a.test"), ("127.0.0.1:8443", "127.0.0.1"),
            ("[::1]:8443", "::1"), ("[::1]", "::1"), ("::1", "::1"),
        ])
    func authority(text: String, name: String) {
        #expect(TLSPeerName(authority: text) == TLSPeerName(name))
    }
}
