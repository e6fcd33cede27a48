/// What is wrong with a frame: a violation of RFC 6455, 5, or of the route's policy.
package enum FrameFault: UInt8, BitwiseCopyable, Equatable, Sendable {
    case reservedBits
    case unknownOpcode
    case notMasked
    case masked
    case fragmentedControl
    case longControl
    case unexpectedContinuation
    case interruptedMessage
    case overlongLength
    case impossibleLength
    case shortClose
    case invalidCloseCode
    case invalidCloseReason
    case frameTooBig
    case messageTooBig
    case tooManyMessages

    /// What the sender is told.
    package var code: CloseCode {
        switch self {
        case .frameTooBig, .messageTooBig: .messageTooBig
        case .tooManyMessages: .policyViolation
        default: .protocolError
        }
    }

    /// What the other side is told.
    package var codeForOther: CloseCode {
        switch self {
        case .frameTooBig, .messageTooBig: .goingAway
        case .tooManyMessages: .policyViolation
        default: .protocolError
        }
    }

    /// Whether the sender breaks the protocol, so that nothing more of it can be understood.
    package var isViolation: Bool { rawValue < FrameFault.frameTooBig.rawValue }

    /// A few words for the Close frame and the log.
    package var reason: StaticString {
        switch self {
        case .reservedBits: "reserved bits are set in a frame"
        case .unknownOpcode: "a frame has an unknown opcode"
        case .notMasked: "a frame of the client is not masked"
        case .masked: "a frame of the server is masked"
        case .fragmentedControl: "a control frame is fragmented"
        case .longControl: "a control frame is longer than 125 bytes"
        case .unexpectedContinuation: "a continuation frame continues nothing"
        case .interruptedMessage: "a message begins inside another one"
        case .overlongLength: "a length takes more bytes than it needs"
        case .impossibleLength: "a length has its highest bit set"
        case .shortClose: "a Close frame has half a code"
        case .invalidCloseCode: "a Close frame has a code that may not be sent"
        case .invalidCloseReason: "the reason of a Close frame is not UTF-8"
        case .frameTooBig: "a frame is larger than allowed"
        case .messageTooBig: "a message is larger than allowed"
        case .tooManyMessages: "too many messages"
        }
    }
}
