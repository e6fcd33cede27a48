/// Why a head was refused. Each case is something that a peer's bytes can cause.
///
/// A refused request is answered with ``status`` and its connection is closed: where the next
/// message would begin can no longer be known. A refused response is a 502 to the client.
package enum HeadFault: UInt8, Error, BitwiseCopyable, CaseIterable, Sendable {
    // Lines.
    case bareLineFeed
    case bareCarriageReturn
    case controlByte
    case foldedLine
    case blankBeforeColon
    case emptyFieldName
    case invalidFieldName
    case tooManyLeadingLines
    case headTooLarge
    case tooManyFields

    // The request line.
    case invalidMethod
    case unknownMethod
    case methodNotServed
    case invalidTarget
    case targetTooLong
    case invalidRequestLine
    case versionNotSupported

    // The status line.
    case invalidStatusLine
    case invalidStatusCode

    // Framing.
    case invalidContentLength
    case repeatedContentLength
    case contentTooLarge
    case lengthWithTransferEncoding
    case invalidTransferEncoding
    case unknownTransferCoding
    case transferEncodingBeforeHTTP11
    case contentWhereNoneMayBe

    // Meaning.
    case missingHost
    case repeatedHost
    case invalidHost
    case hostDisagreesWithTarget
    case tooManyConnectionOptions
    case unknownExpectation

    /// The status of the answer to a refused request.
    package var status: HTTPStatus {
        switch self {
        case .headTooLarge, .tooManyFields: .fieldsTooLarge
        case .targetTooLong: .uriTooLong
        case .contentTooLarge: .contentTooLarge
        case .unknownExpectation: .expectationFailed
        case .unknownMethod, .methodNotServed, .unknownTransferCoding: .notImplemented
        case .versionNotSupported: .versionNotSupported
        default: .badRequest
        }
    }
}
