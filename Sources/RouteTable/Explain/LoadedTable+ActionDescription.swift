import TableFormat

extension LoadedTable {
    func conditionDescription(_ index: Int) -> ConditionDescription {
        let condition: ConditionRecord = record(index, of: .conditions)
        guard let kind = ConditionKind(rawValue: condition.kind) else {
            preconditionFailure("a condition of a kind that loading accepts is unknown")
        }
        let name = string(
            TextReference(
                offset: condition.nameOffset, byteCount: UInt32(condition.nameByteCount)))
        switch kind {
        case .requestProtocol:
            guard let wanted = RequestProtocol(rawValue: UInt8(truncatingIfNeeded: condition.value))
            else { preconditionFailure("a protocol that loading accepts is unknown") }
            return .requestProtocol(wanted)
        case .methods:
            let text = string(
                TextReference(offset: condition.value, byteCount: condition.valueCount))
            return .methods(text.split(separator: ",").map(String.init))
        case .header: return .header(name, test(of: condition))
        case .query: return .query(name, test(of: condition))
        case .cookie: return .cookie(name, test(of: condition))
        case .client:
            return .client(
                (0..<Int(condition.valueCount)).map {
                    rangeText(record(Int(condition.value) + $0, of: .addressRanges))
                })
        }
    }

    func actionDescription(
        _ action: ActionRecord, captures: [RouteDescription.Capture]
    ) -> ActionDescription {
        switch ActionKind(rawValue: action.kind) {
        case .forward:
            return .forward(targets(of: action), rewrite(of: action, captures: captures))
        case .redirect:
            return .redirect(to: template(of: action, captures: captures), status: action.status)
        case .respond:
            return .respond(
                status: action.status, contentType: string(action.contentType),
                body: string(action.body))
        case nil: preconditionFailure("an action of a kind that loading accepts is unknown")
        }
    }

    private func test(of condition: ConditionRecord) -> ConditionDescription.Test {
        guard condition.isRegex != 0 else {
            return .equals(
                string(TextReference(offset: condition.value, byteCount: condition.valueCount)))
        }
        let regex: RegexRecord = record(Int(condition.value), of: .regexes)
        return .regex(
            source: string(regex.text), ignoresCase: regex.options & RegexRecord.ignoresCase != 0)
    }

    /// A CIDR as it is usually written.
    private func rangeText(_ range: AddressRangeRecord) -> String {
        ClientAddress(high: range.high, low: range.low).cidr(prefixLength: range.prefixLength)
    }

    private func targets(of action: ActionRecord) -> [Explanation.Target] {
        guard action.targetCount > 0 else {
            return [Explanation.Target(service: serviceName(action.service), weight: 1)]
        }
        var weightBefore: UInt32 = 0
        return (0..<Int(action.targetCount)).map { offset in
            let target: TargetRecord = record(Int(action.firstTarget) + offset, of: .targets)
            let weight = target.cumulativeWeight - weightBefore
            weightBefore = target.cumulativeWeight
            return Explanation.Target(service: serviceName(target.service), weight: weight)
        }
    }

    private func rewrite(
        of action: ActionRecord, captures: [RouteDescription.Capture]
    ) -> ActionDescription.Rewrite? {
        guard action.flags & ActionRecord.hasRewrite != 0 else { return nil }
        let replacesPath = action.flags & ActionRecord.replacesPath != 0
        return ActionDescription.Rewrite(
            stripPrefix: action.stripPrefix.isNone ? nil : string(action.stripPrefix),
            addPrefix: action.addPrefix.isNone ? nil : string(action.addPrefix),
            path: replacesPath ? template(of: action, captures: captures) : nil)
    }

    /// The template as it was written, as far as the table knows.
    private func template(
        of action: ActionRecord, captures: [RouteDescription.Capture]
    ) -> String {
        (0..<Int(action.pieceCount)).map { offset in
            let piece: TemplatePieceRecord = record(
                Int(action.firstPiece) + offset, of: .templatePieces)
            switch PieceKind(rawValue: piece.kind) {
            case .literal:
                return string(TextReference(offset: piece.value, byteCount: piece.byteCount))
            case .host: return "{host}"
            case .path: return "{path}"
            case .query: return "{query}"
            case let kind:
                let capture = captures.first { $0.kind == kind && $0.value == piece.value }
                return "{\(capture?.name ?? "capture \(piece.value)")}"
            }
        }.joined()
    }
}
