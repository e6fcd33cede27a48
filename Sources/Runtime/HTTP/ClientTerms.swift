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
