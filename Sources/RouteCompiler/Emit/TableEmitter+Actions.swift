import TableFormat
import Validate

extension TableEmitter {
    /// - Returns: Index of the action, shared by all routes that do the same.
    mutating func emitAction(
        of route: LoweredRoute, host: LoweredHost
    ) throws(CompileProblem.Reason) -> UInt32 {
        var record = ActionRecord()
        record.service = .none
        switch route.rule.action {
        case .forward(let services):
            record.kind = ActionKind.forward.rawValue
            try setTargets(services, in: &record)
        case .redirect(let template, let status):
            record.kind = ActionKind.redirect.rawValue
            record.status = status
            try setPieces(template, of: route, in: &record)
        case .respond(let status, let body, let contentType):
            record.kind = ActionKind.respond.rawValue
            record.status = status
            record.body = sections.add(body)
            record.contentType = sections.add(contentType)
        }
        if let rewrite = route.rule.rewrite, record.kind != ActionKind.redirect.rawValue {
            try setRewrite(rewrite, of: route, in: &record)
        }
        record.chain = try chain(
            of: host.rule.middlewares + route.rule.middlewares, captures: route.captures)
        return actionRuns.add([record], to: .actions, in: &sections)
    }

    private mutating func setTargets(
        _ services: [RouteAction.WeightedService], in record: inout ActionRecord
    ) throws(CompileProblem.Reason) {
        precondition(!services.isEmpty, "a route that forwards has a service")
        guard services.count > 1 else {
            record.service = UInt32(services[0].service)
            return
        }
        var total: UInt64 = 0
        var targets: [TargetRecord] = []
        for service in services {
            total += UInt64(service.weight)
            guard total <= UInt32.max else { throw .weightsTooLarge }
            var target = TargetRecord()
            target.service = UInt32(service.service)
            target.cumulativeWeight = UInt32(total)
            targets.append(target)
        }
        record.firstTarget = targetRuns.add(targets, to: .targets, in: &sections)
        record.targetCount = UInt32(targets.count)
    }

    private mutating func setRewrite(
        _ rewrite: PathRewrite, of route: LoweredRoute, in record: inout ActionRecord
    ) throws(CompileProblem.Reason) {
        record.flags |= ActionRecord.hasRewrite
        if let template = rewrite.path {
            record.flags |= ActionRecord.replacesPath
            try setPieces(template, of: route, in: &record)
            return
        }
        record.stripPrefix = sections.add(rewrite.stripPrefix)
        record.addPrefix = sections.add(rewrite.addPrefix)
    }

    private mutating func setPieces(
        _ template: Template, of route: LoweredRoute, in record: inout ActionRecord
    ) throws(CompileProblem.Reason) {
        var records: [TemplatePieceRecord] = []
        for piece in template.pieces {
            var record = TemplatePieceRecord()
            switch piece {
            case .literal(let text):
                let reference = sections.add(text)
                record.kind = PieceKind.literal.rawValue
                record.value = reference.offset
                record.byteCount = reference.byteCount
            case .host: record.kind = PieceKind.host.rawValue
            case .path: record.kind = PieceKind.path.rawValue
            case .query: record.kind = PieceKind.query.rawValue
            case .capture(let name):
                guard let capture = route.captures.first(where: { $0.name == name }) else {
                    throw .unknownCapture(name)
                }
                record.kind = capture.kind.rawValue
                record.value = capture.value
            }
            records.append(record)
        }
        record.firstPiece = pieceRuns.add(records, to: .templatePieces, in: &sections)
        record.pieceCount = UInt32(records.count)
    }
}
