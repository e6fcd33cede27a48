import CPCRE2
import TableFormat

/// A regex that PCRE2 has accepted. Owns the compiled code.
@safe
final class CompiledRegex {
    /// Why PCRE2 refused a regex.
    struct Refusal: Error {
        let number: Int32
        /// Offset of the fault in the source, in bytes.
        let offset: Int

        /// PCRE2's own words.
        var message: String {
            var text = [UInt8](repeating: 0, count: 160)
            // SAFETY: PCRE2 writes at most `text.count` bytes and ends them with a zero.
            _ = unsafe pcre2_get_error_message_8(number, &text, text.count)
            return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    let source: [UInt8]
    let options: UInt32
    let code: OpaquePointer

    /// What PCRE2 is told for every regex of a table.
    static func libraryOptions(_ options: UInt32) -> UInt32 {
        var result =
            PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY
            | PCRE2_DOTALL
        if options & RegexRecord.ignoresCase != 0 { result |= PCRE2_CASELESS }
        if options & RegexRecord.captures == 0 { result |= PCRE2_NO_AUTO_CAPTURE }
        return result
    }

    init(source: [UInt8], options: UInt32) throws(Refusal) {
        var number: Int32 = 0
        var offset = 0
        // SAFETY: `source` outlives the call, which reads `source.count` bytes of it.
        guard
            let code = unsafe pcre2_compile_8(
                source, source.count, Self.libraryOptions(options), &number, &offset, nil)
        else { throw Refusal(number: number, offset: offset) }
        self.source = source
        self.options = options
        unsafe self.code = code
    }

    deinit {
        // SAFETY: owned since `init`.
        unsafe pcre2_code_free_8(code)
    }

    /// No shorter subject can match.
    var byteCountMin: UInt32 { information(UInt32(PCRE2_INFO_MINLENGTH), UInt32(0)) }

    /// Size of the code in bytes, as it is serialised.
    var codeByteCount: Int { information(UInt32(PCRE2_INFO_SIZE), 0) }

    private func information<Value: BitwiseCopyable>(_ what: UInt32, _ initial: Value) -> Value {
        var value = initial
        // SAFETY: each caller gives the type that PCRE2 documents for `what`.
        _ = unsafe pcre2_pattern_info_8(code, what, &value)
        return value
    }

    /// The number of a named group, or nil. A decimal number names the group with that number.
    func group(named name: String) -> UInt32? {
        let groupCount = information(UInt32(PCRE2_INFO_CAPTURECOUNT), UInt32(0))
        if let number = UInt32(name) { return number >= 1 && number <= groupCount ? number : nil }
        let terminated = Array(name.utf8) + [0]
        // SAFETY: the name ends with a zero.
        let number = unsafe pcre2_substring_number_from_name_8(code, terminated)
        return number > 0 ? UInt32(number) : nil
    }
}
