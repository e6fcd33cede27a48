import Validate

/// A set of requests, as far as `protocol` and `methods` tell them apart. Methods are bits.
///
/// An event stream is always a GET, so it needs one bit only.
struct RequestBox: Equatable {
    var plain: UInt64 = 0
    var webSocket: UInt64 = 0
    var hasEventStream = false

    var isEmpty: Bool { plain == 0 && webSocket == 0 && !hasEventStream }

    func intersection(_ other: RequestBox) -> RequestBox {
        RequestBox(
            plain: plain & other.plain, webSocket: webSocket & other.webSocket,
            hasEventStream: hasEventStream && other.hasEventStream)
    }

    mutating func subtract(_ other: RequestBox) {
        plain &= ~other.plain
        webSocket &= ~other.webSocket
        if other.hasEventStream { hasEventStream = false }
    }

    func contains(_ point: RequestPoint) -> Bool {
        switch point.kind {
        case .http: plain >> UInt64(point.method) & 1 == 1
        case .webSocket: webSocket >> UInt64(point.method) & 1 == 1
        case .sse: hasEventStream
        }
    }

    /// The first of ``points``.
    var firstPoint: RequestPoint? {
        if plain != 0 { return RequestPoint(kind: .http, method: plain.trailingZeroBitCount) }
        if webSocket != 0 {
            return RequestPoint(kind: .webSocket, method: webSocket.trailingZeroBitCount)
        }
        return hasEventStream ? RequestPoint(kind: .sse, method: MethodNames.get) : nil
    }

    /// All requests in it, plain ones first.
    var points: [RequestPoint] {
        var result: [RequestPoint] = []
        for method in 0..<64 where plain >> UInt64(method) & 1 == 1 {
            result.append(RequestPoint(kind: .http, method: method))
        }
        for method in 0..<64 where webSocket >> UInt64(method) & 1 == 1 {
            result.append(RequestPoint(kind: .webSocket, method: method))
        }
        if hasEventStream { result.append(RequestPoint(kind: .sse, method: MethodNames.get)) }
        return result
    }
}
