import Runtime
import Testing

/// What a decoder made of a content that came in pieces.
private struct Decoded: Equatable {
    var payload = ""
    var consumedByteCount = 0
    var isFinished = false
    /// What is sent on behind the last piece of payload, if there were trailer fields.
    var trailer = ""
    var fault: ChunkFault?
}

private func decode(
    _ content: String, pieceByteCounts: [Int] = [], byteCountMax: UInt64 = .max
) -> Decoded {
    let bytes = Array(content.utf8)
    var decoder = ChunkedDecoder(byteCountMax: byteCountMax)
    var result = Decoded()
    var pieces = pieceByteCounts.makeIterator()
    while result.consumedByteCount < bytes.count, !decoder.isFinished {
        let start = result.consumedByteCount
        let end = min(start + (pieces.next() ?? bytes.count), bytes.count)
        // Bytes before the piece must stay as they are.
        var buffer = Array("##".utf8) + bytes[start..<end]
        var span = buffer.mutableSpan
        // SAFETY: the view is of bytes and ends before the array is read.
        var raw = unsafe span.mutableBytes
        switch decoder.decode(&raw, from: 2) {
        case .refused(let fault):
            result.fault = fault
            return result
        case .decoded(let step):
            #expect(buffer.prefix(2) == [0x23, 0x23])
            result.payload += String(decoding: buffer[step.payload], as: UTF8.self)
            result.consumedByteCount += step.consumedByteCount
            result.isFinished = step.isFinished
            guard step.startsTrailer else { continue }
            readTrailer(bytes, pieces: &pieces, from: end, &decoder, &result)
            return result
        }
    }
    return result
}

/// Gives the trailer what there is of it, and more of it piece by piece.
private func readTrailer(
    _ bytes: [UInt8], pieces: inout IndexingIterator<[Int]>, from end: Int,
    _ decoder: inout ChunkedDecoder, _ result: inout Decoded
) {
    var fields = HeaderFields()
    var end = end
    while true {
        // SAFETY: the view is of bytes and is used while the array lives.
        let section = unsafe bytes.span.bytes.extracting(result.consumedByteCount..<end)
        switch TrailerSection.parse(section, fields: &fields) {
        case .incomplete where end < bytes.count:
            end = min(end + (pieces.next() ?? bytes.count), bytes.count)
        case .incomplete: return
        case .refused(let fault): return result.fault = fault
        case .complete(let byteCount):
            decoder.finishTrailer()
            result.consumedByteCount += byteCount
            result.isFinished = true
            var writer = ByteWriter(capacity: 16 * 1024)
            TrailerSection.write(fields, bytes: section, passesFields: true, into: &writer)
            if fields.count > 0 { result.trailer = text(writer.written) }
            return
        }
    }
}

@Suite("Chunked content")
struct ChunkedDecoderTests {
    static let valid = [
        ("0\r\n\r\n", ""),
        ("5\r\nhello\r\n0\r\n\r\n", "hello"),
        ("5\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\n\r\n", "hello world"),
        ("a\r\n0123456789\r\nA\r\n9876543210\r\n000\r\n\r\n", "01234567899876543210"),
        ("0000000000000005\r\nhello\r\n0\r\n\r\n", "hello"),
        ("5;a\r\nhello\r\n0;b=c;d=\"e;f\"\r\n\r\n", "hello"),
        ("5;a=\"\u{E9}\tx\"\r\nhello\r\n0\r\n\r\n", "hello"),
        ("5\r\nhello\r\n0\r\nX-Sum: 1\r\nEmpty:\r\n\r\n", "hello"),
        ("4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n"),
        ("b\r\n0\r\n\r\nGET / \r\n0\r\n\r\n", "0\r\n\r\nGET / "),
    ]

    @Test("A content is decoded, and what follows it is left alone", arguments: valid)
    func whole(content: String, payload: String) {
        let next = "GET / HTTP/1.1\r\n"
        for decoded in [decode(content), decode(content + next)] {
            #expect(decoded.payload == payload)
            #expect(decoded.consumedByteCount == content.utf8.count)
            #expect(decoded.isFinished && decoded.fault == nil)
        }
    }

    @Test(
        "Of a trailer only what may come that late is passed on",
        arguments: [
            ("X-Sum: 1\r\n", "X-Sum: 1\r\n"),
            ("x-a:1\r\nX-B: \t2 \r\nEmpty:\r\n", "x-a: 1\r\nX-B: 2\r\nEmpty: \r\n"),
            (
                "Grpc-Status: 0\r\nServer-Timing: db;dur=5\r\n",
                "Grpc-Status: 0\r\nServer-Timing: db;dur=5\r\n"
            ),
            ("Content-Length: 5\r\nX: 1\r\n", "X: 1\r\n"),
            ("Transfer-Encoding: chunked\r\n", ""),
            ("transfer_encoding: chunked\r\n", ""),
            (
                "Host: evil\r\nConnection: close\r\nUpgrade: websocket\r\nTE: x\r\nTrailer: y\r\n",
                ""
            ),
            ("X-Forwarded-For: 1.2.3.4\r\nForwarded: for=1.2.3.4\r\nX-Real-IP: 1.2.3.4\r\n", ""),
            ("Authorization: Basic x\r\nCookie: a=b\r\nSet-Cookie: c=d\r\nX-Request-Id: 1\r\n", ""),
            (
                "Content-Type: a/b\r\nContent-Encoding: gzip\r\nCache-Control: x\r\nVary: /\r\n",
                ""
            ),
            ("Expect: 100-continue\r\nRange: bytes=0-1\r\nMax-Forwards: 0\r\n", ""),
        ])
    func trailers(fields: String, passed: String) {
        let content = "5\r\nhello\r\n0\r\n\(fields)\r\n"
        let decoded = decode(content)
        #expect(decoded.fault == nil && decoded.isFinished)
        #expect(decoded.trailer == "0\r\n\(passed)\r\n")
        for cut in 1..<content.utf8.count {
            #expect(decode(content, pieceByteCounts: [cut]) == decoded)
        }
    }

    /// Goal: where a content is cut changes nothing.
    /// Method: cut each sample at every byte, and then into pieces of one, two and three bytes.
    @Test("A content cut anywhere is the same content", arguments: valid)
    func pieces(content: String, payload: String) {
        let whole = decode(content)
        for cut in 1..<content.utf8.count {
            #expect(decode(content, pieceByteCounts: [cut]) == whole)
        }
        for size in 1...3 {
            let sizes = Array(repeating: size, count: content.utf8.count)
            #expect(decode(content, pieceByteCounts: sizes) == whole)
        }
        for count in 0..<content.utf8.count {
            let prefix = decode(String(decoding: content.utf8.prefix(count), as: UTF8.self))
            #expect(prefix.fault == nil && !prefix.isFinished)
        }
    }

    @Test(
        "What can be read in two ways is refused, whole and byte by byte",
        arguments: [
            ("\r\nhello\r\n", ChunkFault.invalidSize),
            ("g\r\n", .invalidSize),
            ("-5\r\nhello\r\n", .invalidSize),
            ("+5\r\nhello\r\n", .invalidSize),
            ("0x5\r\nhello\r\n", .invalidSize),
            (" 5\r\nhello\r\n", .invalidSize),
            ("5 \r\nhello\r\n", .invalidSize),
            ("5 \t\r\nhello\r\n", .invalidSize),
            ("5 a\r\nhello\r\n", .invalidSize),
            ("5;\r\nhello\r\n", .invalidExtension),
            ("5;;a\r\nhello\r\n", .invalidExtension),
            ("5;a \r\nhello\r\n", .invalidExtension),
            ("5;a=\r\nhello\r\n", .invalidExtension),
            ("5;a=b \r\nhello\r\n", .invalidExtension),
            ("5;a=\"b\r\nhello\r\n", .invalidExtension),
            ("5;a=\"b\\\r\nhello\r\n", .invalidExtension),
            ("5;a=\"b\"c\r\nhello\r\n", .invalidExtension),
            ("5;\u{E9}\r\nhello\r\n", .invalidExtension),
            ("5_0\r\nhello\r\n", .invalidSize),
            (";a\r\n", .invalidSize),
            ("\u{0}5\r\n", .invalidSize),
            ("5\nhello\r\n", .invalidSize),
            ("\n5\r\nhello\r\n", .invalidSize),
            ("5\rhello\r\n", .invalidLineEnd),
            ("5\r\r\nhello\r\n", .invalidLineEnd),
            ("00000000000000005\r\nhello\r\n", .sizeTooLarge),
            ("ffffffffffffffff\r\n", .sizeTooLarge),
            ("4000000000000000\r\n", .sizeTooLarge),
            ("10000000000000005\r\nhello\r\n", .sizeTooLarge),
            ("5;a\nhello\r\n", .invalidExtension),
            ("5;a\u{0}\r\nhello\r\n", .invalidExtension),
            ("5;a\u{7F}\r\nhello\r\n", .invalidExtension),
            ("5;a\rb\r\nhello\r\n", .invalidLineEnd),
            ("5\r\nhello0\r\n\r\n", .invalidLineEnd),
            ("5\r\nhello\n0\r\n\r\n", .invalidLineEnd),
            ("5\r\nhello\r0\r\n\r\n", .invalidLineEnd),
            ("5\r\nhello!\r\n0\r\n\r\n", .invalidLineEnd),
            ("4\r\nhello\r\n0\r\n\r\n", .invalidLineEnd),
            ("5\r\nhello\r\n\r\n0\r\n\r\n", .invalidSize),
            ("0\r\n\n", .invalidTrailer),
            ("0\r\n\r\r", .invalidTrailer),
            ("0\r\nA: b\n\r\n", .invalidTrailer),
            ("0\r\nA: b\rc\r\n\r\n", .invalidTrailer),
            ("0\r\nA : b\r\n\r\n", .invalidTrailer),
            ("0\r\n A: b\r\n\r\n", .invalidTrailer),
            ("0\r\nA: b\r\n c\r\n\r\n", .invalidTrailer),
            ("0\r\n: b\r\n\r\n", .invalidTrailer),
            ("0\r\nA\r\n\r\n", .invalidTrailer),
            ("0\r\nGET / HTTP/1.1\r\n\r\n", .invalidTrailer),
            ("0\r\nA: \u{0}\r\n\r\n", .invalidTrailer),
        ])
    func refused(content: String, expected: ChunkFault) {
        #expect(decode(content).fault == expected)
        let ones = Array(repeating: 1, count: content.utf8.count)
        #expect(decode(content, pieceByteCounts: ones).fault == expected)
        #expect(expected.status == .badRequest)
    }

    @Test("Content above its limit is refused before it is read")
    func contentTooLarge() {
        #expect(decode("5\r\nhello\r\n0\r\n\r\n", byteCountMax: 5).isFinished)
        #expect(decode("6\r\n", byteCountMax: 5).fault == .contentTooLarge)
        #expect(decode("3\r\nabc\r\n3\r\n", byteCountMax: 5).fault == .contentTooLarge)
        #expect(decode("3fffffffffffffff\r\n", byteCountMax: .max).fault == nil)
        #expect(ChunkFault.contentTooLarge.status == .contentTooLarge)
    }

    @Test("A trailer and extensions are bounded")
    func bounds() {
        let line = "A: " + String(repeating: "b", count: 95) + "\r\n"
        let trailer = String(repeating: line, count: 81)
        #expect(decode("0\r\n\(trailer)\r\n").isFinished)
        #expect(decode("0\r\n\(trailer)\(line)\r\n").fault == .trailerTooLarge)
        let long = String(repeating: "a", count: 4096)
        #expect(decode("0;\(long)\r\n\r\n").isFinished)
        #expect(decode("0;\(long)a\r\n\r\n").fault == .extensionsTooLarge)
    }

    @Test("Many small chunks may not each bring a large extension")
    func extensionFlood() {
        let small = "1;\(String(repeating: "a", count: 100))\r\nx\r\n"
        #expect(decode(String(repeating: small, count: 100)).fault == .extensionsTooLarge)
        let modest = "1;a=bcdefghi\r\nx\r\n"
        #expect(decode(String(repeating: modest, count: 2000)).payload.utf8.count == 2000)
    }

    @Test("A finished decoder takes nothing more")
    func finished() {
        var decoder = ChunkedDecoder()
        var bytes = Array("0\r\n\r\nrest".utf8)
        var span = bytes.mutableSpan
        // SAFETY: the view is of bytes and ends before the array does.
        var raw = unsafe span.mutableBytes
        let first = decoder.decode(&raw, from: 0)
        let second = decoder.decode(&raw, from: 5)
        #expect(
            first == .decoded(.init(consumedByteCount: 5, payload: 0..<0, isFinished: true)))
        #expect(
            second == .decoded(.init(consumedByteCount: 0, payload: 5..<5, isFinished: true)))
    }

    @Test("Every fault has a reason of its own")
    func reasons() {
        let reasons = Set(ChunkFault.allCases.map { "\($0.reason)" })
        #expect(reasons.count == ChunkFault.allCases.count)
    }
}

@Suite("Chunk framing")
struct ChunkFramingTests {
    private func frame(_ payload: String, isLast: Bool) -> String {
        let prefix = Array(repeating: UInt8(0x23), count: ChunkFraming.prefixByteCountMax)
        let suffix = Array(repeating: UInt8(0x23), count: ChunkFraming.suffixByteCountMax)
        var buffer = prefix + Array(payload.utf8) + suffix
        let range = prefix.count..<prefix.count + payload.utf8.count
        var span = buffer.mutableSpan
        // SAFETY: the view is of bytes and ends before the array is read.
        var raw = unsafe span.mutableBytes
        let framed = ChunkFraming.frame(range, isLast: isLast, in: &raw)
        return String(decoding: buffer[framed], as: UTF8.self)
    }

    @Test("A payload becomes a chunk")
    func chunk() {
        #expect(frame("hello", isLast: false) == "5\r\nhello\r\n")
        #expect(frame("hello", isLast: true) == "5\r\nhello\r\n0\r\n\r\n")
        let long = String(repeating: "a", count: 0x1234)
        #expect(frame(long, isLast: false) == "1234\r\n\(long)\r\n")
    }

    @Test("An empty payload makes no chunk, and only the last one says anything")
    func empty() {
        #expect(frame("", isLast: false) == "")
        #expect(frame("", isLast: true) == "0\r\n\r\n")
    }

    @Test("What was framed is decoded to the same", arguments: [1, 15, 16, 255, 256, 4096, 65_536])
    func roundTrip(byteCount: Int) {
        let payload = String(repeating: "x", count: byteCount)
        let decoded = decode(frame(payload, isLast: true))
        #expect(decoded.payload == payload)
        #expect(decoded.isFinished)
    }
}
