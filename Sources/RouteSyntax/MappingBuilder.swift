import Diagnostics

/// Collects the entries of one map: keys are unique, `<<` brings in those of other maps.
struct MappingBuilder {
    private var entries: [Node.Entry] = []
    private var merged: [Node.Entry] = []
    /// Entries whose keys were given before.
    private(set) var dropped: [Node.Entry] = []
    /// Where `<<` stands, which is given once as any key.
    private var mergeRange: SourceRange?
    /// Where each key of ``entries`` is, by name, once there are more than are quickly compared.
    private var places: [String: Int] = [:]

    /// So many keys are compared one by one: most maps have no more.
    private static let comparedCountMax = 16

    init() {}

    mutating func add(key: Node, value: Node, isPlainKey: Bool, into sink: inout DiagnosticSink) {
        guard case .scalar(let name) = key.kind else {
            sink.error(
                .keyNotText, at: key.range, "a key must be text, but this is \(key.description)")
            return
        }
        if isPlainKey, name.text == "<<" {
            if let mergeRange {
                sink.error(
                    .duplicateKey, at: key.range, "the key `<<` is given twice",
                    notes: [.init(range: mergeRange, message: "first given here")],
                    suggestion: "give it a list: `<<: [*first, *second]`")
                dropped.append(Node.Entry(key: name, keyRange: key.range, value: value))
                return
            }
            mergeRange = key.range
            merge(value, into: &sink)
            return
        }
        if let earlier = place(of: name.text) {
            sink.error(
                .duplicateKey, at: key.range, "the key `\(name.text)` is given twice",
                notes: [.init(range: entries[earlier].keyRange, message: "first given here")])
            dropped.append(Node.Entry(key: name, keyRange: key.range, value: value))
            return
        }
        append(Node.Entry(key: name, keyRange: key.range, value: value))
    }

    private func place(of name: String) -> Int? {
        entries.count <= Self.comparedCountMax
            ? entries.firstIndex { $0.key.text == name } : places[name]
    }

    private mutating func append(_ entry: Node.Entry) {
        entries.append(entry)
        if entries.count == Self.comparedCountMax + 1 {
            for (index, entry) in entries.enumerated() { places[entry.key.text] = index }
        } else if entries.count > Self.comparedCountMax {
            places[entry.key.text] = entries.count - 1
        }
    }

    private mutating func merge(_ value: Node, into sink: inout DiagnosticSink) {
        switch value.kind {
        case .mapping(let others): merged += others
        case .sequence(let nodes) where nodes.allSatisfy(\.isMapping):
            for case .mapping(let others) in nodes.map(\.kind) { merged += others }
        case .scalar(let scalar) where scalar.isUnresolved: break
        case .sequence, .scalar:
            sink.error(
                .invalidMergeKey, at: value.range,
                "`<<` takes a map or a list of maps, but this is \(value.description)",
                suggestion: "name an anchored map: `<<: *name`")
        }
    }

    /// The entries: own ones in order, then merged ones that no earlier one overrides.
    mutating func finish() -> [Node.Entry] {
        for entry in merged where place(of: entry.key.text) == nil { append(entry) }
        return entries
    }
}

extension Node {
    fileprivate var isMapping: Bool {
        guard case .mapping = kind else { return false }
        return true
    }
}
