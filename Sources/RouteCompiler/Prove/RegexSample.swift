/// Makes a text that a regex matches, from its tree. Whoever asks checks it: look-around is not looked at.
enum RegexSample {
    /// How repetitions and alternations are settled.
    private struct Choice {
        let branch: Int
        let repeats: Int
    }

    private static let byteCountMax = 1_000

    /// A few texts, the plainest first.
    static func texts(_ source: String, ignoresCase: Bool) -> [[UInt8]] {
        guard let tree = RegexParser.parse(source, ignoresCase: ignoresCase) else { return [] }
        var result: [[UInt8]] = []
        for branch in 0..<4 {
            for repeats in [1, 0, 2] {
                var text: [UInt8] = []
                append(tree.root, Choice(branch: branch, repeats: repeats), to: &text)
                if !result.contains(text) { result.append(text) }
            }
        }
        return result
    }

    private static func append(_ node: RegexNode, _ choice: Choice, to text: inout [UInt8]) {
        guard text.count < byteCountMax else { return }
        switch node {
        case .set(let set):
            if let byte = byte(of: set) { text.append(byte) }
        case .concatenation(let nodes):
            for node in nodes { append(node, choice, to: &text) }
        case .alternation(let nodes):
            append(nodes[choice.branch % nodes.count], choice, to: &text)
        case .repeated(let inner, let min, let max):
            let wanted = Swift.max(min, choice.repeats)
            for _ in 0..<(max.map { Swift.min($0, wanted) } ?? wanted) {
                append(inner, choice, to: &text)
            }
        case .capture(let inner, _): append(inner, choice, to: &text)
        case .start, .end, .zeroWidth, .anything: break
        }
    }

    /// A letter or digit where there is one, else what a path or host may have.
    static func byte(of set: ByteSet) -> UInt8? {
        wanted.first { set.contains($0) }
    }

    private static let wanted =
        Array("xa10-_.~/!$&'()+,;=:@%*".utf8) + Array(UInt8(0x21)...0x7E)
}
