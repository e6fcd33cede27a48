import CPCRE2

/// One search with a pattern that is compiled for it and thrown away after it.
///
/// No JIT, no literals looked for first, no limits but PCRE2's own: what the real matcher must
/// agree with.
enum OracleRegex {
    /// What a match captured by name. Groups that took no part are absent.
    typealias Captures = [String: String]

    /// The captures of the first match anywhere in `subject`, or nil if there is none.
    ///
    /// - Parameter names: The named groups whose values are wanted.
    static func firstMatch(
        of source: String, ignoresCase: Bool, in subject: String, capturing names: [String] = []
    ) -> Captures? {
        let options =
            PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY
            | PCRE2_DOTALL | (ignoresCase ? PCRE2_CASELESS : 0)
        var number: Int32 = 0
        var offset = 0
        let pattern = Array(source.utf8)
        // SAFETY: the arrays outlive the calls that read them; code and data are freed below.
        guard
            let code = unsafe pcre2_compile_8(
                pattern, pattern.count, options, &number, &offset, nil)
        else {
            preconditionFailure("the pattern \(source) is not valid: error \(number) at \(offset)")
        }
        // SAFETY: freed once, at the end of this call.
        defer { unsafe pcre2_code_free_8(code) }
        // SAFETY: sized by the pattern; freed once, at the end of this call.
        guard let data = unsafe pcre2_match_data_create_from_pattern_8(code, nil) else {
            preconditionFailure("out of memory")
        }
        // SAFETY: as above.
        defer { unsafe pcre2_match_data_free_8(data) }
        let bytes = Array(subject.utf8)
        // SAFETY: `bytes` outlives the call and the reading of the captures.
        let result = unsafe pcre2_match_8(code, bytes, bytes.count, 0, 0, data, nil)
        if result == PCRE2_ERROR_NOMATCH { return nil }
        precondition(result > 0, "PCRE2 failed with \(result) on \(source) and \(subject)")

        var captures: Captures = [:]
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
