import Diagnostics

/// Anchors, what stands for them, and the bounds of both.
extension TreeBuilder {
    mutating func remember(_ built: Built, as anchor: String?) -> Built {
        if let anchor { anchors[anchor] = built }
        return built
    }

    mutating func close(_ built: Built, _ anchor: String?) -> Built {
        if anchor != nil { openAnchors.removeLast() }
        return remember(built, as: anchor)
    }

    mutating func expand(
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

    mutating func checkDepth(_ depth: Int, at place: SourceRange) throws(Stop) {
        guard depth > SyntaxLimits.depthMax else { return }
        sink.error(
            .tooDeep, at: place,
            "maps and lists are nested more than \(SyntaxLimits.depthMax) levels deep here")
        throw Stop()
    }
}
