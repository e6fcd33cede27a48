import CPCRE2
import RouteCompiler
import TableFormat
import Testing

/// Goal: a limit that is lower than the highest never refuses a subject.
/// Method: regexes of all forms that the proof covers, on the longest subjects that nearly match and
/// on ones that do, by the interpreter and by JIT code, with the limit that the compiler gives. No
/// answer may be "too many steps".
@Suite("Match limits")
struct MatchLimitTests {
    private static let sources = [
        "^/api/v[0-9]+/[a-z-]+$", "^/[a-z]+/[a-z]+/[a-z]+$", "^/a.*b$", "^/x/.*$",
        "^/[a-z0-9]*[0-9]$", "^/(en|fr|de)/[a-z]+/$", "^/(?:aa|a)(?:aa|a)(?:aa|a)b$",
        "^/v[0-9]{1,3}/.{2,60}x$", "^/[^/]+/c$", "^/([a-z]+)(/[0-9]+)?$", "^/a?a?a?a?aaaa$",
        "^(?:/[a-z]+|/[0-9]+|/.*z)$", "/admin", "\\.(php|asp)$", "^/a{100,200}b$", "^/.+?/end$",
        "^/a+?b", "^/(?<x>[a-z]+)-(?<y>[0-9]+)$",
        // Groups that end behind a repetition are left at each of its tries.
        "^/a(?:/b(?:/c(?:/[\\w.-]{0,60})?)?)?\\.html$",
        "^/docs(?:/v2(?:/en(?:/us(?:/[\\w.-]{1,63})?)?)?)?\\.json",
    ]

    private static func subjects(_ byteCountMax: Int) -> [[UInt8]] {
        let repeated = ["a", "aa/", "a1", "0", "/", "v1/", "az", "-", "aab", "x.", "/a/0", "en/"]
        let endings = ["", "/", "b", "x", "1", "!", "/c", "/end", "z", ".html", ".json"]
        var subjects: [[UInt8]] = []
        for start in [
            "/", "/a", "/api/v1", "/en/", "/x/", "/v12/", "/a/b/c/", "/docs/v2/en/us/x.json",
        ] {
            for part in repeated {
                for ending in endings {
                    var subject = Array(start.utf8)
                    while subject.count + part.utf8.count + ending.utf8.count <= byteCountMax {
                        subject += part.utf8
                    }
                    subjects.append(subject + ending.utf8)
                }
            }
        }
        return subjects
    }

    @Test(
        "A limit is enough for every subject", arguments: sources, [false, true])
    func isEnough(source: String, usesJIT: Bool) throws {
        for byteCountMax in [64, 8_192] {
            let limit = MatchLimit.steps(
                for: source, ignoresCase: false, subjectByteCountMax: byteCountMax)
            #expect(limit <= TableLimits.matchLimitMax)
            guard limit < TableLimits.matchLimitMax else { continue }
            let pattern = try #require(Pattern(source, usesJIT: usesJIT))
            for subject in Self.subjects(byteCountMax) {
                let result = pattern.match(subject, limit: limit)
                #expect(
                    result >= 0 || result == PCRE2_ERROR_NOMATCH,
                    "\(source) on \(subject.count) bytes, limit \(limit): \(result)")
            }
        }
    }

    @Test("What is proven is lower than the highest limit")
    func proven() {
        func limit(_ source: String, _ byteCountMax: Int = TableLimits.pathBytesMax) -> UInt32 {
            MatchLimit.steps(for: source, ignoresCase: false, subjectByteCountMax: byteCountMax)
        }
        #expect(limit("^/users/me$") == MatchLimit.lowLimit)
        #expect(limit("^/(en|fr)/about$") == MatchLimit.lowLimit)
        #expect(limit("^/api/v[0-9]+/[a-z-]+$") == TableLimits.matchLimitMax)
    }

    @Test(
        "What is not proven keeps the highest limit",
        arguments: [
            "^/(a+)+$", "^/(a|b)*c$", "^/(?=x).*$", "^/(.)\\1$", "^/.*a.*b.*$",
            "^/[a-z]*[a-y]*[a-x]*$", "[a-z]+x", "^/(?>a+)b$", "^/\\bx$",
        ])
    func notProven(source: String) {
        let limit = MatchLimit.steps(
            for: source, ignoresCase: false, subjectByteCountMax: TableLimits.pathBytesMax)
        #expect(limit == TableLimits.matchLimitMax)
    }
}

extension MatchLimitTests {
    /// A pattern as the proxy compiles it.
    @safe
    private final class Pattern {
        private let code: OpaquePointer
        private let data: OpaquePointer
        private let context: OpaquePointer

        init?(_ source: String, usesJIT: Bool) {
            let bytes = Array(source.utf8)
            let options =
                PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY
                | PCRE2_DOTALL | PCRE2_NO_AUTO_CAPTURE
            var number: Int32 = 0
            var offset = 0
            // SAFETY: all three are owned by this value and given back in `deinit`.
            guard
                let code = unsafe pcre2_compile_8(
                    bytes, bytes.count, options, &number, &offset, nil),
                let data = unsafe pcre2_match_data_create_8(8, nil),
                let context = unsafe pcre2_match_context_create_8(nil)
            else { return nil }
            if usesJIT { _ = unsafe pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE) }
            unsafe self.code = code
            unsafe self.data = data
            unsafe self.context = context
        }

        deinit {
            // SAFETY: owned since `init`.
            unsafe pcre2_code_free_8(code)
            unsafe pcre2_match_data_free_8(data)
            unsafe pcre2_match_context_free_8(context)
        }

        func match(_ subject: [UInt8], limit: UInt32) -> Int32 {
            // SAFETY: the objects are this value's; the subject outlives the call.
            _ = unsafe pcre2_set_match_limit_8(context, limit)
            return unsafe pcre2_match_8(code, subject, subject.count, 0, 0, data, context)
        }
    }
}
