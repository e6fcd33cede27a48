/// What a condition looks at.
public enum ConditionKind: UInt8, Sendable {
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
