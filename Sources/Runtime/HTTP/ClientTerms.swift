import RouteTable

/// What a request has settled about the answer to it.
package struct ClientTerms: BitwiseCopyable, Equatable, Sendable {
    package var method: Method
    package var version: HTTPVersion
    /// Whether the connection shall persist. The proxy may say no where the client says yes.
    package var keepAlive: Bool

    package init(method: Method, version: HTTPVersion, keepAlive: Bool) {
        self.method = method
        self.version = version
        self.keepAlive = keepAlive
    }

    package init(_ head: RequestHead) {
        self.init(method: head.method, version: head.version, keepAlive: head.keepAlive)
    }

    /// For a client whose request could not be read: the answer has content, then the connection
    /// ends.
    package static var unreadable: ClientTerms {
        ClientTerms(method: .other, version: .http11, keepAlive: false)
    }

    /// The same where something has come of the head: the answer to HEAD has no content (RFC 9110, 9.3.2).
    package static func unreadable(_ received: RawSpan) -> ClientTerms {
        var terms = unreadable
        var first = 0
        while first + 2 <= received.byteCount, received.octet(at: first) == 0x0D,
            received.octet(at: first + 1) == 0x0A
        {
            first += 2
        }
        guard first + 5 <= received.byteCount, received.octet(at: first + 4) == OctetClass.space
        else { return terms }
        let token = ByteRange(from: first, to: first + 4)
        if Method(token, in: received) == .head { terms.method = .head }
        return terms
    }
}

extension ByteWriter {
    /// Appends what the client must be told of the connection: nothing where the version's own rule
    /// says the same (RFC 9112, 9.3).
    mutating func appendConnection(keepAlive: Bool, version: HTTPVersion) {
        if !keepAlive {
            append("Connection: close\r\n")
        } else if version == .http10 {
            append("Connection: keep-alive\r\n")
        }
    }
}
