/// An answer of an upstream that may be read in two ways, and what the client must get.
///
/// Text stands for bytes as in ``HostileRequest``.
struct HostileAnswer: Sendable {
    enum Verdict: Sendable {
        /// A 502 of the proxy.
        case badGateway
        /// Exactly this.
        case passed(String)
        /// What begins like this breaks off: the connection ends, by a reset where an end would look whole.
        case cut
    }

    let name: String
    let answer: String
    let verdict: Verdict

    init(_ name: String, _ answer: String, _ verdict: Verdict) {
        self.name = name
        self.answer = answer
        self.verdict = verdict
    }

    /// An answer with these fields and this content that must not be passed on.
    private static func bad(
        _ fields: String, status: String = "HTTP/1.1 200 OK", body: String = "hello"
    ) -> HostileAnswer {
        let answer = "\(status)\r\n\(fields)\r\n\(body)"
        return HostileAnswer(HostileRequest.shown(answer), answer, .badGateway)
    }

    private static func passes(_ answer: String, as sent: String) -> HostileAnswer {
        HostileAnswer(HostileRequest.shown(answer), answer, .passed(sent))
    }

    static let all = statusLines + fieldBytes + framings + interim + contents

    private static var statusLines: [HostileAnswer] {
        let lines = [
            "", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1  200 OK", "HTTP/1.1 20", "HTTP/1.1 2000 OK",
            "HTTP/1.1 0200 OK", "HTTP/1.1 099 X", "HTTP/1.1 000 X", "HTTP/1.1 600 X",
            "HTTP/1.1 999 X", "HTTP/1.1 -20 X", "HTTP/1.1 2x0 X", "HTTP/1.1\t200 OK",
            "HTTP/1.1 200\tOK", "HTTP/1.1 200OK", "http/1.1 200 OK", "HTTP/1.2 200 OK",
            "HTTP/2 200 OK", "HTTP/2.0 200 OK", "HTTP/0.9 200 OK", "HTTP/11 200 OK",
            "HTTP/1.10 200 OK", "ICY 200 OK", "200 OK", " HTTP/1.1 200 OK", "HTTP/1.1 200 OK\u{0}",
            "HTTP/1.1 200 O\rK", "HTTP/1.1 200 OK\r", "HTTP/1.1 200 OK\u{7F}", "HTTP/1.1 200 \u{B}",
            "\r\nHTTP/1.1 200 OK", "\u{0}HTTP/1.1 200 OK", "GET / HTTP/1.1", "<html>",
            "HTTP /1.1 200 OK", "HTTP/1.1 200 OK\nX: y",
        ]
        return lines.map { bad("Content-Length: 5\r\n", status: $0) }
    }

    /// Bytes in names and values with which an answer could be split in two.
    private static var fieldBytes: [HostileAnswer] {
        let length = "Content-Length: 5\r\n"
        var answers: [HostileAnswer] = []
        for byte in Array(UInt32(0)...31) + [127] where byte != 9 {
            guard let scalar = Unicode.Scalar(byte) else { continue }
            answers.append(bad("X: y\(Character(scalar))z\r\n\(length)"))
            answers.append(bad("X\(Character(scalar))Y: z\r\n\(length)"))
        }
        let lines = [
            " X: y", "X : y", "X\t: y", ": y", "X", "X: y\r\n z", "X: y\r\n\tz", "X(: y",
            "X\u{FF}: y", "Set-Cookie: a=b\nX: y", "Location: /\r X: y", "X: y\r\r\n", "X: y\n",
            "{X}: y", "X Y: z",
        ]
        answers += lines.map { bad("\($0)\r\n\(length)") }
        let kept = [
            "X: \u{80}\u{FF}", "Set-Cookie: a=b; Path=/", "Location: http://x/%0d%0aX:y",
            "X: HTTP/1.1 200 OK",
        ]
        answers += kept.map {
            passes(
                "HTTP/1.1 200 OK\r\n\($0)\r\n\(length)\r\nhello",
                as: "HTTP/1.1 200 OK\r\n\(length)\($0)\r\n\r\nhello")
        }
        let dropped = [
            "Connection: X-Y\r\nX-Y: z", "Keep-Alive: timeout=5", "Proxy-Connection: close",
            "Upgrade: h2c", "TE: x", "Trailer: X", "Transfer_Encoding: chunked",
            "Content_Length: 0", "Proxy-Authenticate: Basic",
        ]
        answers += dropped.map {
            passes(
                "HTTP/1.1 200 OK\r\n\($0)\r\n\(length)\r\nhello",
                as: "HTTP/1.1 200 OK\r\n\(length)\r\nhello")
        }
        answers.append(bad(String(repeating: "X: y\r\n", count: 200) + length))
        answers.append(bad("X: \(String(repeating: "y", count: 70_000))\r\n\(length)"))
        return answers
    }

    private static var framings: [HostileAnswer] {
        let lengths = [
            "", "+5", "-5", "5 5", "5,5", "5, 5", "0x5", "5x", "5.0", "\"5\"", "5\u{A0}", "5;",
            "18446744073709551621", "9223372036854775808", "99999999999999999999",
            "5\r\nContent-Length: 5", "5\r\nContent-Length: 6", "5\r\ncontent-length: 5", "5\r\n 0",
            "5\r\nTransfer-Encoding: chunked", "5\r\nTransfer-Encoding: identity",
            "0\r\nTransfer-Encoding: chunked", "5\r\nTransfer-Encoding:",
        ]
        var answers = lengths.map { bad("Content-Length: \($0)\r\n") }
        let codings = [
            "", "identity", "gzip", "gzip, chunked", "chunked, chunked", "chunked, identity",
            "chunked,", ",chunked", "chunked;q=1", "xchunked", "\"chunked\"", "chunked\u{A0}",
            "chunked\r\nTransfer-Encoding: chunked", "identity\r\nTransfer-Encoding: chunked",
            "chunked\r\nContent-Length: 5", "chu nked", "chunked\r\n , x",
        ]
        answers += codings.map {
            bad("Transfer-Encoding: \($0)\r\n", body: "5\r\nhello\r\n0\r\n\r\n")
        }
        answers.append(
            bad(
                "Transfer-Encoding: chunked\r\n", status: "HTTP/1.0 200 OK",
                body: "5\r\nhello\r\n0\r\n\r\n"))
        for status in ["204 No Content", "100 Continue", "103 Early Hints", "199 X"] {
            answers.append(bad("Content-Length: 5\r\n", status: "HTTP/1.1 \(status)"))
            guard !status.hasPrefix("204") else { continue }
            answers.append(
                bad(
                    "Transfer-Encoding: chunked\r\n", status: "HTTP/1.1 \(status)",
                    body: "5\r\nhello\r\n0\r\n\r\n"))
        }
        // It ends at its head, and what follows is nobody's, whether it is chunks or another answer.
        for rest in [
            "5\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad",
        ] {
            answers.append(
                passes(
                    "HTTP/1.1 204 X\r\nTransfer-Encoding: chunked\r\n\r\n" + rest,
                    as: "HTTP/1.1 204 X\r\n\r\n"))
        }
        return answers
    }

    private static var interim: [HostileAnswer] {
        let final = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
        let hint = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        return [
            bad("", status: "HTTP/1.1 101 Switching Protocols", body: final),
            bad(
                "Connection: upgrade\r\nUpgrade: websocket\r\n",
                status: "HTTP/1.1 101 Switching Protocols"),
            bad(
                "Connection: upgrade\r\nUpgrade: h2c\r\n",
                status: "HTTP/1.1 101 Switching Protocols"),
            passes(hint + final, as: hint + final),
            passes(hint + hint + final, as: hint + hint + final),
            passes(
                "HTTP/1.1 103 X\r\nConnection: close\r\nKeep-Alive: 1\r\nX: y\r\n\r\n" + final,
                as: "HTTP/1.1 103 X\r\nX: y\r\n\r\n" + final),
            HostileAnswer(
                "interim heads without an end",
                String(repeating: "HTTP/1.1 102 X\r\n\r\n", count: 300), .badGateway),
            HostileAnswer(
                "a broken head behind an interim one", hint + "HTTP/1.1 2\r\n\r\n", .badGateway),
        ]
    }

    private static var contents: [HostileAnswer] {
        let poison = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        let announced = "\(chunked.dropLast())Trailer: X-Sum\r\n\r\n"
        let whole = "\(chunked)5\r\nhello\r\n0\r\n\r\n"
        var answers = [
            passes(head + poison, as: head),
            passes(whole + poison, as: whole),
            passes("HTTP/1.1 204 X\r\n\r\n" + poison, as: "HTTP/1.1 204 X\r\n\r\n"),
            passes(
                "HTTP/1.1 304 X\r\nContent-Length: 5\r\n\r\n" + poison,
                as: "HTTP/1.1 304 X\r\nContent-Length: 5\r\n\r\n"),
            passes(
                "HTTP/1.1 304 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                as: "HTTP/1.1 304 X\r\n\r\n"),
            passes(
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
                as: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            passes(
                "\(chunked)5;a=b\r\nhello\r\n0\r\nX-Sum: 1\r\n"
                    + "Content-Length: 0\r\nSet-Cookie: a=b\r\n\r\n",
                as: "\(chunked)5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n"),
            passes(
                "\(announced)0\r\nX-Sum: 1\r\n\r\n", as: "\(announced)0\r\nX-Sum: 1\r\n\r\n"),
        ]
        let broken = [
            "x\r\n", "-5\r\nhello\r\n", "5 \r\nhello\r\n", "5\nhello\n", "5\r\nhello\n0\r\n\r\n",
            "5\r\nhelloX\r\n", "0\r\n\n", "0\r\nX : y\r\n\r\n", "0\r\n X: y\r\n\r\n",
            "ffffffffffffffff\r\nhello", "5;\u{0}\r\nhello\r\n0\r\n\r\n", "0\r\nX: y\rz\r\n\r\n",
            "0\r\nHTTP/1.1 200 OK\r\n\r\n",
        ]
        answers += broken.map {
            HostileAnswer("the chunks \(HostileRequest.shown($0))", chunked + $0, .cut)
        }
        return answers
    }
}
