import TestSupport

/// A backend that sends one piece of its script after the other, each when the test says so.
final class EventBackend: Sendable {
    private let backend: ScriptedBackend
    private let steps = LockedFlag(false)

    static let chunked =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    static let untilClose = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

    /// - Parameters:
    ///   - pieces: The first is sent when the request has come, each further one after ``goOn()``.
    ///   - stays: Whether the connection is kept after the last piece until the peer ends it.
    init(_ pieces: [String], stays: Bool = true) throws {
        let steps = steps
        backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            for (index, piece) in pieces.enumerated() {
                if index > 0 {
                    try Deadline.poll("the test asks for piece \(index)") { steps.exchange(false) }
                }
                try peer.send(piece)
            }
            if stays { _ = try? peer.readToEnd() }
        }
    }

    var port: UInt16 { backend.port }

    /// Connections whose script has ended.
    var endedCount: Int { backend.endedCount }

    /// Has the next piece sent.
    func goOn() { steps.exchange(true) }

    /// One chunk of a chunked content.
    static func chunk(_ text: String) -> String {
        String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n"
    }
}

extension ProxyUnderTest {
    /// A proxy that sends everything to `port` through an `sse` middleware.
    static func events(to port: UInt16, _ config: String, options: [String] = []) throws
        -> ProxyUnderTest
    {
        try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: port,
                top: "middlewares: [{name: sse, is_global: true, config: {\(config)}}]"),
            options: options)
    }
}

extension TestConnection {
    /// Asks for events and reads the head of the answer.
    func openEvents(
        _ method: String = "GET", _ target: String = "/", fields: [String] = []
    ) throws -> [String] {
        try send(Self.head(method, target, fields: ["Accept: text/event-stream"] + fields))
        return try readHead()
    }

    /// The next chunk as text; nil at the end of the content.
    func readText() throws -> String? {
        try readChunk().map { String(decoding: $0, as: UTF8.self) }
    }

    /// All that comes until the content ends, with its end.
    func readEvents() throws -> String {
        var text = ""
        while let chunk = try readText() { text += chunk }
        guard try read(byteCount: 2) == [13, 10] else {
            throw TestSupportError("a content without its end")
        }
        return text
    }
}
