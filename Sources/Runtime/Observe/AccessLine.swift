package import RouteTable

/// What the access log says about one exchange. Borrows everything that is longer than a number.
///
/// Empty spans, zero lines and nil mean "there was none".
package struct AccessLine: ~Escapable {
    /// Who asks, as routes see it: the peer of the connection, or without a port whom a trusted proxy names.
    package let client: SocketAddress
    package let method: RawSpan
    /// The host as the client named it.
    package let host: RawSpan
    /// The path as the client sent it.
    package let path: RawSpan
    package let requestProtocol: RequestProtocol
    /// How the bytes of an upgraded connection went: `opaque` or `framed`; empty for all others.
    package let dataPath: StaticString
    /// Who ended an upgraded connection, and with which code; nil for all others.
    package let webSocketEnd: (by: CloseMetric.Side, code: UInt16)?
    /// 0 if the client went away before there was one.
    package let status: UInt16
    /// Bytes read from the client: head and body, or all of both directions' frames after an
    /// upgrade.
    package let receivedByteCount: UInt64
    /// Bytes written to the client.
    package let sentByteCount: UInt64
    /// From the first byte of the request to the last of the answer.
    package let totalMilliseconds: UInt64
    /// From the dial to the upstream's answer head; nil if no upstream was asked.
    package let upstreamMilliseconds: UInt64?
    package let routeName: RawSpan
    package let routeFile: RawSpan
    package let routeLine: UInt32
    package let service: RawSpan
    /// What stood in for the service that was asked for; empty for nothing.
    package let fallback: StaticString
    /// The address that was dialled last.
    package let upstream: SocketAddress?
    /// Its host and port instead, where a proxy on the way was dialled; else empty.
    package let upstreamName: RawSpan
    package let faultSide: FaultSide
    /// A few words; empty if there was no fault.
    package let reason: StaticString
    package let requestID: RawSpan
    package let traceID: RawSpan
    /// The digest of the table that the request was matched against.
    package let table: RawSpan

    @_lifetime(
        copy method, copy host, copy path, copy routeName, copy routeFile, copy service,
        copy upstreamName, copy requestID, copy traceID, copy table)
    package init(
        client: SocketAddress,
        method: RawSpan,
        host: RawSpan,
        path: RawSpan,
        requestProtocol: RequestProtocol,
        dataPath: StaticString = "",
        webSocketEnd: (by: CloseMetric.Side, code: UInt16)? = nil,
        status: UInt16,
        receivedByteCount: UInt64,
        sentByteCount: UInt64,
        totalMilliseconds: UInt64,
        upstreamMilliseconds: UInt64?,
        routeName: RawSpan,
        routeFile: RawSpan,
        routeLine: UInt32,
        service: RawSpan,
        fallback: StaticString = "",
        upstream: SocketAddress?,
        upstreamName: RawSpan = RawSpan(),
        faultSide: FaultSide,
        reason: StaticString,
        requestID: RawSpan = RawSpan(),
        traceID: RawSpan = RawSpan(),
        table: RawSpan = RawSpan()
    ) {
        self.client = client
        self.method = method
        self.host = host
        self.path = path
        self.requestProtocol = requestProtocol
        self.dataPath = dataPath
        self.webSocketEnd = webSocketEnd
        self.status = status
        self.receivedByteCount = receivedByteCount
        self.sentByteCount = sentByteCount
        self.totalMilliseconds = totalMilliseconds
        self.upstreamMilliseconds = upstreamMilliseconds
        self.routeName = routeName
        self.routeFile = routeFile
        self.routeLine = routeLine
        self.service = service
        self.fallback = fallback
        self.upstream = upstream
        self.upstreamName = upstreamName
        self.faultSide = faultSide
        self.reason = reason
        self.requestID = requestID
        self.traceID = traceID
        self.table = table
    }
}
