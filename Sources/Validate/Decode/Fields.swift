import Diagnostics
import RouteSyntax

/// The entries of one map whose keys were checked against a section.
struct Fields {
    let section: Section
    /// The whole map.
    let range: SourceRange
    /// Keys that are given without a value, or misspelt: reported already, so they are not missing too.
    let meantKeys: [String]
    private let entries: [Node.Entry]

    init(
        section: Section, range: SourceRange, entries: [Node.Entry], meantKeys: [String],
        hasOnlyKnownKeys: Bool
    ) {
        self.section = section
        self.range = range
        self.entries = entries
        self.meantKeys = meantKeys
        self.hasOnlyKnownKeys = hasOnlyKnownKeys
    }

    /// Whether every key of the map is one of the section and has a value.
    let hasOnlyKnownKeys: Bool

    /// The value of a key, or nil if it is not given.
    ///
    /// - Precondition: The section knows the key.
    subscript(key: String) -> Node? { entry(key)?.value }

    /// Where the key itself stands, or nil if it is not given.
    func keyRange(_ key: String) -> SourceRange? { entry(key)?.keyRange }

    private func entry(_ key: String) -> Node.Entry? {
        precondition(section.keys.contains(key), "the section has no key \(key)")
        return entries.first { $0.key.text == key }
    }
}
