import TableFormat

/// What the table says about its rules, decoded for people. Cold: every call allocates.
extension LoadedTable {
    func hostDescription(_ index: Int) -> HostDescription {
        let host: HostRecord = record(index, of: .hosts)
        let source: HostSourceRecord = record(index, of: .hostSources)
        let group: PortGroupRecord = record(Int(host.portGroup), of: .portGroups)
        let first = Int(host.firstRoute)
        return HostDescription(
            pattern: string(source.pattern), port: group.port == 0 ? nil : group.port,
            place: place(file: source.file, line: source.line),
            isDeclaredOrder: source.isDeclaredOrder != 0,
            target: host.targetService == .none ? nil : serviceName(host.targetService),
            middlewares: middlewares(ofChain: host.chain),
            routes: first..<(first + Int(host.routeCount)))
    }

    /// A host rule as log lines name it: `*.example.com (routes.yaml:12)`.
    package func hostRuleText(at index: Int) -> String {
        let host = hostDescription(index)
        return "\(host.pattern) (\(host.place.text))"
    }

    func routeDescription(_ index: Int) -> RouteDescription {
        let route = self.route(index)
        let source: RouteSourceRecord = record(index, of: .routeSources)
        let details = details(of: source)
        let action: ActionRecord = record(Int(route.action), of: .actions)
        let firstCondition = Int(route.firstCondition)
        let captures = (0..<Int(details.captureCount)).map { offset in
            let capture: CaptureRecord = record(Int(details.firstCapture) + offset, of: .captures)
            guard let kind = PieceKind(rawValue: capture.kind) else {
                preconditionFailure("a capture of a kind that loading accepts is unknown")
            }
            return RouteDescription.Capture(
                name: string(capture.name), kind: kind, value: capture.value)
        }
        return RouteDescription(
            name: details.name.isNone ? nil : string(details.name),
            pattern: string(source.pattern), kind: kindWord(of: route, source),
            isLowered: source.writtenKind == RouteKind.regex.rawValue
                && route.kind != RouteKind.regex.rawValue,
            place: place(file: UInt32(source.file), line: source.line), priority: details.priority,
            conditions: (0..<Int(route.conditionCount)).map {
                conditionDescription(firstCondition + $0)
            },
            action: actionDescription(action, captures: captures),
            specificity: specificity(of: route), middlewares: middlewares(ofChain: action.chain),
            captures: captures)
    }

    func place(file: UInt32, line: UInt32) -> Explanation.Place {
        let source: SourceFileRecord = record(Int(file), of: .sourceFiles)
        return Explanation.Place(file: string(source.name), line: line)
    }

    func serviceName(_ index: UInt32) -> String {
        let service: ServiceRecord = record(Int(index), of: .services)
        return string(service.name)
    }

    func middlewares(ofChain index: UInt32) -> [String] {
        let chain: ChainRecord = record(Int(index), of: .chains)
        return (0..<Int(chain.memberCount)).map { offset in
            let member: ChainMemberRecord = record(
                Int(chain.firstMember) + offset, of: .chainMembers)
            let middleware: MiddlewareRecord = record(Int(member.middleware), of: .middlewares)
            return string(middleware.name)
        }
    }

    /// A pattern with segments is called by its tail: that is what the language distinguishes.
    private func kindWord(of route: RouteRecord, _ source: RouteSourceRecord) -> String {
        switch RouteKind(rawValue: source.writtenKind) {
        case .exact: "exact"
        case .regex: "regex"
        case .segments: route.tail == TailKind.open.rawValue ? "subtree" : "segments"
        case nil: preconditionFailure("a route of a kind that loading accepts is unknown")
        }
    }

    /// Two numbers for each segment and for the tail, as the order `specific` compares them.
    private func specificity(of route: RouteRecord) -> [Int] {
        guard route.kind == RouteKind.segments.rawValue else { return [] }
        var ranks: [Int] = []
        for segment in segments(of: route) {
            switch segment.kind {
            case .literal: ranks += [0, 0]
            case .glob: ranks += [1, -segment.text.utf8.count { $0 != UInt8(ascii: "*") }]
            case .wildcard, .anything: ranks += [2, 0]
            }
        }
        return ranks + (route.tail == TailKind.open.rawValue ? [3, 0] : [0, 0])
    }
}
