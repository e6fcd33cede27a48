import CPCRE2
import TableFormat

extension RegexEngine {
    /// Compiles or decodes a regex on its first use. Allocates then, and never again.
    mutating func prepare(
        _ regex: Int, _ record: RegexRecord, _ table: borrowing LoadedTable
    ) -> Bool {
        // SAFETY: `regex` is below `count`: the table was verified and this engine made for it.
        precondition(regex < count, "a matcher was used with another table")
        switch unsafe states[regex] {
        case .interpreted, .machineCode, .alwaysInterpreted: return true
        case .refused: return false
        case .notUsed: break
        }
        if unsafe codes[regex] == nil, !decode(regex, table) {
            unsafe codes[regex] = Self.compile(record, table)
        }
        let isRefused = unsafe codes[regex] == nil
        unsafe states[regex] = isRefused ? .refused : .interpreted
        return !isRefused
    }

    mutating func countRun(of regex: Int, _ code: OpaquePointer) {
        // SAFETY: `prepare` has seen that `regex` is below `count`.
        guard unsafe states[regex] == .interpreted else { return }
        unsafe runCounts[regex] += 1
        if unsafe runCounts[regex] == Self.runCountMax { unsafe makeMachineCode(regex, code) }
    }

    mutating func makeMachineCode(_ regex: Int, _ code: OpaquePointer) {
        // SAFETY: `prepare` has seen that `regex` is below `count`, and made its code.
        guard unsafe states[regex] == .interpreted else { return }
        // Refused where memory may not be executable (W^X, SELinux): then the interpreter runs it.
        let isMachineCode = unsafe pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE) == 0
        unsafe states[regex] = isMachineCode ? .machineCode : .alwaysInterpreted
    }

    /// Decodes the whole group of a regex, unless one of it has been compiled already.
    private func decode(_ regex: Int, _ table: borrowing LoadedTable) -> Bool {
        guard let precompiled = table.precompiled else { return false }
        let first = regex / PrecompiledLayout.groupSize * PrecompiledLayout.groupSize
        for index in first..<min(first + PrecompiledLayout.groupSize, count) {
            // SAFETY: `index` is below `count`, the size of the array.
            guard unsafe codes[index] == nil else { return false }
        }
        return unsafe precompiled.decodeGroup(of: regex, from: table.view, into: codes)
    }

    private static func compile(
        _ record: RegexRecord, _ table: borrowing LoadedTable
    ) -> OpaquePointer? {
        var options =
            PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY
            | PCRE2_DOTALL
        if record.options & RegexRecord.ignoresCase != 0 { options |= PCRE2_CASELESS }
        if record.options & RegexRecord.captures == 0 { options |= PCRE2_NO_AUTO_CAPTURE }
        // SAFETY: the source lies in the table, which outlives the call.
        let source = unsafe table.view.text(record.text)
        var number: Int32 = 0
        var offset = 0
        return unsafe pcre2_compile_8(
            source.baseAddress?.assumingMemoryBound(to: UInt8.self), source.count, options, &number,
            &offset, nil)
    }
}
