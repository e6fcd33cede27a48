import Diagnostics
import RouteSyntax

/// The texts of one configuration, read one after the other.
struct Reading {
    let environment: Environment
    var sink: DiagnosticSink
    /// Whether a fragment or their folder can't be read.
    var hasUnreadableFile = false
    private(set) var trees: [Node] = []
    private var lostTexts: [ArraySlice<UInt8>] = []
    private var cutSections: [String] = []
    private var dropped: [Node.Entry] = []

    init(environment: Environment, sink: DiagnosticSink) {
        self.environment = environment
        self.sink = sink
    }

    /// Reads one text, as far as it can be read.
    mutating func read(_ source: SourceText, as file: SourceFile) -> Node? {
        let result = SyntaxReader.readAll(source, as: file, environment: environment, into: &sink)
        if let tree = result.tree { trees.append(tree) }
        if let offset = result.lostOffset { lostTexts.append(source.bytes[offset...]) }
        if let section = result.cutSection { cutSections.append(section) }
        dropped += result.dropped.filter { entry in
            if case .scalar = entry.value.kind { false } else { true }
        }
        return result.tree
    }

    /// What is missing in the trees.
    func gaps() -> Gaps {
        var gaps = Gaps(faults: sink.errorRanges)
        gaps.hasUnreadableFile = hasUnreadableFile
        for text in lostTexts { gaps.lose(text) }
        for section in cutSections { gaps.lose(section.utf8) }
        for entry in dropped { gaps.skip(entry) }
        return gaps
    }
}
