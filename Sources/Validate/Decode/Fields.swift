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
        hasOnlyKnownKeys: Bool, hasStrangeKeys: Bool = false
    ) {
        self.hasStrangeKeys = hasStrangeKeys
        self.section = section
        self.range = range
        self.entries = entries
        self.meantKeys = meantKeys
        self.hasOnlyKnownKeys = hasOnlyKnownKeys
    }

    /// Whether every key of the map is one of the section and has a value.
    let hasOnlyKnownKeys: Bool

    /// Whether there is a key of which it is not known what it is meant for.
    let hasStrangeKeys: Bool

    /// Whether a key may be meant that is not there as it should be: it has no value, or is spelt in some other way.
    func mayMean(_ keys: String...) -> Bool {
        !hasOnlyKnownKeys && (hasStrangeKeys || keys.contains { meantKeys.contains($0) })
    }

    /// The value of a key, or nil if it is not given.
    ///
    /// - Precondition: The section knows the key.
    subscript(key: String) -> Node? { position(key).map { entries[$0].value } }

    /// Where the key itself stands, or nil if it is not given.
    func keyRange(_ key: String) -> SourceRange? { position(key).map { entries[$0].keyRange } }

    /// Where the key stands in the map itself. What is merged in (`<<`) stands elsewhere, and does something there.
    func ownKeyRange(_ key: String) -> SourceRange? {
        guard let key = keyRange(key), key.file == range.file, range.start <= key.start,
            key.end <= range.end
        else { return nil }
        return key
    }

    /// Whether a key is given.
    func has(_ key: String) -> Bool { position(key) != nil }

    private func position(_ key: String) -> Int? {
        // Asked a dozen times for each route, so only where tests run.
        assert(section.keys.contains(key), "the section has no key \(key)")
        return entries.firstIndex { $0.key.text == key }
    }
}
