extension HeadFault {
    /// What is wrong, for an answer and for the log: plain ASCII, no quotes.
    package var reason: StaticString {
        lineReason ?? startLineReason ?? framingReason ?? meaningReason ?? "invalid head"
    }

    private var lineReason: StaticString? {
        switch self {
        case .bareLineFeed: "a line feed without a carriage return"
        case .bareCarriageReturn: "a carriage return without a line feed"
        case .controlByte: "a control byte in a field"
        case .foldedLine: "a field line that begins with white space"
        case .blankBeforeColon: "white space before the colon of a field"
        case .emptyFieldName: "a field without a name"
        case .invalidFieldName: "a field name with a byte that is not allowed"
        case .tooManyLeadingLines: "too many empty lines before the request"
        case .headTooLarge: "the header section is too large"
        case .tooManyFields: "too many fields"
        default: nil
        }
    }

    private var startLineReason: StaticString? {
        switch self {
        case .invalidMethod: "invalid method"
        case .unknownMethod: "the method is too long"
        case .methodNotServed: "the method is not served here"
        case .invalidTarget: "invalid request target"
        case .targetTooLong: "the request target is too long"
        case .invalidRequestLine: "invalid request line"
        case .versionNotSupported: "only HTTP/1.0 and HTTP/1.1 are spoken here"
        case .invalidStatusLine: "invalid status line"
        case .invalidStatusCode: "invalid status code"
        default: nil
        }
    }

    private var framingReason: StaticString? {
        switch self {
        case .invalidContentLength: "invalid Content-Length"
        case .repeatedContentLength: "more than one Content-Length"
        case .contentTooLarge: "the content is too large"
        case .lengthWithTransferEncoding: "Content-Length beside Transfer-Encoding"
        case .invalidTransferEncoding: "invalid Transfer-Encoding"
        case .unknownTransferCoding: "only the transfer coding chunked is understood"
        case .transferEncodingBeforeHTTP11: "Transfer-Encoding in an HTTP/1.0 message"
        case .contentWhereNoneMayBe: "content announced where none may be"
        default: nil
        }
    }

    private var meaningReason: StaticString? {
        switch self {
        case .missingHost: "the Host field is missing"
        case .repeatedHost: "more than one Host field"
        case .invalidHost: "invalid Host field"
        case .hostDisagreesWithTarget: "the Host field disagrees with the request target"
        case .tooManyConnectionOptions: "too many options in Connection"
        case .unknownExpectation: "only the expectation 100-continue is understood"
        default: nil
        }
    }
}
