/// A body that is made while it is sent, so that its size costs no memory.
struct BodySource: Equatable, Sendable {
    enum Framing: Equatable, Sendable {
        case length
        case chunked
        case untilClose
    }

    /// How many bytes are made at a time: whole alphabets, and one more to begin anywhere.
    private static let blockByteCountMax: UInt64 = 26 * 630
    private static let alphabets = [UInt8](
        [[UInt8]](repeating: Array("abcdefghijklmnopqrstuvwxyz".utf8), count: 631).joined())

    private enum Content: Equatable, Sendable {
        /// The letters a to z, over and over.
        case letters(sent: UInt64, total: UInt64)
        /// Lines `chunk 0`, `chunk 1` and so on, each a piece of its own.
        case lines(sent: UInt64, total: UInt64)
    }

    private var content: Content
    private(set) var framing: Framing
    /// Pause between two pieces.
    let delayMilliseconds: UInt64

    init(byteCount: UInt64, _ framing: Framing) {
        content = .letters(sent: 0, total: byteCount)
        self.framing = framing
        delayMilliseconds = 0
    }

    init(lineCount: UInt64, delayMilliseconds: UInt64) {
        content = .lines(sent: 0, total: lineCount)
        framing = .chunked
        self.delayMilliseconds = delayMilliseconds
    }

    /// The value of `Content-Length`, where there is one.
    var contentLength: UInt64? {
        if case .letters(_, let total) = content, framing == .length { total } else { nil }
    }

    var isFinished: Bool {
        switch content {
        case .letters(let sent, let total), .lines(let sent, let total): sent == total
        }
    }

    /// For a client that does not know chunks.
    mutating func avoidChunks() {
        if framing == .chunked { framing = .untilClose }
    }

    /// Appends the next piece, and the end of the body behind the last.
    mutating func appendNext(to output: inout [UInt8]) {
        let piece = nextPiece()
        if framing == .chunked, !piece.isEmpty {
            output += "\(String(piece.count, radix: 16))\r\n".utf8
            output += piece
            output += "\r\n".utf8
        } else {
            output += piece
        }
        if framing == .chunked, isFinished { output += "0\r\n\r\n".utf8 }
    }

    private mutating func nextPiece() -> [UInt8] {
        switch content {
        case .letters(let sent, let total):
            let count = min(total - sent, Self.blockByteCountMax)
            content = .letters(sent: sent + count, total: total)
            let start = Int(sent % 26)
            return Array(Self.alphabets[start..<(start + Int(count))])
        case .lines(let sent, let total):
            guard sent < total else { return [] }
            content = .lines(sent: sent + 1, total: total)
            return Array("chunk \(sent)\n".utf8)
        }
    }
}
