internal import CPCRE2

/// One pattern as PCRE2 has compiled it, with the room that a match needs.
@safe
final class CompiledPattern {
    private let code: OpaquePointer
    private let data: OpaquePointer

    init(_ source: String, ignoresCase: Bool) {
        let options =
            PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY
            | PCRE2_DOTALL | (ignoresCase ? PCRE2_CASELESS : 0)
        var number: Int32 = 0
        var offset = 0
        let pattern = Array(source.utf8)
        // SAFETY: the array outlives the call that reads it; code and data are freed in `deinit`.
        guard
            let code = unsafe pcre2_compile_8(
                pattern, pattern.count, options, &number, &offset, nil)
        else {
            preconditionFailure("the pattern \(source) is not valid: error \(number) at \(offset)")
        }
        guard let data = unsafe pcre2_match_data_create_from_pattern_8(code, nil) else {
            preconditionFailure("out of memory")
        }
        unsafe self.code = code
        unsafe self.data = data
    }

    deinit {
        unsafe pcre2_match_data_free_8(data)
        unsafe pcre2_code_free_8(code)
    }

    /// What the groups of these names took in the first match anywhere in `subject`, or nil if there is none.
    func firstMatch(in subject: String, capturing names: [String]) -> OracleRegex.Captures? {
        let bytes = Array(subject.utf8)
        // SAFETY: `bytes` outlives the call and the reading of the captures.
        let result = unsafe pcre2_match_8(code, bytes, bytes.count, 0, 0, data, nil)
        if result == PCRE2_ERROR_NOMATCH { return nil }
        precondition(result > 0, "PCRE2 failed with \(result) on \(subject)")
        var captures: OracleRegex.Captures = [:]
        for name in names {
            // SAFETY: the name is terminated by Swift; the vector holds two offsets a group.
            let group = unsafe pcre2_substring_number_from_name_8(
                code, name.utf8CString.map { UInt8(bitPattern: $0) })
            guard group > 0, let offsets = unsafe pcre2_get_ovector_pointer_8(data) else {
                continue
            }
            guard group < result else { continue }
            // SAFETY: the group exists, so its pair of offsets does.
            let (start, end) = unsafe (offsets[2 * Int(group)], offsets[2 * Int(group) + 1])
            guard start >= 0, start <= end, end <= bytes.count else { continue }
            captures[name] = String(decoding: bytes[start..<end], as: UTF8.self)
        }
        return captures
    }
}
