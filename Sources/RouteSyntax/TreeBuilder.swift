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
    private var places: PlaceCursor
    var expansion: VariableExpansion
    var sink: DiagnosticSink

    private var anchors: [String: Built] = [:]
    /// Anchors of the maps and lists that are being read.
    private var openAnchors: [String] = []
    private var aliasedNodeCount = 0
    private let hasTabs: Bool
    private let hasDollars: Bool
    /// The stretches of all scalars, in order: where tabs are part of the text. Empty without tabs.
    private var scalarOffsets: [Range<Int>] = []

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

    // MARK: Anchors and aliases

    private mutating func remember(_ built: Built, as anchor: String?) -> Built {
        if let anchor { anchors[anchor] = built }
        return built
    }

    private mutating func close(_ built: Built, _ anchor: String?) -> Built {
        if anchor != nil { openAnchors.removeLast() }
        return remember(built, as: anchor)
    }

    private mutating func expand(
        alias name: String, _ event: YAMLEvent, depth: Int
    ) throws(Stop) -> Built {
        let place = range(event.characters)
        guard let built = anchors[name] else {
            let isInside = openAnchors.contains(name)
            sink.error(
                .unknownAlias, at: place,
                isInside
                    ? "this alias stands inside of what it names"
                    : "there is no anchor `&\(name)` before this alias",
                suggestion: isInside ? nil : "put text that begins with `*` in quotes")
            // Nothing is known of the value, so that nothing more is said about it.
            let unresolved = Scalar(text: "*\(name)", isPlain: false, isUnresolved: true)
            return Built(
                node: Node(kind: .scalar(unresolved), range: place), nodeCount: 1, height: 0)
        }
        aliasedNodeCount += built.nodeCount
        guard aliasedNodeCount <= SyntaxLimits.aliasedNodeCountMax else {
            let limit = SyntaxLimits.aliasedNodeCountMax
            sink.error(
                .aliasesTooLarge, at: place,
                "the aliases of this file expand to more than \(limit) values")
            throw Stop()
        }
        try checkDepth(depth + built.height, at: place)
        return built
    }

    private mutating func checkDepth(_ depth: Int, at place: SourceRange) throws(Stop) {
        guard depth > SyntaxLimits.depthMax else { return }
        sink.error(
            .tooDeep, at: place,
            "maps and lists are nested more than \(SyntaxLimits.depthMax) levels deep here")
        throw Stop()
    }

    // MARK: Scalars

    private mutating func scalar(
        _ text: String, style: YAMLEvent.Style, _ event: YAMLEvent
    ) -> Node {
        let place = range(event.characters)
        let offsets = place.start.offset..<place.end.offset
        if hasTabs { scalarOffsets.append(offsets) }
        if event.tag != nil { checkTag(event, allowed: "str", "int", "float", "bool", "null") }
        let inner: Range<Int>? =
            switch style {
            case .plain: offsets
            case .quoted where offsets.count >= 2:
                (offsets.lowerBound + 1)..<(offsets.upperBound - 1)
            case .quoted, .block: nil
            }
        let isVerbatim = inner.map { source.bytes[$0].hasBytes(of: text) } ?? false
        let verbatimOffset = isVerbatim ? inner.map { $0.lowerBound - offsets.lowerBound } : nil
        let isText = event.tag?.hasSuffix(":str") ?? false
        let spelled = Scalar(
            text: text, isPlain: style == .plain && !isText, verbatimOffset: verbatimOffset)
        // A text that stands in the source as it is has what the source has.
        guard hasDollars || !isVerbatim, VariableExpansion.concerns(text) else {
            return Node(kind: .scalar(spelled), range: place)
        }
        let (expanded, faults) = expansion.expand(Array(text.utf8))
        guard faults.isEmpty else {
            for fault in faults { report(fault, in: Node(kind: .scalar(spelled), range: place)) }
            let unresolved = Scalar(text: spelled.text, isPlain: false, isUnresolved: true)
            return Node(kind: .scalar(unresolved), range: place)
        }
        let scalar = Scalar(
            text: String(decoding: expanded, as: UTF8.self), isPlain: style != .block && !isText)
        return Node(kind: .scalar(scalar), range: place)
    }

    private mutating func checkTag(_ event: YAMLEvent, allowed names: String...) {
        guard let tag = event.tag else { return }
        if names.contains(where: { tag == "tag:yaml.org,2002:\($0)" }) || tag == "!" { return }
        sink.error(
            .unsupportedTag, at: range(event.characters), "the tag `\(tag)` has no meaning here",
            suggestion: "remove the tag")
    }

    // MARK: Places

    /// Where an event is in the source.
    mutating func range(_ characters: Range<Int>) -> SourceRange {
        let start = places.position(ofCharacter: characters.lowerBound)
        let end =
            characters.isEmpty ? start : places.position(ofCharacter: characters.upperBound)
        return SourceRange(file: file, start: start, end: end)
    }

    /// Where a map or list is. A block ends where the next thing begins, so its last child tells better.
    private mutating func range(
        from first: SourceRange, to end: YAMLEvent, lastChild: SourceRange?
    ) -> SourceRange {
        let last = range(end.characters)
        let isFlow = last.end.offset > last.start.offset
        let end = isFlow ? last.end : max(first.end, lastChild?.end ?? first.end)
        return SourceRange(file: file, start: first.start, end: end)
    }

    /// Reports tabs that stand outside text and comments. libyaml lets some of them pass.
    mutating func checkTabs() {
        guard hasTabs else { return }
        var next = 0
        for (offset, byte) in source.bytes[..<(lostOffset ?? source.bytes.count)].enumerated()
        where byte == UInt8(ascii: "\t") {
            while next < scalarOffsets.count, scalarOffsets[next].upperBound <= offset { next += 1 }
            if next < scalarOffsets.count, scalarOffsets[next].contains(offset) { continue }
            if isInComment(offset, afterScalar: next > 0 ? scalarOffsets[next - 1].upperBound : 0) {
                continue
            }
            reportTab(at: offset)
            return
        }
    }

    private func isInComment(_ offset: Int, afterScalar end: Int) -> Bool {
        let line = source.position(at: offset)
        let start = max(offset - line.column + 1, end)
        return start < offset && source.bytes[start..<offset].contains(UInt8(ascii: "#"))
    }
}

extension ArraySlice<UInt8> {
    /// Whether these are the bytes of a text.
    fileprivate func hasBytes(of text: String) -> Bool {
        guard count == text.utf8.count else { return false }
        var text = text
        // SAFETY: the buffer is used inside the closure only.
        return text.withUTF8 { unsafe elementsEqual($0) }
    }
}
