import TableFormat

/// The ways in which a regex can be found by what it requires.
enum RegexFilings {
    /// For a regex on paths.
    static func ofRoute(_ tree: RegexTree?) -> [Filing] {
        guard let tree else { return [.unfiltered] }
        let items = RegexItems(tree.root)
        var filings: [Filing] = []
        if let shape = RegexShape(items, isExact: tree.isExact) {
            filings.append(.shape(FiledShape(shape.segments, tail: shape.tail)))
        }
        let literals = RegexLiterals(items)
        if literals.suffix.count >= RegexLiterals.byteCountMin {
            filings.append(.affix(.suffix, literals.suffix))
        }
        filings += literals.inner.map { .inner($0) }
        filings.append(.unfiltered)
        return filings
    }

    /// For a regex on host names, which have no upper-case letters.
    static func ofHost(_ source: String, ignoresCase: Bool) -> [Filing] {
        guard let tree = RegexParser.parse(source, ignoresCase: ignoresCase) else {
            return [.unfiltered]
        }
        let literals = RegexLiterals(RegexItems(tree.root, isLowerCase: true))
        var filings: [Filing] = []
        if literals.suffix.count >= RegexLiterals.byteCountMin {
            filings.append(.affix(.suffix, literals.suffix))
        }
        if literals.prefix.count >= RegexLiterals.byteCountMin {
            filings.append(.affix(.prefix, literals.prefix))
        }
        return filings + literals.inner.map { .inner($0) } + [.unfiltered]
    }
}
