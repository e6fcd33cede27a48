internal import Glibc
package import RouteTable

/// What the environment says about WebSockets. It goes before what the `websocket` middlewares of the table
/// say; routes without one are as they were.
package struct WebSocketEnvironment: Sendable {
    private var connectionsMax: UInt32?
    private var pingIntervalMilliseconds: UInt32?
    private var readTimeoutMilliseconds: UInt32?
    private var writeTimeoutMilliseconds: UInt32?
    private var checksOrigin: Bool?
    private var allowedOrigins: [String]?
    /// The variables that are set, in the order in which they are documented.
    package private(set) var names: [String] = []

    /// - Parameter value: Of a variable; nil if it is not set.
    /// - Throws: ``StartupError`` if one can't be understood.
    package init(_ value: (String) -> String?) throws(StartupError) {
        if let text = take("WEBSOCKET_MAX_CONNECTIONS", value) {
            guard let count = UInt32(text), count > 0 else {
                throw StartupError(
                    "WEBSOCKET_MAX_CONNECTIONS: `\(text)` is not a number from 1")
            }
            connectionsMax = count
        }
        pingIntervalMilliseconds = try duration("WEBSOCKET_PING_INTERVAL", value)
        readTimeoutMilliseconds = try duration("WEBSOCKET_READ_TIMEOUT", value)
        writeTimeoutMilliseconds = try duration("WEBSOCKET_WRITE_TIMEOUT", value)
        if let text = take("WEBSOCKET_ENABLE_ORIGIN_CHECK", value) {
            switch text {
            case "true", "1": checksOrigin = true
            case "false", "0": checksOrigin = false
            default:
                throw StartupError(
                    "WEBSOCKET_ENABLE_ORIGIN_CHECK: `\(text)` is neither `true` nor `false`")
            }
        }
        if let text = take("WEBSOCKET_ALLOWED_ORIGINS", value) {
            allowedOrigins = try Self.origins(text)
        }
    }

    /// The environment of this process.
    static func ofProcess() throws(StartupError) -> WebSocketEnvironment {
        // SAFETY: nothing in this process changes its environment.
        try WebSocketEnvironment { name in unsafe getenv(name).map { unsafe String(cString: $0) } }
    }

    /// The policy as it holds in this environment.
    package func override(_ policy: WebSocketPolicyDescription) -> WebSocketPolicyDescription {
        guard !names.isEmpty else { return policy }
        var policy = policy
        policy.isFramed = true
        if let connectionsMax { policy.connectionsMax = connectionsMax }
        if let pingIntervalMilliseconds {
            policy.pingIntervalMilliseconds = pingIntervalMilliseconds
        }
        if let readTimeoutMilliseconds { policy.readTimeoutMilliseconds = readTimeoutMilliseconds }
        if let writeTimeoutMilliseconds {
            policy.writeTimeoutMilliseconds = writeTimeoutMilliseconds
        }
        if let checksOrigin { policy.checksOrigin = checksOrigin }
        if let allowedOrigins { policy.allowedOrigins = allowedOrigins }
        return policy
    }

    /// A variable that is set to nothing counts as not set.
    private mutating func take(_ name: String, _ value: (String) -> String?) -> String? {
        guard let text = value(name), !text.isEmpty else { return nil }
        names.append(name)
        return text
    }

    /// Seconds, or a number with `ms`, `s`, `m` or `h`, as in the configuration.
    private mutating func duration(
        _ name: String, _ value: (String) -> String?
    ) throws(StartupError) -> UInt32? {
        guard let text = take(name, value) else { return nil }
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit: Double? =
            switch text[digits.endIndex...] {
            case "ms": 1
            case "", "s": 1_000
            case "m": 60_000
            case "h": 3_600_000
            default: nil
            }
        let isNumber = digits.first != "." && digits.last != "."
        guard let unit, isNumber, let count = Double(digits),
            let milliseconds = UInt32(exactly: (count * unit).rounded()), milliseconds > 0
        else {
            throw StartupError(
                "\(name): `\(text)` is not a duration such as `30`, `1.5`, `500ms`, `5m` or `1h`")
        }
        return milliseconds
    }

    private static func origins(_ text: String) throws(StartupError) -> [String] {
        var origins: [String] = []
        for part in text.split(separator: ",") {
            let origin = part.trimmingSpaces().lowercased()
            guard origin == "*" || origin == "null" || origin.contains("://") else {
                throw StartupError(
                    "WEBSOCKET_ALLOWED_ORIGINS: `\(origin)` is not an origin such as "
                        + "`https://example.com`")
            }
            origins.append(origin)
        }
        return origins
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
