package import Diagnostics

/// One value of the YAML tree: text, a list or a map, with its place.
///
/// What an alias stands for is the anchored node itself, at the place of the anchor.
package struct Node: Sendable {
    /// What the value is.
    package enum Kind: Sendable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping([Entry])
    }

    /// A key and its value, in the order of the source. Keys are unique; merged ones come last.
    package struct Entry: Sendable {
        package let key: Scalar
        package let keyRange: SourceRange
        package let value: Node

        package init(key: Scalar, keyRange: SourceRange, value: Node) {
            self.key = key
            self.keyRange = keyRange
            self.value = value
        }
    }

    package let kind: Kind
    package let range: SourceRange

    package init(kind: Kind, range: SourceRange) {
        self.kind = kind
        self.range = range
    }
}

extension Node {
    /// Whether there is nothing, as after `key:`, or a plain `null` or `~`.
    package var isNull: Bool {
        guard case .scalar(let scalar) = kind else { return false }
        return scalar.isNull
    }

    /// Whether it is a list or map without anything in it.
    package var isEmpty: Bool {
        switch kind {
        case .scalar: false
        case .sequence(let items): items.isEmpty
        case .mapping(let entries): entries.isEmpty
        }
    }

    /// What the value is, for a message: "a list", "a map", "text", "a number", "nothing".
    package var description: String {
        switch kind {
        case .scalar(let scalar): scalar.description
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }

    /// The place of a part of a scalar's text; the whole node if the source spells the text otherwise
    /// (escapes, line folding, environment variables).
    ///
    /// - Parameter offsets: In UTF-8 bytes of the scalar's text.
    package func range(ofText offsets: Range<Int>) -> SourceRange {
        guard case .scalar(let scalar) = kind, let verbatimOffset = scalar.verbatimOffset else {
            return range
        }
        let start = range.start
        func position(_ offset: Int) -> SourcePosition {
            let distance = verbatimOffset + min(offset, scalar.text.utf8.count)
            return SourcePosition(
                offset: start.offset + distance, line: start.line, column: start.column + distance)
        }
        return SourceRange(
            file: range.file, start: position(offsets.lowerBound),
            end: position(offsets.upperBound))
    }
}
