import Validate

/// A set of requests, as far as `protocol` and `methods` tell them apart. Methods are bits.
///
/// WebSocket upgrades and event streams are always a GET, so each needs one bit only.
struct RequestBox: Equatable {
    var plain: UInt64 = 0
    var hasWebSocket = false
    var hasEventStream = false

    var isEmpty: Bool { plain == 0 && !hasWebSocket && !hasEventStream }

    func intersection(_ other: RequestBox) -> RequestBox {
        RequestBox(
            plain: plain & other.plain, hasWebSocket: hasWebSocket && other.hasWebSocket,
            hasEventStream: hasEventStream && other.hasEventStream)
    }

    mutating func subtract(_ other: RequestBox) {
        plain &= ~other.plain
        if other.hasWebSocket { hasWebSocket = false }
        if other.hasEventStream { hasEventStream = false }
    }

    func contains(_ point: RequestPoint) -> Bool {
        switch point.kind {
        case .http: plain >> UInt64(point.method) & 1 == 1
        case .webSocket: hasWebSocket
        case .sse: hasEventStream
        }
    }

    /// The first of ``points``.
    var firstPoint: RequestPoint? {
        if plain != 0 { return RequestPoint(kind: .http, method: plain.trailingZeroBitCount) }
        return points.first
    }

    /// All requests in it, plain ones first.
    var points: [RequestPoint] {
        var result: [RequestPoint] = []
        for method in 0..<64 where plain >> UInt64(method) & 1 == 1 {
            result.append(RequestPoint(kind: .http, method: method))
        }
        if hasWebSocket { result.append(RequestPoint(kind: .webSocket, method: MethodNames.get)) }
        if hasEventStream { result.append(RequestPoint(kind: .sse, method: MethodNames.get)) }
        return result
    }
}
