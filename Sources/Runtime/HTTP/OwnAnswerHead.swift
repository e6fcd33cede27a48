import RouteTable

/// The head of the answer to a request of the proxy's own, in what has come of it so far. Interim ones in front of it
/// say nothing.
package enum OwnAnswerHead {
    /// What begins at the offset is not whole yet.
    case incomplete(from: Int)
    /// No head, or a larger one than any may be.
    case invalid(HeadFault)
    /// The final head, or that of a switch to another protocol, and where it begins.
    case complete(ResponseHead, from: Int)

    /// - Parameters:
    ///   - bytes: What has come, from the first byte on.
    ///   - fields: Those of the final head, whose ranges count from its first byte.
    package static func find(in bytes: RawSpan, fields: inout HeaderFields) -> OwnAnswerHead {
        var start = 0
        while true {
            var resume = 0
            let outcome = ResponseHeadParser.parse(
                bytes.extracting(start..<bytes.byteCount), method: .get,
                limits: HeadLimits(headByteCountMax: Limits.headBytesMax), fields: &fields,
                resume: &resume)
            switch outcome {
            case .incomplete: return .incomplete(from: start)
            case .invalid(let fault): return .invalid(fault)
            case .complete(let head) where head.isInterim: start += head.byteCount
            case .complete(let head): return .complete(head, from: start)
            }
        }
    }
}
