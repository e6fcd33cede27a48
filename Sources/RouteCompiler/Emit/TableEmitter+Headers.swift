import TableFormat
import Validate

/// What `headers` was told. A value may hold what a route captures, so one middleware can come to be several
/// policies.
extension TableEmitter {
    /// The policy, if it is the same on all routes; else none. What a route captures wins over a built-in
    /// name, so those depend on the route too.
    mutating func emitShared(_ policy: HeadersPolicy) -> UInt32 {
        let isShared = policy.placeholders.allSatisfy { $0.hasPrefix(ValueTemplate.claimPrefix) }
        guard isShared else { return .none }
        do {
            return try emit(policy, named: "", captures: [])
        } catch {
            return .none
        }
    }

    /// - Parameters:
    ///   - name: The middleware's, for messages.
    ///   - captures: What the patterns of route and host capture.
    mutating func emit(
        _ policy: HeadersPolicy, named name: String, captures: [LoweredRoute.Capture]
    ) throws(CompileProblem.Reason) -> UInt32 {
        let request = try records(of: policy.request, named: name, captures)
        let answer = try records(of: policy.response, named: name, captures)
        var record = HeaderPolicyRecord()
        record.firstRequestChange = changeRuns.add(request, to: .headerChanges, in: &sections)
        record.requestChangeCount = UInt32(request.count)
        record.firstAnswerChange = changeRuns.add(answer, to: .headerChanges, in: &sections)
        record.answerChangeCount = UInt32(answer.count)
        return headerPolicyRuns.add([record], to: .headerPolicies, in: &sections)
    }

    /// Remove, then set, then add.
    private mutating func records(
        of changes: HeadersPolicy.Changes, named name: String, _ captures: [LoweredRoute.Capture]
    ) throws(CompileProblem.Reason) -> [HeaderChangeRecord] {
        var records: [HeaderChangeRecord] = []
        for field in changes.remove {
            var record = HeaderChangeRecord()
            record.kind = HeaderChangeKind.remove.rawValue
            record.name = sections.add(field)
            records.append(record)
        }
        let added: [(HeaderChangeKind, [HeadersPolicy.Field])] = [
            (.set, changes.set), (.add, changes.add),
        ]
        for (kind, fields) in added {
            for field in fields {
                var record = HeaderChangeRecord()
                record.kind = kind.rawValue
                record.name = sections.add(field.name)
                var pieces: [ValuePieceRecord] = []
                for piece in field.value.pieces {
                    guard let piece = self.record(of: piece, captures) else {
                        throw .unfilledHeader(
                            name, field: field.name,
                            field.value.placeholders.first { name in
                                self.record(of: .placeholder(name), captures) == nil
                            } ?? "")
                    }
                    pieces.append(piece)
                }
                record.firstPiece = valuePieceRuns.add(pieces, to: .valuePieces, in: &sections)
                record.pieceCount = UInt32(pieces.count)
                records.append(record)
            }
        }
        return records
    }

    /// - Returns: Nil for a placeholder that nothing fills. Captures win over the built-in names.
    private mutating func record(
        of piece: ValueTemplate.Piece, _ captures: [LoweredRoute.Capture]
    ) -> ValuePieceRecord? {
        var record = ValuePieceRecord()
        switch piece {
        case .literal(let text):
            let reference = sections.add(text)
            record.kind = ValuePieceKind.literal.rawValue
            record.value = reference.offset
            record.byteCount = reference.byteCount
        case .placeholder(let name):
            if let capture = captures.first(where: { $0.name == name }) {
                record.kind = capture.kind.rawValue
                record.value = capture.value
                return record
            }
            switch name {
            case "client_ip": record.kind = ValuePieceKind.clientAddress.rawValue
            case "host": record.kind = ValuePieceKind.host.rawValue
            case "path": record.kind = ValuePieceKind.path.rawValue
            case "request_id": record.kind = ValuePieceKind.requestID.rawValue
            default:
                let prefix = ValueTemplate.claimPrefix
                guard name.hasPrefix(prefix), name.utf8.count > prefix.utf8.count else {
                    return nil
                }
                record.kind = ValuePieceKind.claim.rawValue
                record.value = claimIndex(String(name.dropFirst(prefix.count)))
            }
        }
        return record
    }
}
