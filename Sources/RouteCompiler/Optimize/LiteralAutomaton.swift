import TableFormat

/// The Aho-Corasick automaton over all texts that regexes require somewhere inside.
struct LiteralAutomaton {
    struct State {
        var depth = 0
        var edges: [(byte: UInt8, target: Int)] = []
        var failure = 0
        var literal: UInt32 = .none
        var nextOutput: UInt32 = .none
    }

    /// Breadth-first; the root is the first. Empty if there are no texts.
    private(set) var states: [State] = []

    /// - Parameter texts: Distinct and not empty. The position of a text is its number.
    init(_ texts: [[UInt8]]) {
        guard !texts.isEmpty else { return }
        number(Self.tree(of: texts))
        link()
    }

    /// The states in order of insertion, edges sorted by byte.
    private static func tree(of texts: [[UInt8]]) -> [State] {
        var tree = [State()]
        for (number, text) in texts.enumerated() {
            var state = 0
            for byte in text {
                if let edge = tree[state].edges.first(where: { $0.byte == byte }) {
                    state = edge.target
                    continue
                }
                tree[state].edges.append((byte, tree.count))
                tree.append(State(depth: tree[state].depth + 1))
                state = tree.count - 1
            }
            tree[state].literal = UInt32(number)
        }
        for index in tree.indices { tree[index].edges.sort { $0.byte < $1.byte } }
        return tree
    }

    /// Renumbers the states breadth-first.
    private mutating func number(_ tree: [State]) {
        var order = [0]
        var index = 0
        while index < order.count {
            order += tree[order[index]].edges.map(\.target)
            index += 1
        }
        var newNumber = [Int](repeating: 0, count: tree.count)
        for (new, old) in order.enumerated() { newNumber[old] = new }
        states = order.map { old in
            var state = tree[old]
            state.edges = state.edges.map { ($0.byte, newNumber[$0.target]) }
            return state
        }
    }

    /// Sets failures and outputs; parents come before children.
    private mutating func link() {
        for index in states.indices {
            for (byte, target) in states[index].edges where index != 0 {
                var suffix = states[index].failure
                while true {
                    if let edge = states[suffix].edges.first(where: { $0.byte == byte }) {
                        states[target].failure = edge.target
                        break
                    }
                    if suffix == 0 { break }
                    suffix = states[suffix].failure
                }
            }
            let failure = states[index].failure
            guard index != 0, failure != 0 else { continue }
            states[index].nextOutput =
                states[failure].literal != .none ? UInt32(failure) : states[failure].nextOutput
        }
    }
}
