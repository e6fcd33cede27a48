extension HostileRequest {
    /// Lengths that programs are known to read differently.
    static var contentLengths: [HostileRequest] {
        let refused = [
            "", "+5", "-5", "-0", "+0", "5 5", "5,5", "5, 5", "5;5", "0x5", "0X5", "5h", "x5",
            "5.0", "5e0", "5_0", "\"5\"", "'5'", "5\u{0}", "5\u{B}", "5\u{C}", "\u{B}5", "\u{A0}5",
            "5\u{A0}", "\u{FF}5", "5\u{7F}", "18446744073709551615", "18446744073709551616",
            "18446744073709551621", "9223372036854775808", "9999999999999999999",
            "00000000000000000005", "99999999999999999999999999999999999999", "4294967301x", "five",
            "(5)", "5 HTTP/1.1", "\\5", "%35",
        ]
        var cases = refused.map {
            HostileRequest(
                "length", "the length '\(shown($0))'", "Content-Length: \($0)\r\n", body: "hello",
                .refused(400))
        }
        let read = ["5", " 5", "5 ", "\t5\t", "05", "0000000000000000005", "  \t 5 \t "]
        cases += read.map {
            HostileRequest(
                "length", "the length '\(shown($0))'", "Content-Length:\($0)\r\n", body: "hello",
                .forwarded(sentHello()))
        }
        let pairs = [
            "Content-Length: 5\r\nContent-Length: 5", "Content-Length: 5\r\nContent-Length: 6",
            "Content-Length: 6\r\nContent-Length: 5", "Content-Length: 5\r\ncontent-length: 5",
            "Content-Length: 5\r\nContent-Length:", "Content-Length:\r\nContent-Length: 5",
            "Content-Length: 0\r\nX: y\r\nCONTENT-LENGTH: 5", "Content-Length : 5",
            "Content-Length\t: 5", " Content-Length: 5", "\tContent-Length: 5",
            "Content-Length:\r\n 5", "Content-Length: 5\r\n 0", "Content-Length: 5\r\n\t0",
            "Content-Length: 5\r 0", "Content-Length: 5\n0: 0", "Content-Length\r: 5",
            "Content-Length\u{0}: 5", "Content Length: 5", "Content-Length 5", "Content-Length; 5",
            "Content-Length=5: 5", "\u{B}Content-Length: 5", "Content-Length\u{A0}: 5",
            "(Content-Length): 5", "X: y\rContent-Length: 5", "X: y\nContent-Length: 5",
            "X: y\u{0}\r\nContent-Length: 5",
        ]
        cases += pairs.map {
            HostileRequest(
                "length", "the lines '\(shown($0))'", "\($0)\r\n", body: "hello", .refused(400))
        }
        let disguised = [
            "Content_Length: 0", "content_length: 99", "CONTENT_LENGTH: 0", "Content-_Length: 0",
        ]
        cases += disguised.map { line in
            let passed = line.hasPrefix("Content-_") ? "\(line)\r\n" : ""
            return HostileRequest(
                "length", "'\(line)' beside a length", "Content-Length: 5\r\n\(line)\r\n",
                body: "hello",
                .forwarded(sentHello(passed)))
        }
        cases += ["GET", "HEAD", "DELETE", "OPTIONS", "PUT", "get", "FOO"].map { method in
            HostileRequest(
                "length", "content of \(method)", line: "\(method) / HTTP/1.1",
                "Content-Length: 5\r\n",
                body: "hello",
                .forwarded(
                    sent("\(method) / HTTP/1.1", framing: "Content-Length: 5\r\n", body: "hello")))
        }
        let inner = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
        cases.append(
            HostileRequest(
                "length", "a request inside of the content",
                "Content-Length: \(inner.utf8.count)\r\n", body: inner,
                .forwarded(sent(framing: "Content-Length: \(inner.utf8.count)\r\n", body: inner))))
        return cases
    }

    /// Transfer codings that one program takes for `chunked` and another does not.
    static var transferCodings: [HostileRequest] {
        let body = "5\r\nhello\r\n0\r\n\r\n"
        let refused = [
            "", "identity", "gzip", "deflate", "x-chunked", "xchunked", "chunkedx", "chunke",
            "chunk", "\"chunked\"", "'chunked'", "chunked, chunked", "chunked,chunked",
            "chunked, identity", "identity, chunked, identity", "chunked, gzip", "chunked,",
            ",chunked", ", chunked", "chunked, ", "chunked;", "chunked;q=1", "chunked; a=b",
            "chunked/1", "chunked\u{0}", "\u{0}chunked", "chunked\u{B}", "\u{B}chunked",
            "chunked\u{C}", "\u{C}chunked", "chunked\u{1F}", "chunked\u{7F}", "chunked\u{FF}",
            "\u{A0}chunked", "chunked\u{A0}", "chun ked", "chunked chunked", "chunked\tgzip",
            "(chunked)", "chunked=", "chunked:", "[chunked]", "chunked\\", "chu\u{D}nked",
            "chunked\u{85}", "c\u{FD}unked", "chunked\u{0}x", "[]",
            "chunked\r\nTransfer-Encoding: chunked", "chunked\r\nTransfer-Encoding: identity",
            "chunked\r\nTransfer-Encoding:", "chunked\r\ntransfer-encoding: x", "chunked\r\n ",
            "\r\n chunked", "\r\n\tchunked", "chunked\r\n , identity", "chunked\nX: y",
            "chunked\rX: y",
        ]
        var cases = refused.map {
            HostileRequest(
                "coding", "the coding '\(shown($0))'", "Transfer-Encoding: \($0)\r\n", body: body,
                .refused(400))
        }
        let unknown = [
            "gzip, chunked", "identity, chunked", "x, chunked",
            "identity\r\nTransfer-Encoding: chunked", "gzip\r\nTransfer-Encoding: chunked",
            "a,b,c,chunked",
        ]
        cases += unknown.map {
            HostileRequest(
                "coding", "the coding '\(shown($0))'", "Transfer-Encoding: \($0)\r\n", body: body,
                .refused(501))
        }
        let names = [
            "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked",
            " Transfer-Encoding: chunked", "\tTransfer-Encoding: chunked",
            "Transfer-Encoding\u{0}: chunked", "Transfer-Encoding\r: chunked",
            "Transfer-Encoding\r\n: chunked", "\rTransfer-Encoding: chunked",
            "\u{B}Transfer-Encoding: chunked", "Transfer-Encoding\u{B}: chunked",
            "Transfer Encoding: chunked", "Transfer-Encoding; chunked", "Transfer-Encoding chunked",
            "X: y\rTransfer-Encoding: chunked", "X: y\nTransfer-Encoding: chunked",
            "X: y\u{0}Transfer-Encoding: chunked", "X: y\r\r\nTransfer-Encoding: chunked",
            "X: y\n\rTransfer-Encoding: chunked", "X: y\r\n Transfer-Encoding: chunked",
            ": Transfer-Encoding: chunked", "\u{FF}Transfer-Encoding: chunked",
            "Transfer-Encoding\u{A0}: chunked", "{Transfer-Encoding}: chunked",
        ]
        cases += names.map {
            HostileRequest(
                "coding", "the line '\(shown($0))'", "\($0)\r\n", body: body, .refused(400))
        }
        cases += ["chunked", "Chunked", "CHUNKED", "cHuNkEd", " chunked ", "\tchunked\t"].map {
            HostileRequest(
                "coding", "the coding '\(shown($0))'", "Transfer-Encoding:\($0)\r\n", body: body,
                .forwarded(sentChunks()))
        }
        let lookalikes = [
            "Transfer_Encoding: chunked", "TRANSFER_ENCODING: chunked", "transfer_encoding: x",
            "TE: chunked",
        ]
        cases += lookalikes.map {
            HostileRequest(
                "coding", "'\($0)' beside a length", "Content-Length: 5\r\n\($0)\r\n",
                body: "hello",
                .forwarded(sentHello()))
        }
        let strangers = [
            "X-Transfer-Encoding: chunked", "Transfer-Encodin: chunked",
            "Transfer.Encoding: chunked", "Transfer--Encoding: chunked",
            "Transfer-Encoding-: chunked", "Content-Encoding: chunked",
            "!Transfer-Encoding: chunked", "Transfer-Enc\u{6F}dings: chunked",
        ]
        cases += strangers.map {
            HostileRequest(
                "coding", "'\($0)' beside a length", "Content-Length: 5\r\n\($0)\r\n",
                body: "hello",
                .forwarded(sentHello("\($0)\r\n")))
        }
        cases.append(
            HostileRequest(
                "coding", "chunks in HTTP/1.0", line: "POST / HTTP/1.0",
                "Transfer-Encoding: chunked\r\n", body: body,
                .refused(400)))
        return cases
    }

    /// Both framings at once: what one program ends with the length, another ends with the chunks.
    static var bothFramings: [HostileRequest] {
        let lines = [
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "Content-Length: 0\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 0",
            "Transfer-Encoding: chunked\r\nX: y\r\nContent-Length: 15",
            "Content-Length: 5\r\nTransfer-Encoding: x",
            "Content-Length: 5\r\nTransfer-Encoding: identity",
            "Content-Length: 5\r\nTransfer-Encoding:",
            "Content-Length: 5\r\nTransfer-Encoding: gzip, chunked",
            "Content-Length: 5\r\ntransfer-encoding: CHUNKED",
            "Transfer-Encoding: identity\r\nContent-Length: 5",
            "Content-Length: x\r\nTransfer-Encoding: chunked",
            "Content-Length: 5\r\nConnection: Content-Length\r\nTransfer-Encoding: chunked",
            "Content-Length: 5\r\nConnection: Transfer-Encoding\r\nTransfer-Encoding: chunked",
            "Content-Length: 5\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
            "Content-Length: 5\r\nTransfer-Encoding: chunked, identity",
            "Content-Length: 5\r\nTransfer-Encoding: \u{B}chunked",
        ]
        return lines.flatMap { line in
            ["0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", "0\r\n\r\nGET /smuggled HTTP/1.1\r\nX: "].map {
                body in
                HostileRequest(
                    "both", "'\(shown(line))' with '\(shown(body))'", "\(line)\r\n", body: body,
                    .refused(400))
            }
        }
    }

    /// Bytes as they are written in a Swift literal.
    static func shown(_ text: String) -> String {
        text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
    }
}
