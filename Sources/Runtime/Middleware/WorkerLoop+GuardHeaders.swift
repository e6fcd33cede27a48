import RouteTable
import TableFormat

/// `headers`: changes to the fields of requests and answers, with values filled in for each request.
extension WorkerLoop {
    mutating func changeHeaders(
        _ step: GuardStep, _ request: GuardedRequest, _ table: borrowing LoadedTable
    ) -> GuardVerdict {
        let policy = table.headerPolicy(step.policy)
        for place in 0..<policy.requestChangeCount {
            let change = table.headerChange(policy.firstRequestChange + place)
            guard ask(for: change, of: .request, request, table) else {
                return .answer(Self.unsafeValue(request))
            }
        }
        for place in 0..<policy.answerChangeCount {
            let change = table.headerChange(policy.firstAnswerChange + place)
            guard ask(for: change, of: .answer, request, table) else {
                return .answer(Self.unsafeValue(request))
            }
        }
        return .pass
    }

    private static func unsafeValue(_ request: GuardedRequest) -> LocalAnswer {
        .refused(
            GuardRefusal(
                status: .badRequest, reason: "a header can't be made of this request",
                fault: .headerValueRefused, route: request.route))
    }

    /// - Returns: Whether the value can be sent.
    private mutating func ask(
        for change: HeaderChangeRecord, of side: GuardScratch.Side, _ request: GuardedRequest,
        _ table: borrowing LoadedTable
    ) -> Bool {
        guards.value.clear()
        for place in 0..<change.pieceCount {
            let piece = table.valuePiece(change.firstPiece + place)
            guard append(piece, request, table) else { return false }
        }
        guard guards.isValueSafe() else { return false }
        let kind: FieldChange.Kind =
            switch HeaderChangeKind(rawValue: change.kind) {
            case .set: .set
            case .add: .add
            case .remove, nil: .remove
            }
        guards.change(kind, table.policyText(change.name), of: side)
        return true
    }

    private mutating func append(
        _ piece: ValuePieceRecord, _ request: GuardedRequest, _ table: borrowing LoadedTable
    ) -> Bool {
        switch ValuePieceKind(rawValue: piece.kind) {
        case .literal:
            guards.value.append(
                table.policyText(
                    TextReference(offset: piece.value, byteCount: piece.byteCount)))
        case .host: tables[requestTable].appendHost(to: &guards.value)
        case .path: tables[requestTable].appendPath(to: &guards.value)
        case .segment: return append(.segment, piece.value, request, table)
        case .rest: return append(.rest, piece.value, request, table)
        case .routeGroup: return append(.routeGroup, piece.value, request, table)
        case .hostGroup: return append(.hostGroup, piece.value, request, table)
        case .clientAddress:
            let client = SocketAddress(address: clientAddress(of: request), port: 0)
            let text = client.text(includingPort: false)
            guards.value.append(text.bytes)
        case .requestID: appendRequestID(request)
        case .claim: guards.appendClaim(piece.value)
        case nil: return false
        }
        return true
    }

    private mutating func append(
        _ kind: PieceKind, _ value: UInt32, _ request: GuardedRequest,
        _ table: borrowing LoadedTable
    ) -> Bool {
        tables[requestTable].appendPart(
            kind, value, by: request.route, in: table, to: &guards.value)
    }

    /// What the client calls its request, or what it is called here.
    private mutating func appendRequestID(_ request: GuardedRequest) {
        guard request.head.requestID.isEmpty else {
            // SAFETY: nothing is read into the buffer while the span is in use.
            let received = unsafe piece(request.head.requestID.indices)
            return guards.value.append(unsafe RawSpan(_unsafeBytes: received))
        }
        let made = requestIdentifier()
        guards.value.append(made.bytes)
    }
}
