package import RouteTable

/// What was parsed of a response head. All ranges refer to the bytes that were given to the parser.
package struct ResponseHead: BitwiseCopyable, Equatable, Sendable {
    /// Yes-or-no facts.
    package struct Flags: OptionSet, BitwiseCopyable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The upstream lets its connection persist after the content.
        package static let keepAlive = Flags(rawValue: 1)
        /// `Content-Type` is `text/event-stream`.
        package static let eventStream = Flags(rawValue: 2)
        /// `Connection` names `upgrade`.
        package static let connectionSaysUpgrade = Flags(rawValue: 4)
        /// `Connection` names fields, which may also stand in the trailer.
        package static let namesFields = Flags(rawValue: 8)
        /// `Content-Encoding` names a coding other than `identity`.
        package static let contentCoded = Flags(rawValue: 16)
    }

    package var status: HTTPStatus
    package var version: HTTPVersion
    package var flags: Flags
    package var framing: ResponseFraming
    /// What Content-Length says, also where there is no content: in the answer to HEAD and in a
    /// 304.
    package var contentLength: UInt64?
    /// The reason phrase. Often empty.
    package var reason: ByteRange
    /// Number of bytes from the start of the buffer to the end of the empty line.
    package var byteCount: Int

    /// Whether the connection to the upstream may be used again after the content.
    package var keepAlive: Bool { flags.contains(.keepAlive) }
    package var isEventStream: Bool { flags.contains(.eventStream) }
    /// Whether another head follows for the same request: 1xx other than 101.
    package var isInterim: Bool { status.rawValue < 200 && !isSwitchingProtocols }
    package var isSwitchingProtocols: Bool { status == .switchingProtocols }
}
