package import Diagnostics
package import TableFormat

/// Why a valid configuration cannot be made into a table.
package struct CompileProblem: Equatable, Sendable {
    /// What PCRE2 refuses, what contradicts itself, or what the format has no room for.
    package enum Reason: Error, Equatable, Sendable {
        /// PCRE2 refuses a regex: the source, PCRE2's words and the offset in bytes.
        case regex(String, String, Int)
        /// A regex begins with a verb such as `(*UTF)`.
        case regexVerb(String)
        case tooManySegments(Int)
        case tooManyConditions(Int)
        case textTooLong(String, Int)
        case segmentTooLong(Int)
        /// The routes do not fit their section.
        case tooManyRoutes(Int)
        case unknownCapture(String)
        /// A middleware, a field that it sets, and the placeholder in its value.
        case unfilledHeader(String, field: String, String)
        case tooManyClaims
        case duplicateHost(String)
        case tooManyWith(String, Int)
        /// One request may cost more than the ceilings allow; what to look at first.
        case tooExpensive(WorstCaseCeilings.Excess, where: String)
        case tooLarge(Int)
        case weightsTooLarge
        case unstableHash
    }

    package let reason: Reason
    /// The place to look at; nil where it is the whole configuration.
    package let range: SourceRange?

    package init(_ reason: Reason, at range: SourceRange?) {
        self.reason = reason
        self.range = range
    }

    /// What it is about: mostly that the table has no room.
    package var code: DiagnosticCode {
        switch reason {
        case .unfilledHeader, .unknownCapture: .unknownPlaceholder
        case .regex: .invalidRegex
        case .regexVerb: .regexVerb
        case .duplicateHost: .duplicateHost
        default: .tableLimit
        }
    }

    /// One sentence for the user.
    package var message: String {
        switch reason {
        case .regex(let source, let words, let offset):
            "the regex `\(source)` is not valid at offset \(offset): \(words)"
        case .regexVerb(let source):
            "the regex `\(source)` begins with `(*`: the proxy sets these options itself"
        case .tooManySegments(let count):
            "the pattern has \(count) segments; paths have at most 64"
        case .tooManyConditions(let count):
            "the route has \(count) conditions; at most 255 fit"
        case .textTooLong(let what, let byteCount):
            "the \(what) has \(byteCount) bytes; at most 65535 fit"
        case .segmentTooLong(let byteCount):
            "the segment has \(byteCount) bytes; at most 16383 fit, and no path has as many"
        case .tooManyRoutes(let byteCount):
            "the patterns of all routes take \(byteCount) bytes; at most 128 MiB fit"
        case .unknownCapture(let name):
            "`{\(name)}` names nothing that the pattern of the route or of its host captures"
        case .unfilledHeader(let middleware, let field, let name):
            "the middleware `\(middleware)` fills `{\(name)}` into `\(field)`, and neither the "
                + "pattern of the route nor that of its host captures it here; there is also "
                + "`{client_ip}`, `{host}`, `{path}`, `{request_id}` and `{claim.NAME}`"
        case .tooManyClaims:
            "middlewares look at more than \(TableLimits.claimCountMax) claims of tokens"
        case .duplicateHost(let pattern):
            "the host pattern `\(pattern)` is used twice for one port"
        case .tooManyWith(let what, let count):
            "\(count) \(what); at most 65535 fit"
        case .tooExpensive(let excess, let place): "\(excess.message). \(place)"
        case .tooLarge(let byteCount):
            "the table would have \(byteCount) bytes; at most 2 GiB fit"
        case .weightsTooLarge:
            "the weights add up to more than 4294967295"
        case .unstableHash:
            "no perfect hash was found for the keys of this table"
        }
    }
}
