import Runtime
import Testing

@Suite("Query of the admin listener")
struct AdminQueryTests {
    private func items(_ text: String) -> [AdminQueryItem]? {
        AdminQueryItem.items(of: Array(text.utf8))
    }

    @Test("Names and values are decoded, in their order")
    func decoding() {
        #expect(items("") == [])
        #expect(
            items("code=1008&reason=go+away%21&x&x=&=y") == [
                AdminQueryItem(name: "code", value: "1008"),
                AdminQueryItem(name: "reason", value: "go away!"),
                AdminQueryItem(name: "x", value: ""), AdminQueryItem(name: "x", value: ""),
                AdminQueryItem(name: "", value: "y"),
            ])
        #expect(items("a=%C3%A4=b") == [AdminQueryItem(name: "a", value: "ä=b")])
    }

    @Test("What can't be decoded is refused", arguments: ["a=%", "a=%4", "a=%zz", "%f", "a=%FF"])
    func refused(text: String) { #expect(items(text) == nil) }
}
