/// Makes texts that a regex probably matches, from its source.
///
/// Knows the common part of PCRE2's syntax and guesses: look-around is skipped, a repeated group repeats
/// one text. Whoever uses a sample asks the matcher about it.
struct RegexSample {
    /// Longest sample, in bytes.
    private static let byteCountMax = 4096
    /// Deepest nesting of groups.
    private static let depthMax = 64
    private static let plain = Array("xa1b-0_zA~.".utf8)

    private let source: [UInt8]
    private var index = 0
    private var depth = 0
    /// Different for each sample of one regex.
    private var choice: UInt64
    private var isKnown = true

    /// - Parameter variant: Other numbers choose other branches, characters and counts. 0 takes the first
    ///   branch and the fewest repetitions that are not none.
    /// - Returns: nil if the source has something this doesn't know, such as a back-reference.
    static func make(of source: String, variant: Int) -> String? {
        var sample = RegexSample(source: Array(source.utf8), choice: UInt64(variant))
        let bytes = sample.alternatives()
        guard sample.isKnown, sample.index == sample.source.count else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private init(source: [UInt8], choice: UInt64) {
        self.source = source
        self.choice = choice
    }

    /// A number below `count`: always 0 for variant 0.
    private mutating func pick(_ count: Int) -> Int {
        guard choice > 0, count > 1 else { return 0 }
        choice = choice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(choice >> 33) % count
    }

    private func peek(_ text: StaticString) -> Bool {
        // SAFETY: a static text is never freed.
        let bytes = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return unsafe source[index...].starts(with: bytes)
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        guard peek(text) else { return false }
        index += text.utf8CodeUnitCount
        return true
    }

    private mutating func alternatives() -> [UInt8] {
        var branches = [sequence()]
        while skip("|") { branches.append(sequence()) }
        return branches[pick(branches.count)]
    }

    private mutating func sequence() -> [UInt8] {
        var result: [UInt8] = []
        while isKnown, index < source.count, !peek("|"), !peek(")") {
            let piece = atom()
            let count = repetitions()
            guard result.count + piece.count * count <= Self.byteCountMax else {
                isKnown = false
                return []
            }
            for _ in 0..<count { result += piece }
        }
        return result
    }

    /// How often the atom just read is repeated.
    private mutating func repetitions() -> Int {
        var range = 1...1
        if skip("*") || skip("+") {
            range = 1...3
        } else if skip("?") {
            range = 0...1
        } else if peek("{"), let counts = counts() {
            range = counts
        } else {
            return 1
        }
        if !skip("?") { _ = skip("+") }
        return range.lowerBound + pick(range.count)
    }

    /// `{2}`, `{2,}`, `{2,4}`; nil where the brace is a literal.
    private mutating func counts() -> ClosedRange<Int>? {
        guard let end = source[index...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let parts = source[(index + 1)..<end].split(
            separator: UInt8(ascii: ","), omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        guard parts.count <= 2, let low = Int(parts[0]), (0...1000).contains(low) else {
            return nil
        }
        index = end + 1
        guard parts.count == 2 else { return low...low }
        let high = Int(parts[1]) ?? low + 2
        let first = max(low, min(1, high))
        return first...max(first, min(high, first + 2))
    }

    private mutating func atom() -> [UInt8] {
        if skip("^") || skip("$") { return [] }
        if skip("(") { return group() }
        if skip("[") { return characterClass() }
        if skip(".") { return [Self.plain[pick(Self.plain.count)]] }
        if skip("\\") { return escape() }
        defer { index += 1 }
        return [source[index]]
    }

    private mutating func group() -> [UInt8] {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else {
            isKnown = false
            return []
        }
        var isSkipped = false
        if skip("?") {
            if skip("=") || skip("!") || skip("<=") || skip("<!") {
                isSkipped = true
            } else if skip("P<") || skip("<") {
                skipPast(UInt8(ascii: ">"))
            } else if skip("'") {
                skipPast(UInt8(ascii: "'"))
            } else if !(skip(":") || skip("|") || skip(">")) {
                while index < source.count, !peek(":"), !peek(")") { index += 1 }
                _ = skip(":")
            }
        } else if peek("*") {
            isKnown = false
        }
        let text = alternatives()
        if !skip(")") { isKnown = false }
        return isSkipped ? [] : text
    }

    private mutating func skipPast(_ byte: UInt8) {
        while index < source.count, source[index] != byte { index += 1 }
        index = min(index + 1, source.count)
    }

    private mutating func escape() -> [UInt8] {
        guard index < source.count else {
            isKnown = false
            return []
        }
        let byte = source[index]
        index += 1
        switch byte {
        case UInt8(ascii: "d"): return [UInt8(ascii: "1") + UInt8(pick(9))]
        case UInt8(ascii: "w"), UInt8(ascii: "S"), UInt8(ascii: "D"): return [UInt8(ascii: "x")]
        case UInt8(ascii: "W"): return [UInt8(ascii: "-")]
        case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"),
            UInt8(ascii: "Z"):
            return []
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
            isKnown = false
            return []
        default: return [byte]
        }
    }

    private mutating func characterClass() -> [UInt8] {
        let isNegated = skip("^")
        var members = [Bool](repeating: false, count: 256)
        var isFirst = true
        while index < source.count, isFirst || !peek("]") {
            isFirst = false
            if peek("[:") {
                namedMembers(&members)
                continue
            }
            let low = classMember(&members)
            guard let low, peek("-"), index + 1 < source.count,
                source[index + 1] != UInt8(ascii: "]")
            else { continue }
            index += 1
            guard let high = classMember(&members), low <= high else { continue }
            for byte in low...high { members[Int(byte)] = true }
        }
        if !skip("]") { isKnown = false }
        let usable = (Self.plain + Array(0x21...0x7E)).filter { members[Int($0)] != isNegated }
        guard !usable.isEmpty else {
            isKnown = false
            return []
        }
        return [usable[pick(min(usable.count, 12))]]
    }

    /// Marks the members of `[:alpha:]` and the like.
    private mutating func namedMembers(_ members: inout [Bool]) {
        let names: [(StaticString, String)] = [
            ("[:alpha:]", "abxyzABXYZ"), ("[:alnum:]", "abxyzABXYZ0129"),
            ("[:digit:]", "0123456789"), ("[:lower:]", "abxyz"), ("[:upper:]", "ABXYZ"),
            ("[:word:]", "abxyzABXYZ0129_"), ("[:xdigit:]", "0123456789abcdef"),
        ]
        for (name, characters) in names where skip(name) {
            for byte in characters.utf8 { members[Int(byte)] = true }
            return
        }
        isKnown = false
        index = source.count
    }

    /// Marks one member, or the members of a shorthand such as `\d`; gives the byte if it is one.
    private mutating func classMember(_ members: inout [Bool]) -> UInt8? {
        guard index < source.count else { return nil }
        var byte = source[index]
        index += 1
        if byte == UInt8(ascii: "\\"), index < source.count {
            byte = source[index]
            index += 1
            switch byte {
            case UInt8(ascii: "d"): for digit in 0x30...0x39 { members[digit] = true }
            case UInt8(ascii: "w"):
                for word in "0123456789abcxyzABCXYZ_".utf8 { members[Int(word)] = true }
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: isKnown = false
            default:
                members[Int(byte)] = true
                return byte
            }
            return nil
        }
        members[Int(byte)] = true
        return byte
    }
}
