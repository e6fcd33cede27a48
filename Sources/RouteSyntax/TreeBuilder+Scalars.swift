import Diagnostics

/// Texts and numbers, their tags, and the variables in them.
extension TreeBuilder {
    mutating func scalar(
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

    mutating func checkTag(_ event: YAMLEvent, allowed names: String...) {
        guard let tag = event.tag else { return }
        if names.contains(where: { tag == "tag:yaml.org,2002:\($0)" }) || tag == "!" { return }
        sink.error(
            .unsupportedTag, at: range(event.characters), "the tag `\(tag)` has no meaning here",
            suggestion: "remove the tag")
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
