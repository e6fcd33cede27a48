import CPCRE2

/// Compiles a pattern with PCRE2, as the table will, to see whether it can be and what it captures.
enum RegexCheck {
    /// Why a pattern is refused.
    struct Fault: Error, Equatable {
        /// PCRE2's sentence.
        let message: String
        /// In bytes of the pattern.
        let offset: Int
    }

    /// Compiles the pattern and frees it again.
    ///
    /// - Returns: The names of its groups, sorted as PCRE2 has them.
    static func groupNames(of source: String, ignoresCase: Bool) throws(Fault) -> [String] {
        let pattern = Array(source.utf8)
        var options = UInt32(
            PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY
                | PCRE2_DOTALL)
        if ignoresCase { options |= UInt32(PCRE2_CASELESS) }
        var number: Int32 = 0
        var offset = 0
        // SAFETY: PCRE2 reads `count` bytes of the array during the call and keeps no pointer to it.
        let compiled = unsafe pcre2_compile_8(
            pattern, pattern.count, options, &number, &offset, nil)
        guard let code = unsafe compiled else {
            throw Fault(message: message(number), offset: min(offset, pattern.count))
        }
        defer { unsafe pcre2_code_free_8(code) }
        return unsafe names(in: code)
    }

    // SAFETY: the name table belongs to `code` and has `count` entries of `stride` bytes, each two bytes
    // of group number and a name that ends with NUL (pcre2api, "Information about a compiled pattern").
    private static func names(in code: OpaquePointer) -> [String] {
        var count: UInt32 = 0
        var stride: UInt32 = 0
        var table: UnsafePointer<UInt8>?
        _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
        _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &stride)
        _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
        guard let table = unsafe table else { return [] }
        return (0..<Int(count)).map { index in
            unsafe String(cString: table + index * Int(stride) + 2)
        }
    }

    private static func message(_ number: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        // SAFETY: PCRE2 writes at most `count` bytes with a final NUL; the length comes back.
        let length = unsafe pcre2_get_error_message_8(number, &buffer, buffer.count)
        return String(decoding: buffer[..<max(0, Int(length))], as: UTF8.self)
    }
}
