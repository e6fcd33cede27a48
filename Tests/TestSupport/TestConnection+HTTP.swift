extension TestConnection {
    /// Sends a request and reads the answer.
    ///
    /// - Parameters:
    ///   - fields: Lines without their ends. `Host` is added when none is given.
    package func request(
        _ method: String = "GET", _ target: String, fields: [String] = [], body: String = ""
    ) throws -> HTTPAnswer {
        try send(Self.head(method, target, fields: fields, body: body) + body)
        return try readAnswer(toHead: method == "HEAD")
    }

    /// The head of a request.
    package static func head(
        _ method: String = "GET", _ target: String, fields: [String] = [], body: String = ""
    ) -> String {
        var lines = ["\(method) \(target) HTTP/1.1"]
        if !fields.contains(where: { $0.lowercased().hasPrefix("host:") }) {
            lines.append("Host: test.example")
        }
        lines += fields
        if !body.isEmpty { lines.append("Content-Length: \(body.utf8.count)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// Reads an answer with its body. A body without length is read to the end of the stream.
    ///
    /// - Parameter toHead: Whether the request was HEAD, so that no body follows.
    package func readAnswer(toHead: Bool = false) throws -> HTTPAnswer {
        let head = try readHead()
        let bare = HTTPAnswer(status: try Self.status(head), head: head, body: [], trailers: [])
        if toHead || bare.status == 204 || bare.status == 304 || bare.status < 200 { return bare }
        if bare.value("Transfer-Encoding")?.lowercased() == "chunked" {
            let (body, trailers) = try readChunks()
            return HTTPAnswer(status: bare.status, head: head, body: body, trailers: trailers)
        }
        let body: [UInt8]
        if let length = bare.value("Content-Length") {
            guard let byteCount = Int(length), byteCount >= 0 else {
                throw TestSupportError("a bad length: \(length)")
            }
            body = try read(byteCount: byteCount)
        } else {
            body = try readToEnd()
        }
        return HTTPAnswer(status: bare.status, head: head, body: body, trailers: [])
    }

    /// Reads the lines of a head, without their ends and without the empty one.
    package func readHead() throws -> [String] {
        try read(through: "\r\n\r\n").dropLast(2).split(separator: "\r\n").map(String.init)
    }

    /// Reads one chunk.
    ///
    /// - Returns: `nil` for the last chunk, whose trailers then follow.
    package func readChunk() throws -> [UInt8]? {
        let line = try read(through: "\r\n").dropLast()
        guard let size = Int(line.prefix { $0 != ";" }, radix: 16), size >= 0 else {
            throw TestSupportError("a bad chunk size: '\(line)'")
        }
        if size == 0 { return nil }
        let chunk = try read(byteCount: size)
        guard try read(byteCount: 2) == [13, 10] else {
            throw TestSupportError("a chunk without its end")
        }
        return chunk
    }

    private func readChunks() throws -> (body: [UInt8], trailers: [String]) {
        var body: [UInt8] = []
        while let chunk = try readChunk() { body += chunk }
        var trailers: [String] = []
        while true {
            let line = String(try read(through: "\r\n").dropLast())
            if line.isEmpty { return (body, trailers) }
            trailers.append(line)
        }
    }

    private static func status(_ head: [String]) throws -> Int {
        let words = (head.first ?? "").split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw TestSupportError("not an answer: '\(head.first ?? "")'")
        }
        return status
    }
}
