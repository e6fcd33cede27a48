internal import TableFormat

/// A number for each rule of a table that says what it takes and what becomes of it: equal for rules
/// that do the same, whatever their place.
///
/// Made with the process's own random keys, so that nobody can write two rules with one number.
struct RuleFingerprints {
    private(set) var routes: [UInt64] = []
    /// Of the targets of hosts.
    private(set) var hosts: [UInt64] = []

    init(of table: borrowing LoadedTable) {
        let services = (0..<table.recordCount(of: .services)).map { index in
            var hasher = Hasher()
            let service: ServiceRecord = table.record(index, of: .services)
            hasher.combine(text: service.name, of: table)
            return hasher.finalize()
        }
        var chains: [Int] = []
        for index in 0..<table.recordCount(of: .chains) { chains.append(table.chainNumber(index)) }
        routes.reserveCapacity(table.routeCount)
        for index in 0..<table.hostCount {
            let host: HostRecord = table.record(index, of: .hosts)
            let source: HostSourceRecord = table.record(index, of: .hostSources)
            let group: PortGroupRecord = table.record(Int(host.portGroup), of: .portGroups)
            var rule = Hasher()
            rule.combine(text: source.pattern, of: table)
            rule.combine(group.port)
            var target = rule
            if host.targetService != .none { target.combine(services[Int(host.targetService)]) }
            target.combine(chains[Int(host.chain)])
            hosts.append(UInt64(bitPattern: Int64(target.finalize())))
            for route in 0..<Int(host.routeCount) {
                var hasher = rule
                table.combine(
                    route: Int(host.firstRoute) + route, services: services, chains: chains,
                    into: &hasher)
                routes.append(UInt64(bitPattern: Int64(hasher.finalize())))
            }
        }
    }
}

extension LoadedTable {
    fileprivate func chainNumber(_ index: Int) -> Int {
        let chain: ChainRecord = record(index, of: .chains)
        var hasher = Hasher()
        for offset in 0..<Int(chain.memberCount) {
            let member: ChainMemberRecord = record(
                Int(chain.firstMember) + offset, of: .chainMembers)
            let middleware: MiddlewareRecord = record(Int(member.middleware), of: .middlewares)
            hasher.combine(text: middleware.name, of: self)
            hasher.combine(middleware.kind)
            hasher.combine(middleware.contentHash)
        }
        return hasher.finalize()
    }

    fileprivate func combine(
        route index: Int, services: [Int], chains: [Int], into hasher: inout Hasher
    ) {
        let route = self.route(index)
        let source: RouteSourceRecord = record(index, of: .routeSources)
        hasher.combine(text: source.pattern, of: self)
        hasher.combine(source.writtenKind)
        for offset in 0..<Int(route.conditionCount) {
            combine(condition: Int(route.firstCondition) + offset, into: &hasher)
        }
        let action: ActionRecord = record(Int(route.action), of: .actions)
        hasher.combine(action.kind)
        hasher.combine(action.flags)
        if action.service != .none { hasher.combine(services[Int(action.service)]) }
        // How often each of several targets is chosen does not matter to whom it was chosen for.
        for offset in 0..<Int(action.targetCount) {
            let target: TargetRecord = record(Int(action.firstTarget) + offset, of: .targets)
            hasher.combine(services[Int(target.service)])
        }
        hasher.combine(text: action.stripPrefix, of: self)
        hasher.combine(text: action.addPrefix, of: self)
        for offset in 0..<Int(action.pieceCount) {
            let piece: TemplatePieceRecord = record(
                Int(action.firstPiece) + offset, of: .templatePieces)
            hasher.combine(piece.kind)
            if piece.kind == PieceKind.literal.rawValue {
                hasher.combine(
                    text: TextReference(offset: piece.value, byteCount: piece.byteCount), of: self)
            } else {
                hasher.combine(piece.value)
            }
        }
        hasher.combine(chains[Int(action.chain)])
    }

    private func combine(condition index: Int, into hasher: inout Hasher) {
        let condition: ConditionRecord = record(index, of: .conditions)
        hasher.combine(condition.kind)
        hasher.combine(condition.isRegex)
        hasher.combine(
            text: TextReference(
                offset: condition.nameOffset, byteCount: UInt32(condition.nameByteCount)),
            of: self)
        if condition.isRegex != 0 {
            let regex: RegexRecord = record(Int(condition.value), of: .regexes)
            hasher.combine(text: regex.text, of: self)
            hasher.combine(regex.options)
            return
        }
        switch ConditionKind(rawValue: condition.kind) {
        case .client:
            for offset in 0..<Int(condition.valueCount) {
                let range: AddressRangeRecord = record(
                    Int(condition.value) + offset, of: .addressRanges)
                hasher.combine(range.high)
                hasher.combine(range.low)
                hasher.combine(range.prefixLength)
            }
        case .methods, .header, .query, .cookie:
            hasher.combine(
                text: TextReference(offset: condition.value, byteCount: condition.valueCount),
                of: self)
        case .requestProtocol, nil: hasher.combine(condition.value)
        }
    }
}

extension Hasher {
    /// Takes a text in, its length too, so that two texts one behind the other are not another two.
    fileprivate mutating func combine(text: TextReference, of table: borrowing LoadedTable) {
        combine(text.isNone)
        guard !text.isNone else { return }
        combine(text.byteCount)
        // SAFETY: the text lies in the memory that the table owns.
        unsafe combine(bytes: table.view.text(text))
    }
}
