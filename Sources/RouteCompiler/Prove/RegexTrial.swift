import CPCRE2
import TableFormat

/// A regex as the proxy would run it, to see what it gives up on.
@safe
final class RegexTrial {
    private let interpreted: CompiledRegex
    /// nil where memory may not be executable.
    private let machineCode: CompiledRegex?
    private let context: OpaquePointer

    /// - Returns: nil where PCRE2 refuses the regex.
    init?(_ source: String, ignoresCase: Bool) {
        let bytes = Array(source.utf8)
        let options = ignoresCase ? RegexRecord.ignoresCase : 0
        func compile() -> CompiledRegex? {
            // Fails where the source refers back to a plain group: then it has to capture.
            (try? CompiledRegex(source: bytes, options: options))
                ?? (try? CompiledRegex(source: bytes, options: options | RegexRecord.captures))
        }
        // SAFETY: made here, and given back in `deinit`.
        guard let interpreted = compile(), let code = compile(),
            let context = unsafe pcre2_match_context_create_8(nil)
        else { return nil }
        // SAFETY: the context was made just now.
        unsafe self.context = context
        _ = unsafe pcre2_set_match_limit_8(context, TableLimits.matchLimitMax)
        self.interpreted = interpreted
        // SAFETY: the code is this value's own, and nobody else matches with it.
        machineCode = unsafe pcre2_jit_compile_8(code.code, PCRE2_JIT_COMPLETE) == 0 ? code : nil
    }

    deinit {
        // SAFETY: owned since `init`.
        unsafe pcre2_match_context_free_8(context)
    }

    /// Whether the limit is over before it is known if the regex matches.
    func givesUp(on subject: [UInt8]) -> Bool {
        run(interpreted, subject) && (machineCode.map { run($0, subject) } ?? true)
    }

    private func run(_ regex: CompiledRegex, _ subject: [UInt8]) -> Bool {
        // SAFETY: the match data is made for the code, used once and freed; PCRE2 reads `subject.count` bytes.
        guard let data = unsafe pcre2_match_data_create_from_pattern_8(regex.code, nil) else {
            return false
        }
        defer { unsafe pcre2_match_data_free_8(data) }
        let result = unsafe pcre2_match_8(
            regex.code, subject, subject.count, 0, 0, data, context)
        return result == PCRE2_ERROR_MATCHLIMIT
    }
}
