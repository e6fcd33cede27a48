import TestSupport
import Testing

@Suite("Bounds of answers")
struct AnswerBoundTests {
    @Test(
        "The line says which bound an answer has broken",
        arguments: [
            ("fields", "answer has too many fields"), ("head", "head of the answer is too large"),
            ("lengths", "where the answer ends is not clear"), ("junk", "answer is not valid HTTP"),
        ])
    func reasons(kind: String, reason: String) throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            let fields =
                switch kind {
                case "fields": String(repeating: "X: y\r\n", count: 128)
                case "head": "X: " + String(repeating: "y", count: 61_440) + "\r\n"
                case "lengths": "Content-Length: 0\r\n"
                default: "no field\r\n"
                }
            try peer.send("HTTP/1.1 200 OK\r\n\(fields)Content-Length: 1\r\n\r\na")
        }
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        #expect(try proxy.request("GET", "/x").status == 502)
        #expect(try proxy.accessLine("/x").contains("\"reason\":\"\(reason)\""))
    }

    @Test("As many fields, and as large a head, as the reference says are passed on")
    func fits() throws {
        let backend = try ScriptedBackend { peer in
            while true {
                let isLong = try peer.readHead().first?.contains("/long") == true
                let fields =
                    isLong
                    ? "X: " + String(repeating: "y", count: 61_000) + "\r\n"
                    : String(repeating: "X: y\r\n", count: 127)
                try peer.send("HTTP/1.1 200 OK\r\n\(fields)Content-Length: 1\r\n\r\na")
            }
        }
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        #expect(try proxy.request("GET", "/many").values("X").count == 127)
        #expect(try proxy.request("GET", "/long").value("X")?.utf8.count == 61_000)
    }
}
