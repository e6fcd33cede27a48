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
                    observations.lostRouteNames.formUnion(host.routes.compactMap(\.name))
                    continue
                }
                places[key] = host.pattern.range
                if host.pattern.value == .any, host.port == nil { defaultHostIndex = hosts.count }
                hosts.append(host)
            }
        }
        if gaps.mayLack("host_rules", in: sections) { observations.hasLostHosts = true }
        decodeDefaultRoutes(sections, at: defaultHostIndex, into: &hosts)
        for index in hosts.indices { checkRouteTies(&hosts[index]) }
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
            let routes = items.compactMap {
                decodeRoute($0, hostTarget: target, hostCaptures: [])
            }
            hosts[host].routes += routes
            noteIdlePriorities(items, of: hosts[host])
            if routes.count < items.count { hosts[host].unknown.insert(.routes) }
        }
        if let index, gaps.mayLack("route_rules", in: sections) {
            hosts[index].unknown.insert(.routes)
        }
    }

    private mutating func decodeHost(_ node: Node) -> HostRule? {
        guard let fields = fields(of: node, in: .hostRule) else {
            observations.hasLostHosts = true
            return nil
        }
        let patternNode = required("pattern", of: fields)
        let patternText = patternNode.flatMap { text($0, "pattern") }
        var parsed: (pattern: HostPattern, captures: [String])?
        if let patternNode, let patternText { parsed = hostPattern(patternText, patternNode) }

        // The rest is checked even if the pattern is wrong.
        var host = HostRule(
            pattern: Located(parsed?.pattern ?? .any, at: patternNode?.range ?? fields.range),
            patternText: patternText ?? "*")
        var isPortKnown = !fields.mayMean("port") && !gaps.touches(fields["port"])
        if let node = fields["port"] {
            if let port = port(node, "port") {
                host.port = port
                observations.hostPorts.append(Located(port, at: node.range))
            } else {
                isPortKnown = false
            }
        }
        decodeChain(of: fields, into: &host)
        decodeOrder(of: fields, into: &host)
        decodeRoutes(of: fields, hostCaptures: parsed?.captures, into: &host)
        guard parsed != nil, isPortKnown, !gaps.touches(patternNode) else {
            if let patternText {
                observations.lostHostPatterns.append(patternText)
            } else {
                observations.hasLostHosts = true
            }
            observations.lostRouteNames.formUnion(host.routes.compactMap(\.name))
            return nil
        }
        return host
    }

    private mutating func decodeChain(of fields: Fields, into host: inout HostRule) {
        host.target = fields["target"].flatMap { service($0, "target") }
        let errorCount = sink.errorCount
        host.middlewares = middlewareChain(fields["middlewares"])
        let isKnown =
            sink.errorCount == errorCount && !fields.mayMean("middlewares")
            && !gaps.touches(fields["middlewares"])
        if !isKnown { host.unknown.insert(.middlewares) }
    }

    private mutating func decodeOrder(of fields: Fields, into host: inout HostRule) {
        if let node = fields["order"] {
            let choices: KeyValuePairs<String, HostRule.Order> = [
                "specific": .specific, "declared": .declared,
            ]
            let order = word(node, "order", choices)
            host.order = order ?? .specific
            if order == nil { host.unknown.insert(.order) }
        }
        if fields.mayMean("order") || gaps.touches(fields["order"]) {
            host.unknown.insert(.order)
        }
    }

    private mutating func decodeRoutes(
        of fields: Fields, hostCaptures: [String]?, into host: inout HostRule
    ) {
        let mayHaveTarget = fields.has("target") || fields.mayMean("target")
        guard let node = fields["route_rules"] else {
            if fields.mayMean("route_rules") {
                host.unknown.insert(.routes)
            } else if !mayHaveTarget {
                sink.error(
                    .routeWithoutAction, at: host.pattern.range,
                    "the host `\(host.patternText)` has neither `target` nor `route_rules`")
            }
            return
        }
        let items = list(node, "route_rules")
        host.routes = (items ?? []).compactMap {
            decodeRoute(
                $0, hostTarget: host.target, hostCaptures: hostCaptures,
                isTargetKnown: host.target != nil || !mayHaveTarget)
        }
        if host.routes.count != items?.count { host.unknown.insert(.routes) }
        noteIdlePriorities(items ?? [], of: host)
    }

    /// In `order: declared` the place alone ranks a route.
    private mutating func noteIdlePriorities(_ items: [Node], of host: HostRule) {
        guard host.order == .declared else { return }
        for item in items {
            guard case .mapping(let entries) = item.kind,
                let entry = entries.first(where: { $0.key.text == "priority" })
            else { continue }
            noteIdle(
                "`priority` has no effect with `order: declared`: routes are tried in their order",
                "remove it, or move the route", at: entry.keyRange)
        }
    }

    /// Reports routes that no rule of precedence can tell apart: the later one could never be reached.
    private mutating func checkRouteTies(_ host: inout HostRule) {
        guard Self.mayHaveTies(host.routes) else { return }
        var first: [RouteShape: Located<String>] = [:]
        var kept: [RouteRule] = []
        for route in host.routes {
            let shape = RouteShape(route)
            let place = Located(route.patternText, at: route.pattern.range)
            guard let earlier = first[shape] else {
                first[shape] = place
                kept.append(route)
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
        // What is the matter with the others is said.
        if kept.count < host.routes.count { host.routes = kept }
    }

    /// Whether two routes have the same hash, which says nothing yet. Most hosts are done with that.
    private static func mayHaveTies(_ routes: [RouteRule]) -> Bool {
        var hashes = routes.indices.map { RouteShape.hash(of: routes[$0]) }
        hashes.sort()
        return zip(hashes, hashes.dropFirst()).contains { $0 == $1 }
    }
}
