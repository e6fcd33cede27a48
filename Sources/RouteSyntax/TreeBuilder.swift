import Diagnostics

/// Makes the tree of one file from libyaml's events.
struct TreeBuilder {
    /// Ends the reading of this file; what is wrong is in the sink already.
    struct Stop: Error {}

    /// A finished node with what bounds need to know about it.
    struct Built {
        var node: Node
        /// Nodes in it, itself and expanded aliases included.
        var nodeCount: Int
        /// Levels of maps and lists in it.
        var height: Int
    }

    let source: SourceText
    let file: SourceFile
    var places: PlaceCursor
    var expansion: VariableExpansion
    var sink: DiagnosticSink

    var anchors: [String: Built] = [:]
    /// Anchors of the maps and lists that are being read.
    var openAnchors: [String] = []
    var aliasedNodeCount = 0
    let hasTabs: Bool
    let hasDollars: Bool
    /// The stretches of all scalars, in order: where tabs are part of the text. Empty without tabs.
    var scalarOffsets: [Range<Int>] = []

    /// What was left out because its keys were given twice.
    private(set) var dropped: [Node.Entry] = []
    /// The key of the section that a fault has cut off.
    private(set) var cutSection: String?
    /// Where the part begins that a fault has cut off.
    private(set) var lostOffset: Int?
    /// Of a file with a fault, what is whole before it.
    private var salvaged: Node?
    /// The section with the fault, as far as its items are whole.
    private var salvagedSection: Node?
    /// How deep the map of the whole file and its sections are.
    private static let rootDepth = 1
    private static let sectionDepth = 2

    init(
        source: SourceText, file: SourceFile, start: Int, environment: Environment,
        sink: DiagnosticSink
    ) {
        self.source = source
        self.file = file
        self.places = PlaceCursor(source, from: start)
        self.hasTabs = source.bytes.contains(UInt8(ascii: "\t"))
        self.hasDollars = source.bytes.contains(UInt8(ascii: "$"))
        self.expansion = VariableExpansion(environment: environment)
        self.sink = sink
    }

    /// Reads one document and makes sure that there is no other.
    mutating func build(from reader: consuming YAMLEventReader) -> Node? {
        var reader = reader
        do throws(Stop) {
            return try document(from: &reader)
        } catch {
            // Of a file with a fault, what stands before it is read all the same.
            return salvaged
        }
    }

    private mutating func document(from reader: inout YAMLEventReader) throws(Stop) -> Node {
        _ = try next(from: &reader)
        let first = try next(from: &reader)
        guard case .documentStart = first.kind else { throw empty() }
        let root = try node(try next(from: &reader), from: &reader, depth: 0)
        salvaged = root.node
        lostOffset = root.node.range.end.offset
        _ = try next(from: &reader)
        let last = try next(from: &reader)
        guard case .streamEnd = last.kind else {
            sink.error(
                .severalDocuments, at: range(last.characters),
                "a second document begins here; a file holds one",
                suggestion: "put it into a file of its own below `config_dir`")
            throw Stop()
        }
        lostOffset = nil
        if root.node.isNull {
            salvaged = nil
            throw empty()
        }
        return root.node
    }

    private mutating func empty() -> Stop {
        sink.error(.emptyFile, at: source.range(0..<0, in: file), "the file is empty")
        return Stop()
    }

    // MARK: Nodes

    private mutating func node(
        _ event: YAMLEvent, from reader: inout YAMLEventReader, depth: Int
    ) throws(Stop) -> Built {
        switch event.kind {
        case .alias(let name): return try expand(alias: name, event, depth: depth)
        case .scalar(let text, let style):
            let built = Built(
                node: scalar(text, style: style, event), nodeCount: 1, height: 0)
            return remember(built, as: event.anchor)
        case .sequenceStart:
            if event.tag != nil { checkTag(event, allowed: "seq") }
            if let anchor = event.anchor { openAnchors.append(anchor) }
            return close(try sequence(event, from: &reader, depth: depth + 1), event.anchor)
        case .mappingStart:
            if event.tag != nil { checkTag(event, allowed: "map") }
            if let anchor = event.anchor { openAnchors.append(anchor) }
            return close(try mapping(event, from: &reader, depth: depth + 1), event.anchor)
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
            preconditionFailure("libyaml gives a node where a node begins")
        }
    }

    private mutating func sequence(
        _ start: YAMLEvent, from reader: inout YAMLEventReader, depth: Int
    ) throws(Stop) -> Built {
        let place = range(start.characters)
        try checkDepth(depth, at: place)
        var items: [Node] = []
        do throws(Stop) {
            return try sequence(at: place, &items, from: &reader, depth: depth)
        } catch {
            if depth == Self.sectionDepth {
                let end = items.last?.range.end ?? place.end
                let range = SourceRange(file: file, start: place.start, end: end)
                salvagedSection = Node(kind: .sequence(items), range: range)
                lostOffset = end.offset
            }
            throw error
        }
    }

    private mutating func sequence(
        at place: SourceRange, _ items: inout [Node], from reader: inout YAMLEventReader, depth: Int
    ) throws(Stop) -> Built {
        var nodeCount = 1
        var height = 0
        while true {
            let event = try next(from: &reader)
            if case .sequenceEnd = event.kind {
                let range = range(from: place, to: event, lastChild: items.last?.range)
                return Built(
                    node: Node(kind: .sequence(items), range: range), nodeCount: nodeCount,
                    height: height + 1)
            }
            let item = try node(event, from: &reader, depth: depth)
            items.append(item.node)
            nodeCount += item.nodeCount
            height = max(height, item.height)
        }
    }

    private mutating func mapping(
        _ start: YAMLEvent, from reader: inout YAMLEventReader, depth: Int
    ) throws(Stop) -> Built {
        let place = range(start.characters)
        try checkDepth(depth, at: place)
        var map = MappingBuilder()
        var open = OpenEntry(end: place.end)
        do throws(Stop) {
            let built = try mapping(at: place, &map, &open, from: &reader, depth: depth)
            dropped += map.dropped
            return built
        } catch {
            dropped += map.dropped
            keep(&map, of: open, from: place, depth: depth)
            throw error
        }
    }

    /// Keeps what is whole of a map, because the rest can't be read.
    private mutating func keep(
        _ map: inout MappingBuilder, of open: OpenEntry, from place: SourceRange, depth: Int
    ) {
        guard depth == Self.rootDepth || depth == Self.sectionDepth else { return }
        if depth == Self.rootDepth, case .scalar(let key)? = open.key?.kind {
            cutSection = key.text
        }
        // The section that is cut off belongs to the map of all sections.
        if depth == Self.rootDepth, let key = open.key, let section = salvagedSection {
            // Of nothing it can't be said that it is empty.
            if !section.isEmpty {
                map.add(key: key, value: section, isPlainKey: open.isPlainKey, into: &sink)
            }
        } else {
            lostOffset = open.end.offset
        }
        let range = SourceRange(file: file, start: place.start, end: open.end)
        let node = Node(kind: .mapping(map.finish()), range: range)
        if depth == Self.rootDepth { salvaged = node } else { salvagedSection = node }
    }

    /// The entry of a map that is being read.
    private struct OpenEntry {
        /// Its key; nil between two entries.
        var key: Node?
        var isPlainKey = false
        /// Where the entry before it ends.
        var end: SourcePosition
    }

    private mutating func mapping(
        at place: SourceRange, _ map: inout MappingBuilder, _ open: inout OpenEntry,
        from reader: inout YAMLEventReader, depth: Int
    ) throws(Stop) -> Built {
        var lastChild: SourceRange?
        var nodeCount = 1
        var height = 0
        while true {
            let event = try next(from: &reader)
            if case .mappingEnd = event.kind {
                let range = range(from: place, to: event, lastChild: lastChild)
                return Built(
                    node: Node(kind: .mapping(map.finish()), range: range), nodeCount: nodeCount,
                    height: height + 1)
            }
            let key = try node(event, from: &reader, depth: depth)
            open.key = key.node
            open.isPlainKey = event.isPlainScalar
            let valueEvent = try next(from: &reader)
            let value = try node(valueEvent, from: &reader, depth: depth)
            // An alias has the place of its anchor, which says nothing about where this map ends.
            var end = value.node.range
            if case .alias = valueEvent.kind { end = range(valueEvent.characters) }
            lastChild = end
            open.end = end.end
            open.key = nil
            nodeCount += key.nodeCount + value.nodeCount
            height = max(height, value.height)
            map.add(key: key.node, value: value.node, isPlainKey: event.isPlainScalar, into: &sink)
        }
    }
}
