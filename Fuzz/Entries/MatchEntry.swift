internal import RouteTable
internal import Runtime

/// Bytes as a request head that is read and matched: what an attacker tries to get past a route.
///
/// What holds: the answer depends on the canonical path only; a path that is spelt otherwise gets the same
/// answer or 400; what is forwarded is canonical itself; a redirect cannot carry a line end.
enum MatchEntry {
    /// The property that does not hold for `bytes`, or `nil`.
    static func violation(_ bytes: [UInt8]) -> String? {
        var fields = HeaderFields()
        var resume = 0
        // SAFETY: the view is of bytes, which have no padding, and is used while the array lives.
        let outcome = unsafe RequestHeadParser.parse(
            bytes.span.bytes, limits: HeadLimits(), fields: &fields, resume: &resume)
        guard case .complete(let head) = outcome, head.path.count > 0 else { return nil }
        var matcher = Matcher(for: MatchQuestion.table)
        var question = MatchQuestion(bytes: bytes, head: head)
        let answer = question.ask(&matcher, fields: fields.span)
        guard answer == question.ask(&matcher, fields: fields.span) else {
            return "two answers to one request"
        }
        if let violation = answer.violation { return violation }
        if case .refused = answer.outcome { return nil }

        question.path = answer.canonicalPath
        guard question.ask(&matcher, fields: fields.span) == answer else {
            return "the canonical path gets another answer than the path"
        }
        question.path = encoded(answer.canonicalPath)
        let variant = question.ask(&matcher, fields: fields.span)
        if case .refused = variant.outcome { return nil }
        guard variant == answer else { return "an encoded path gets another answer than the path" }
        guard case .forward = answer.outcome, !answer.forwardPath.isEmpty else { return nil }
        question.path = answer.forwardPath
        guard question.ask(&matcher, fields: fields.span).canonicalPath == answer.forwardPath else {
            return "a forwarded path is not canonical"
        }
        return nil
    }

    /// The path with each letter and digit percent-encoded that is not part of an encoding.
    private static func encoded(_ path: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        var result: [UInt8] = []
        var verbatimCount = 0
        for byte in path {
            if byte == UInt8(ascii: "%") { verbatimCount = 3 }
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                if verbatimCount > 0 { fallthrough }
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: result.append(byte)
            }
            verbatimCount = max(0, verbatimCount - 1)
        }
        return result
    }
}
