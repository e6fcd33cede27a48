import Diagnostics
import RouteSyntax

/// The entries of one map whose keys were checked against a section.
struct Fields {
    let section: Section
    /// The whole map.
    let range: SourceRange
    private let entries: [Node.Entry]

    init(section: Section, range: SourceRange, entries: [Node.Entry]) {
        self.section = section
        self.range = range
        self.entries = entries
    }

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
