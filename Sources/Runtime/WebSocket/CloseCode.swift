/// The status of a Close frame (RFC 6455, 7.4, and the registry of IANA).
package struct CloseCode: RawRepresentable, BitwiseCopyable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let normal = CloseCode(rawValue: 1000)
    package static let goingAway = CloseCode(rawValue: 1001)
    package static let protocolError = CloseCode(rawValue: 1002)
    package static let policyViolation = CloseCode(rawValue: 1008)
    package static let messageTooBig = CloseCode(rawValue: 1009)
    package static let serviceRestart = CloseCode(rawValue: 1012)
    package static let badGateway = CloseCode(rawValue: 1014)

    /// Whether it may stand in a frame: 1004, 1005, 1006 and 1015 are for programs to talk to themselves,
    /// 1016 to 2999 belong to later versions of the protocol.
    package var isValidOnWire: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
