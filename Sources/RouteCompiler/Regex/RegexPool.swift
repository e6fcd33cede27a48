import Diagnostics
import TableFormat

/// The distinct regexes of a table.
struct RegexPool {
    private struct Key: Hashable {
        let source: String
        let ignoresCase: Bool
        let captures: Bool
    }

    private(set) var regexes: [CompiledRegex] = []
    /// Most bytes of a subject, by regex.
    private(set) var subjectByteCounts: [Int] = []
    private var known: [Key: Int] = [:]

    /// - Parameters:
    ///   - captures: Plain parentheses are referred to by number.
    ///   - subjectByteCountMax: Most bytes of a subject in this use.
    /// - Returns: The index of the regex.
    mutating func add(
        _ source: String, ignoresCase: Bool, captures: Bool = false, subjectByteCountMax: Int
    ) throws(CompileProblem.Reason) -> Int {
        let key = Key(source: source, ignoresCase: ignoresCase, captures: captures)
        if let index = known[key] {
            subjectByteCounts[index] = max(subjectByteCounts[index], subjectByteCountMax)
            return index
        }
        if source.utf8.starts(with: "(*".utf8) { throw .regexVerb(source) }
        let regex = try compile(Array(source.utf8), ignoresCase, captures)
        known[key] = regexes.count
        regexes.append(regex)
        subjectByteCounts.append(subjectByteCountMax)
        return regexes.count - 1
    }

    private func compile(
        _ source: [UInt8], _ ignoresCase: Bool, _ captures: Bool
    ) throws(CompileProblem.Reason) -> CompiledRegex {
        let base = ignoresCase ? RegexRecord.ignoresCase : 0
        if !captures {
            // Fails where the source refers back to a plain group: then it has to capture.
            if let regex = try? CompiledRegex(source: source, options: base) { return regex }
        }
        do {
            return try CompiledRegex(source: source, options: base | RegexRecord.captures)
        } catch {
            throw .regex(String(decoding: source, as: UTF8.self), error.message, error.offset)
        }
    }
}
