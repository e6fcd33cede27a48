import Diagnostics
import RouteSyntax

extension ConfigurationDecoder {
    /// The value of a section that may stand in one file only.
    mutating func single(_ key: String, in sections: [Fields]) -> Node? {
        var first: (node: Node, range: SourceRange)?
        for fields in sections {
            guard let node = fields[key], let range = fields.keyRange(key) else { continue }
            if let first {
                sink.error(
                    .repeatedSection, at: range, "`\(key)` can be in one file only",
                    notes: [.init(range: first.range, message: "it is here already")])
            } else {
                first = (node, range)
            }
        }
        return first?.node
    }

    /// `config_dir` means the fragments of the main file.
    mutating func checkMainFileOnly(_ sections: [Fields]) {
        for fields in sections {
            guard let node = fields["config_dir"], let range = fields.keyRange("config_dir") else {
                continue
            }
            if range.file.index != 0 {
                sink.error(
                    .repeatedSection, at: range, "`config_dir` can be in the main file only",
                    suggestion: "remove it: fragments are not recursive")
            } else {
                _ = text(node, "config_dir")
            }
        }
    }

    /// Resolves a reference to a service and counts it as used.
    mutating func service(_ node: Node, _ key: String) -> Int? {
        guard let name = text(node, key) else { return nil }
        return service(named: name, at: node.range)
    }

    /// Resolves the name of a service and counts it as used.
    mutating func service(named name: String, at range: SourceRange) -> Int? {
        if let index = serviceNames[name] {
            serviceNames.markUsed(index)
            return index
        }
        if gaps.mayHold(name) { return nil }
        let nearest = sink.isFull ? nil : serviceNames.nearest(to: name)
        // Who meant that one uses it.
        if let index = nearest.flatMap({ serviceNames[$0] }) { serviceNames.markUsed(index) }
        var advice = nearest.map { "did you mean `\($0)`?" }
        if advice == nil, name.contains("://") {
            advice = "this is the name of a service; give the `url` to one in `services`"
        }
        sink.error(
            .unknownService, at: range, "there is no service `\(name)`",
            suggestion: advice ?? "define it in `services`")
        return nil
    }

    private mutating func reportUnknownMiddleware(_ name: String, at range: SourceRange) {
        if gaps.mayHold(name) { return }
        let nearest = sink.isFull ? nil : middlewareNames.nearest(to: name)
        // Who meant that one uses it.
        if let index = nearest.flatMap({ middlewareNames[$0] }) { middlewareNames.markUsed(index) }
        sink.error(
            .unknownMiddleware, at: range, "there is no middleware `\(name)`",
            suggestion: nearest.map { "did you mean `\($0)`?" } ?? "define it in `middlewares`")
    }

    /// Resolves a list of middlewares. Disabled ones are left out, but their names count.
    mutating func middlewareChain(_ node: Node?) -> [Int] {
        guard let node, let items = list(node, "middlewares") else { return [] }
        var chain: [Int] = []
        var places: [Int: SourceRange] = [:]
        for item in items {
            guard let name = text(item, "middlewares") else { continue }
            guard let index = middlewareNames[name] else {
                reportUnknownMiddleware(name, at: item.range)
                continue
            }
            middlewareNames.markUsed(index)
            if let earlier = places[index] {
                sink.warning(
                    .repeatedMiddleware, at: item.range,
                    "`\(name)` is in this list already and runs once",
                    notes: [.init(range: earlier, message: "first listed here")])
                continue
            }
            places[index] = item.range
            if !disabledMiddlewares.contains(index) { chain.append(index) }
        }
        return chain
    }
}
