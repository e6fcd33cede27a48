/// Reads the common part of PCRE2's syntax. What it does not know for sure makes it give up: then the
/// regex has no known literals, which costs speed and never an answer.
struct RegexParser {
    private let source: [UInt8]
    private let ignoresCase: Bool
    private var index = 0
    private var depth = 0
    private var isExact = true

    /// Deeper nesting is not looked into.
    private static let depthMax = 64
    /// Larger counts are not looked into.
    private static let repeatMax = 1_000

    private struct Unknown: Error {}

    /// The tree of `source`, or nil where it has something that this parser does not know.
    static func parse(_ source: String, ignoresCase: Bool) -> RegexTree? {
        var parser = RegexParser(source: Array(source.utf8), ignoresCase: ignoresCase)
        guard let root = try? parser.alternation(), parser.index == parser.source.count else {
            return nil
        }
        return RegexTree(root: root, isExact: parser.isExact)
    }

    private init(source: [UInt8], ignoresCase: Bool) {
        self.source = source
        self.ignoresCase = ignoresCase
    }

    private var next: UInt8? { index < source.count ? source[index] : nil }

    private func lookahead(_ text: String) -> Bool { source[index...].starts(with: text.utf8) }

    private mutating func take(_ text: String) -> Bool {
        guard lookahead(text) else { return false }
        index += text.utf8.count
        return true
    }

    private mutating func alternation() throws(Unknown) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else { throw Unknown() }
        var branches = [try concatenation()]
        while take("|") { branches.append(try concatenation()) }
        return branches.count == 1 ? branches[0] : .alternation(branches)
    }

    private mutating func concatenation() throws(Unknown) -> RegexNode {
        var nodes: [RegexNode] = []
        while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            nodes.append(try quantified(try atom()))
        }
        return nodes.count == 1 ? nodes[0] : .concatenation(nodes)
    }

    private mutating func quantified(_ atom: RegexNode) throws(Unknown) -> RegexNode {
        guard let (min, max) = try quantifier() else { return atom }
        if take("+") { isExact = false } else { _ = take("?") }
        // A quantified anchor or assertion may be skipped: nothing is known from it.
        switch atom {
        case .start, .end, .zeroWidth:
            isExact = false
            return .zeroWidth
        default: break
        }
        if try quantifier() != nil { throw Unknown() }
        return .repeated(atom, min: min, max: max)
    }

    private mutating func quantifier() throws(Unknown) -> (min: Int, max: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard next == UInt8(ascii: "{") else { return nil }
        let start = index
        index += 1
        if let min = number() {
            if take("}") { return (min, min) }
            if take(",") {
                if take("}") { return (min, nil) }
                if let max = number(), take("}"), max >= min { return (min, max) }
            }
        }
        // Not a quantifier: PCRE2 takes the brace literally, and newer versions know more forms.
        index = start
        throw Unknown()
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            value = (value ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
            if let value, value > Self.repeatMax { return nil }
            index += 1
        }
        return value
    }

    private mutating func atom() throws(Unknown) -> RegexNode {
        guard let byte = next else { throw Unknown() }
        index += 1
        switch byte {
        case UInt8(ascii: "^"): return .start
        case UInt8(ascii: "$"): return .end
        case UInt8(ascii: "."): return .set(.all)
        case UInt8(ascii: "("): return try group()
        case UInt8(ascii: "["): return .set(try characterClass())
        case UInt8(ascii: "\\"): return try escape()
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
            throw Unknown()
        default: return literal(byte)
        }
    }

    private func literal(_ byte: UInt8) -> RegexNode {
        .set(ignoresCase ? ByteSet(byte).ignoringCase : ByteSet(byte))
    }

    private mutating func group() throws(Unknown) -> RegexNode {
        if lookahead("*") { throw Unknown() }
        guard take("?") else { return try closed(name: nil, captures: true) }
        if take(":") { return try closed(name: nil, captures: false) }
        if take(">") {
            isExact = false
            return try closed(name: nil, captures: false)
        }
        for assertion in ["=", "!", "<=", "<!"] where take(assertion) {
            isExact = false
            _ = try closed(name: nil, captures: false)
            return .zeroWidth
        }
        for (opening, closing) in [("<", ">"), ("P<", ">"), ("'", "'")] where take(opening) {
            guard let end = source[index...].firstIndex(of: closing.utf8.first ?? 0) else {
                throw Unknown()
            }
            let name = String(decoding: source[index..<end], as: UTF8.self)
            index = end + 1
            return try closed(name: name, captures: true)
        }
        throw Unknown()
    }

    private mutating func closed(name: String?, captures: Bool) throws(Unknown) -> RegexNode {
        let inner = try alternation()
        guard take(")") else { throw Unknown() }
        return captures ? .capture(inner, name: name) : inner
    }

    private mutating func escape() throws(Unknown) -> RegexNode {
        guard let byte = next else { throw Unknown() }
        if let set = try escapedSet() { return .set(set) }
        index += 1
        switch byte {
        case UInt8(ascii: "A"): return .start
        case UInt8(ascii: "z"): return .end
        case UInt8(ascii: "b"), UInt8(ascii: "B"):
            isExact = false
            return .zeroWidth
        case UInt8(ascii: "1")...UInt8(ascii: "9"):
            isExact = false
            while let digit = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
                index += 1
            }
            return .anything
        default: throw Unknown()
        }
    }

    /// The set of an escape that means the same inside and outside of a class, or nil.
    private mutating func escapedSet() throws(Unknown) -> ByteSet? {
        guard let byte = next else { throw Unknown() }
        let set: ByteSet
        switch byte {
        case UInt8(ascii: "d"): set = Self.digits
        case UInt8(ascii: "D"): set = Self.digits.inverted
        case UInt8(ascii: "w"): set = Self.words
        case UInt8(ascii: "W"): set = Self.words.inverted
        case UInt8(ascii: "s"): set = Self.spaces
        case UInt8(ascii: "S"): set = Self.spaces.inverted
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF:
            return nil
        default: set = ByteSet(byte)
        }
        index += 1
        return set
    }

    private mutating func characterClass() throws(Unknown) -> ByteSet {
        let isNegated = take("^")
        var set = ByteSet()
        var isFirst = true
        while true {
            guard let byte = next else { throw Unknown() }
            if byte == UInt8(ascii: "]"), !isFirst { break }
            isFirst = false
            if byte == UInt8(ascii: "[") {
                // `[:`, `[.` and `[=` begin POSIX classes.
                guard !lookahead("[:"), !lookahead("[."), !lookahead("[=") else { throw Unknown() }
            }
            let low = try classMember()
            guard let from = low.single, lookahead("-"), !lookahead("-]") else {
                set.formUnion(low)
                continue
            }
            index += 1
            guard let to = try classMember().single, to >= from else { throw Unknown() }
            set.formUnion(ByteSet(from...to))
        }
        index += 1
        // Case is folded before the class is turned round, as PCRE2 does.
        if ignoresCase { set = set.ignoringCase }
        return isNegated ? set.inverted : set
    }

    private mutating func classMember() throws(Unknown) -> ByteSet {
        guard let byte = next else { throw Unknown() }
        index += 1
        guard byte == UInt8(ascii: "\\") else { return ByteSet(byte) }
        guard let set = try escapedSet() else { throw Unknown() }
        return set
    }

    private static let digits = ByteSet(0x30...0x39)
    private static let words: ByteSet = {
        var set = digits
        set.formUnion(ByteSet(0x41...0x5A))
        set.formUnion(ByteSet(0x61...0x7A))
        set.insert(0x5F)
        return set
    }()
    private static let spaces: ByteSet = {
        var set = ByteSet(0x09...0x0D)
        set.insert(0x20)
        return set
    }()
}
