import CPCRE2

extension CompiledRegex {
    /// Whether the regex matches somewhere in `subject`; nil where PCRE2 gives up.
    ///
    /// For the few requests that messages name, so nothing is kept between calls.
    func matches(_ subject: [UInt8]) -> Bool? {
        // SAFETY: the match data is made for `code`, used once and freed; PCRE2 reads `subject.count` bytes.
        guard let data = unsafe pcre2_match_data_create_from_pattern_8(code, nil) else {
            return nil
        }
        defer { unsafe pcre2_match_data_free_8(data) }
        let result = unsafe pcre2_match_8(code, subject, subject.count, 0, 0, data, nil)
        if result >= 0 { return true }
        return result == PCRE2_ERROR_NOMATCH ? false : nil
    }
}
