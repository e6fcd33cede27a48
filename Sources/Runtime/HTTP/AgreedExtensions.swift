/// Extensions of WebSocket that both ends have agreed on (RFC 6455, 9), as far as their frames tell.
package struct AgreedExtensions: OptionSet, BitwiseCopyable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// permessage-deflate (RFC 7692).
    package static let compression = AgreedExtensions(rawValue: 1)
    /// Any that is not known here, and may give the reserved bits any meaning.
    package static let others = AgreedExtensions(rawValue: 2)
}
