/// An answer of the admin listener.
package struct AdminAnswer: Equatable, Sendable {
    /// What follows the head.
    package enum Content: Equatable, Sendable {
        case whole([UInt8])
        /// An event stream: pieces follow until the client goes.
        case stream
    }

    package var status: HTTPStatus
    package var contentType: String
    package var content: Content
    /// Lines without their ends.
    package var fields: [String] = []

    package init(_ status: HTTPStatus, contentType: String, content: Content) {
        self.status = status
        self.contentType = contentType
        self.content = content
    }

    /// A line of text.
    package static func text(_ status: HTTPStatus, _ line: String) -> AdminAnswer {
        AdminAnswer(
            status, contentType: "text/plain; charset=utf-8",
            content: .whole(Array("\(line)\n".utf8)))
    }

    /// A JSON text.
    package static func json(_ status: HTTPStatus, _ text: String) -> AdminAnswer {
        AdminAnswer(
            status, contentType: "application/json", content: .whole(Array("\(text)\n".utf8)))
    }

    /// What a refusal says.
    package static func refusal(_ refusal: AdminRefusal) -> AdminAnswer {
        if refusal.status == .methodNotAllowed {
            var answer = text(refusal.status, "only \(refusal.reason)")
            answer.fields.append("Allow: \(refusal.reason)")
            return answer
        }
        var answer = text(refusal.status, refusal.reason)
        if refusal.status == .unauthorized {
            answer.fields.append("WWW-Authenticate: Bearer realm=\"wsproxy\"")
        }
        return answer
    }

    /// Head and content as they are sent.
    ///
    /// - Parameters:
    ///   - isHead: The request was HEAD: its answer has no content.
    ///   - persists: Another request may follow.
    package func bytes(isHead: Bool, persists: Bool) -> [UInt8] {
        var head = "HTTP/1.1 \(status.rawValue) \(status.text)\r\n"
        head += "Server: wsproxy\r\nContent-Type: \(contentType)\r\n"
        head += "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
        for field in fields { head += "\(field)\r\n" }
        switch content {
        case .whole(let bytes): head += "Content-Length: \(bytes.count)\r\n"
        case .stream: break
        }
        let closes = !persists || content == .stream
        head += closes ? "Connection: close\r\n\r\n" : "\r\n"
        guard case .whole(let bytes) = content, !isHead else { return Array(head.utf8) }
        return Array(head.utf8) + bytes
    }
}
