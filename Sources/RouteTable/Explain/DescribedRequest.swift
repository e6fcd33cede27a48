/// One request as a user writes it down: a method, a URL, headers and an address.
package struct DescribedRequest: Equatable, Sendable {
    /// One header as the user wrote it.
    package struct Header: Equatable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var method: String
    /// As it was written.
    package var url: String
    /// Host and port as a client would send them in the Host field.
    package var host: String
    /// The listener that the request is taken to come in on: the URL's port, or that of its scheme.
    package var listenerPort: UInt16
    /// As it was written, not canonical; `/` where the URL has no path.
    package var path: String
    /// What follows the first `?`, or nothing.
    package var query: String
    package var headers: [Header]
    package var requestProtocol: RequestProtocol
    package var client: ClientAddress
    /// Who is connected, where ``client`` is to be read out of the headers.
    package var peer: ClientAddress?
    /// Whether the scheme of the URL asks for a WebSocket.
    private let isWebSocketURL: Bool

    /// Reads a URL such as `ws://ws.example.com:8080/ws/room?v=2`.
    ///
    /// `ws` and `wss` make it a WebSocket upgrade: what is not written of the handshake is taken for
    /// granted. With another scheme it is one if all of the handshake is written. A GET that accepts
    /// `text/event-stream` is an event stream. Nothing is decoded or cleaned: that is
    /// the matcher's business. A fragment is not sent by clients and is dropped.
    ///
    /// - Throws: ``DescribedRequestError`` if the URL cannot be a request's.
    package init(
        method: String = "GET",
        url: String,
        headers: [Header] = [],
        client: ClientAddress = ClientAddress(ipv4: 0x7F00_0001),
        peer: ClientAddress? = nil
    ) throws(DescribedRequestError) {
        let parts = try URLParts(url)
        self.method = method
        self.url = url
        self.host = headers.first { $0.name.lowercased() == "host" }?.value ?? parts.authority
        self.listenerPort = parts.port
        self.path = parts.path
        self.query = parts.query
        self.headers = headers
        self.client = peer ?? client
        self.peer = peer
        self.isWebSocketURL = parts.isWebSocket
        self.requestProtocol = .http
        self.requestProtocol = protocolAsSent
    }

    /// A GET that asks for a WebSocket by a handshake that is not in order is neither of the others: the
    /// proxy refuses it.
    private var protocolAsSent: RequestProtocol {
        guard method == "GET" else { return .http }
        func has(_ word: String, in name: String) -> Bool {
            sentHeaders.contains { header in
                header.name.lowercased() == name
                    && header.value.lowercased().split(separator: ",").contains { element in
                        let bare = element.prefix { $0 != ";" }
                        return bare.filter { $0 != " " && $0 != "\t" } == word
                    }
            }
        }
        if has("websocket", in: "upgrade") {
            return refusedHandshake == nil ? .webSocket : .http
        }
        return has("text/event-stream", in: "accept") ? .sse : .http
    }
}

extension DescribedRequest {
    /// Why the proxy refuses the handshake of a WebSocket; nil where it does not, or none is asked for.
    package var refusedHandshake: RefusedHandshake? {
        RefusedHandshake(method: method, headers: sentHeaders)
    }

    /// What was written, and what a client sends beside it: Host, and the fields of a WebSocket handshake.
    var sentHeaders: [Header] {
        var fields: [(String, String)] = host.isEmpty ? [] : [("Host", host)]
        if isWebSocketURL || requestProtocol == .webSocket {
            fields += [
                ("Upgrade", "websocket"), ("Connection", "Upgrade"),
                ("Sec-WebSocket-Version", "13"),
                ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ]
        }
        let implied = fields.filter { field in
            !headers.contains { $0.name.lowercased() == field.0.lowercased() }
        }
        return headers + implied.map { Header(name: $0.0, value: $0.1) }
    }
}
