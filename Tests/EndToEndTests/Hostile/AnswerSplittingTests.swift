import TestSupport
import Testing

/// Goal: a client gets one answer to each request, and never a byte that was no part of it.
/// Method: a table of hostile answers. After each the client asks again, on the same connection if it lives, and
/// gets the answer to that.
@Suite("Answer splitting")
struct AnswerSplittingTests {
    private static let fine = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"

    /// A backend that sends answer N of the table to `GET /N`, in one piece or two, and a fine one to all others.
    private static func backend(inTwoPieces: Bool) throws -> ScriptedBackend {
        try ScriptedBackend { peer in
            while try !peer.isAtEnd() {
                let target = try peer.readHead()[0].split(separator: " ")[1].dropFirst()
                guard let number = Int(target) else {
                    try peer.send(fine)
                    continue
                }
                let bytes = HostileRequest.bytes(HostileAnswer.all[number].answer, number: number)
                let cut = inTwoPieces ? 1 + number * 31 % (bytes.count - 1) : bytes.count
                try peer.send(bytes: Array(bytes[..<cut]))
                // The proxy may have closed by now.
                try? peer.send(bytes: Array(bytes[cut...]))
            }
        }
    }

    @Test("The table is what it claims to be: many different answers")
    func table() {
        #expect(HostileAnswer.all.count > 150)
        #expect(Set(HostileAnswer.all.map(\.name)).count == HostileAnswer.all.count)
    }

    @Test("Hostile answers are a 502, or passed on in one harmless form", arguments: [false, true])
    func everything(inTwoPieces: Bool) throws {
        let backend = try Self.backend(inTwoPieces: inTwoPieces)
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port), options: ["--workers", "1"])
        for (number, answer) in HostileAnswer.all.enumerated() {
            do {
                try check(answer, number, proxy)
            } catch {
                Issue.record("\(number), \(answer.name): \(error)")
            }
        }
    }

    private func check(_ answer: HostileAnswer, _ number: Int, _ proxy: ProxyUnderTest) throws {
        let label = "\(number), \(answer.name)"
        let connection = try proxy.connect()
        try connection.send(TestConnection.head("GET", "/\(number)"))
        switch answer.verdict {
        case .badGateway:
            var received = try connection.readAnswer()
            // Interim heads come first, as they came.
            while received.status < 200 { received = try connection.readAnswer() }
            #expect(received.status == 502, "\(label)")
            #expect(try connection.request("GET", "/fine").text == "fine", "\(label)")
        case .passed(let sent):
            let wanted = HostileRequest.bytes(sent, number: number)
            let received = try connection.read(byteCount: wanted.count)
            #expect(received == wanted, "\(label): \(String(decoding: received, as: UTF8.self))")
            #expect(try connection.request("GET", "/fine").text == "fine", "\(label)")
        case .cut:
            let received = try? connection.readAnswer()
            // What is wrong may be seen before anything was sent.
            #expect(received == nil || received?.status == 502, "\(label)")
            #expect(try proxy.request("GET", "/fine").text == "fine", "\(label)")
        }
    }
}
