import Diagnostics
import RouteSyntax

/// What of a configuration could not be read, so that nothing false is said about the rest.
struct Gaps {
    /// Whether a fragment or their folder can't be read.
    var hasUnreadableFile = false
    /// Where the trees have faults, in order: values that can't be known, keys given twice.
    private let faults: [SourceRange]
    /// Words of text that is in no tree: what comes behind a fault of a file that is no YAML.
    private var lostWords: Set<String> = []
    /// Whether there is such text.
    private var hasLostText = false
    /// Texts in parts of the trees that are not decoded although they may define something: values of unknown
    /// or repeated sections, items without a name.
    private var skippedTexts: Set<String> = []

    /// - Parameter faults: What is wrong with the text of the files.
    init(faults: [SourceRange] = []) {
        self.faults = faults.sorted {
            ($0.file.index, $0.start.offset) < ($1.file.index, $1.start.offset)
        }
    }

    /// Whether something that was not read may define this name or refer to it.
    func mayHold(_ name: String) -> Bool {
        if hasUnreadableFile || skippedTexts.contains(name) { return true }
        guard hasLostText else { return false }
        return !name.utf8.allSatisfy(Self.isWord) || lostWords.contains(name)
    }

    /// Whether something of a section of the top level was not read, or only under another name.
    func mayLack(_ section: String, in sections: [Fields]) -> Bool {
        mayHold(section) || sections.contains { $0.mayMean(section) }
    }

    /// Whether a fault is in a part of a tree, or in what an alias brought there.
    func touches(_ node: Node?) -> Bool {
        guard let node, !faults.isEmpty else { return false }
        let range = node.range
        let key = (range.file.index, range.start.offset)
        var (low, high) = (0, faults.count)
        while low < high {
            let middle = (low + high) / 2
            let fault = (faults[middle].file.index, faults[middle].start.offset)
            if fault < key { low = middle + 1 } else { high = middle }
        }
        if low < faults.count, faults[low].file == range.file,
            faults[low].start <= range.end
        {
            return true
        }
        return switch node.kind {
        case .scalar: false
        case .sequence(let items): items.contains { touches($0) }
        case .mapping(let entries): entries.contains { touches($0.value) }
        }
    }

    // MARK: Noting what is missing

    /// Notes text that is in no tree.
    mutating func lose(_ text: some Sequence<UInt8>) {
        hasLostText = true
        var word: [UInt8] = []
        for byte in text {
            if Self.isWord(byte) {
                word.append(byte)
            } else if !word.isEmpty {
                lostWords.insert(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { lostWords.insert(String(decoding: word, as: UTF8.self)) }
    }

    /// Notes a part of a tree that is not decoded.
    mutating func skip(_ node: Node) {
        Self.collect(node, inKeys: true, into: &skippedTexts)
    }

    /// Notes an entry that is not decoded.
    mutating func skip(_ entry: Node.Entry) {
        skippedTexts.insert(entry.key.text)
        skip(entry.value)
    }

    /// All values of trees: what may be a reference. The names of definitions and their types are none.
    static func references(in trees: [Node]) -> Set<String> {
        var result: Set<String> = []
        for tree in trees { collect(tree, inKeys: false, into: &result) }
        return result
    }

    private static func collect(_ node: Node, inKeys: Bool, into texts: inout Set<String>) {
        switch node.kind {
        case .scalar(let scalar): texts.insert(scalar.text)
        case .sequence(let items):
            for item in items { collect(item, inKeys: inKeys, into: &texts) }
        case .mapping(let entries):
            for entry in entries {
                let key = entry.key.text
                if inKeys { texts.insert(key) }
                if inKeys || (key != "name" && key != "type") {
                    collect(entry.value, inKeys: inKeys, into: &texts)
                }
            }
        }
    }

    /// Whether a byte is one of those that names are mostly made of.
    private static func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x30...0x39).contains(byte) || byte >= 0x80 || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }
}
