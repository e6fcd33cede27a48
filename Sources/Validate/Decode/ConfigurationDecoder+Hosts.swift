import Diagnostics
import RouteSyntax

extension ConfigurationDecoder {
    /// What two host rules must not share.
    private struct HostKey: Hashable {
        let pattern: HostPattern
        let port: UInt16?
    }

    /// Decodes the host rules of all files, and their top-level routes into the host `*`.
    mutating func decodeHosts(_ sections: [Fields]) -> [HostRule] {
        var hosts: [HostRule] = []
        var places: [HostKey: SourceRange] = [:]
        var defaultHostIndex: Int?
        for fields in sections {
            guard let node = fields["host_rules"], let items = list(node, "host_rules") else {
                continue
            }
            for item in items {
                guard let host = decodeHost(item) else { continue }
                let key = HostKey(pattern: host.pattern.value, port: host.port)
                if let earlier = places[key] {
                    reportTwice(host, earlier)
                    continue
                }
                places[key] = host.pattern.range
                if host.pattern.value == .any, host.port == nil { defaultHostIndex = hosts.count }
                hosts.append(host)
            }
        }
        decodeDefaultRoutes(sections, at: defaultHostIndex, into: &hosts)
        for host in hosts { checkRouteTies(host) }
        return hosts
    }

    private mutating func reportTwice(_ host: HostRule, _ earlier: SourceRange) {
        let port = host.port.map { " on port \($0)" } ?? ""
        sink.error(
            .duplicateHost, at: host.pattern.range,
            "there is a rule for the host `\(host.patternText)`\(port) already",
            notes: [.init(range: earlier, message: "first given here")],
            suggestion: "put the routes of one host into one rule")
    }

    private mutating func decodeDefaultRoutes(
        _ sections: [Fields], at index: Int?, into hosts: inout [HostRule]
    ) {
        var index = index
        for fields in sections {
            guard let node = fields["route_rules"], let items = list(node, "route_rules") else {
                continue
            }
            let host: Int
            if let index {
                host = index
            } else {
                let range = fields.keyRange("route_rules") ?? node.range
                hosts.append(HostRule(pattern: Located(.any, at: range), patternText: "*"))
                host = hosts.count - 1
                index = host
            }
            let target = hosts[host].target
            hosts[host].routes += items.compactMap {
                decodeRoute($0, hostTarget: target, hostCaptures: [])
            }
        }
    }

    private mutating func decodeHost(_ node: Node) -> HostRule? {
        guard let fields = fields(of: node, in: .hostRule) else { return nil }
        let patternNode = required("pattern", of: fields)
        let patternText = patternNode.flatMap { text($0, "pattern") }
        var parsed: (pattern: HostPattern, captures: [String])?
        if let patternNode, let patternText { parsed = hostPattern(patternText, patternNode) }

        // The rest is checked even if the pattern is wrong.
        var host = HostRule(
            pattern: Located(parsed?.pattern ?? .any, at: patternNode?.range ?? fields.range),
            patternText: patternText ?? "*")
        if let node = fields["port"], let port = port(node, "port") {
            host.port = port
            observations.hostPorts.append(Located(port, at: node.range))
        }
        host.target = fields["target"].flatMap { service($0, "target") }
        host.middlewares = middlewareChain(fields["middlewares"])
        if let node = fields["order"] {
            let choices: KeyValuePairs<String, HostRule.Order> = [
                "specific": .specific, "declared": .declared,
            ]
            host.order = word(node, "order", choices) ?? .specific
        }
        if let node = fields["route_rules"] {
            // A target that could not be resolved was reported; its routes need no second message.
            let target = host.target ?? (fields["target"] == nil ? nil : 0)
            host.routes = (list(node, "route_rules") ?? []).compactMap {
                decodeRoute($0, hostTarget: target, hostCaptures: parsed?.captures)
            }
        } else if fields["target"] == nil {
            sink.error(
                .routeWithoutAction, at: host.pattern.range,
                "the host `\(host.patternText)` has neither `target` nor `route_rules`")
        }
        return parsed == nil ? nil : host
    }

    /// Reports routes that no rule of precedence can tell apart: the later one could never be reached.
    private mutating func checkRouteTies(_ host: HostRule) {
        guard Self.mayHaveTies(host.routes) else { return }
        var first: [RouteShape: Located<String>] = [:]
        for route in host.routes {
            let shape = RouteShape(route)
            let place = Located(route.patternText, at: route.pattern.range)
            guard let earlier = first[shape] else {
                first[shape] = place
                continue
            }
            let differs = earlier.value != route.patternText
            sink.error(
                .duplicateRoute, at: place.range,
                differs
                    ? "this path is already routed: the names of segments do not count"
                    : "this path is already routed",
                notes: [.init(range: earlier.range, message: "first routed here")],
                suggestion: "remove one of them, or tell them apart by `match` or `priority`")
        }
    }

    /// Whether two routes have the same hash, which says nothing yet. Most hosts are done with that.
    private static func mayHaveTies(_ routes: [RouteRule]) -> Bool {
        var hashes = routes.indices.map { RouteShape.hash(of: routes[$0]) }
        hashes.sort()
        return zip(hashes, hashes.dropFirst()).contains { $0 == $1 }
    }
}
