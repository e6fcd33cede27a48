/// How a host rule names its hosts.
package enum HostKind: UInt8, Sendable {
    case exact = 0, wildcard = 1, wildcardWithApex = 2, regex = 3, any = 4
}

/// How a route names its paths.
package enum RouteKind: UInt8, Sendable { case exact = 0, segments = 1, regex = 2 }

/// What may follow the segments of a pattern or of a shape.
package enum TailKind: UInt8, Sendable {
    /// Nothing.
    case end = 0
    /// Any further segments, or none.
    case open = 1
}

/// What one segment of a pattern must be.
package enum SegmentKind: UInt8, Sendable {
    /// The text.
    case literal = 0
    /// The text, in which `*` stands for any bytes.
    case glob = 1
    /// Anything but nothing.
    case wildcard = 2
    /// Anything. Comes from regexes only.
    case anything = 3
}

/// What a condition looks at.
package enum ConditionKind: UInt8, Sendable {
    /// `value` is a protocol: 0 http, 1 sse, 2 websocket.
    case requestProtocol = 0
    /// The text is a comma-separated list of methods.
    case methods = 1
    case header = 2
    case query = 3
    case cookie = 4
    /// `value` is the first of `valueCount` address ranges.
    case client = 5
}

/// Which end of a subject an affix is for.
package enum AffixKind: UInt8, Sendable { case prefix = 0, suffix = 1 }

/// What a route does.
package enum ActionKind: UInt8, Sendable { case forward = 0, redirect = 1, respond = 2 }

/// What one piece of a template stands for. Captures are the last four.
package enum PieceKind: UInt8, Sendable {
    case literal = 0
    case host = 1
    case path = 2
    case query = 3
    /// The segment at position `value`.
    case segment = 4
    /// The segments from position `value` on, with the slashes between them.
    case rest = 5
    /// Group `value` of the route's regex.
    case routeGroup = 6
    /// Group `value` of the host's regex.
    case hostGroup = 7
}
