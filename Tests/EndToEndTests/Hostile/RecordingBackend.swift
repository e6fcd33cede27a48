import Synchronization
import TestSupport

/// A backend that keeps every request, byte for byte, and answers it with 200 and nothing.
///
/// It reads as an HTTP/1.1 server must, and knows one way of reading only. What it can't read is kept too.
final class RecordingBackend: Sendable {
    private final class Recorded: Sendable {
        let messages = Mutex<[String]>([])
        func add(_ message: String) { messages.withLock { $0.append(message) } }
    }

    let scripted: ScriptedBackend
    private let recorded: Recorded

    init() throws {
        let recorded = Recorded()
        self.recorded = recorded
        scripted = try ScriptedBackend { peer in
            while try !peer.isAtEnd() {
                recorded.add(try Self.readMessage(peer))
                try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        }
    }

    /// All requests so far, as text of which each character is a byte.
    var messages: [String] { recorded.messages.withLock { $0 } }

    private static func readMessage(_ peer: TestConnection) throws -> String {
        let head = text(try peer.readBytes(through: "\r\n\r\n"))
        let lines = head.split(separator: "\r\n")
        func values(_ name: String) -> [Substring] {
            lines.filter { $0.hasPrefix("\(name): ") }.map { $0.dropFirst(name.count + 2) }
        }
        if values("Transfer-Encoding") == ["chunked"] { return head + (try readChunks(peer)) }
        guard let length = values("Content-Length").first.flatMap({ Int($0) }) else { return head }
        return head + text(try peer.read(byteCount: length))
    }

    private static func readChunks(_ peer: TestConnection) throws -> String {
        var chunks = ""
        while true {
            let line = text(try peer.readBytes(through: "\r\n"))
            chunks += line
            guard let size = Int(line.dropLast(), radix: 16), size > 0 else { break }
            chunks += text(try peer.read(byteCount: size + 2))
        }
        var line = ""
        repeat {
            line = text(try peer.readBytes(through: "\r\n"))
            chunks += line
        } while line != "\r\n"
        return chunks
    }

    private static func text(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: bytes.map { Unicode.Scalar($0) })
        return String(scalars)
    }
}
