import TableFormat

extension LoadedTable {
    /// The steps of a program, in the order in which requests take them.
    func guardDescriptions(
        of program: GuardProgram, client: ClientAddress
    ) -> [GuardDescription] {
        (0..<program.count).map { place in
            let step = guardStep(place, of: program)
            let middleware = middlewareRecord(step.middleware)
            return GuardDescription(
                name: string(middleware.name), type: string(middleware.typeName),
                text: text(of: step, client: client))
        }
    }

    private func text(of step: GuardStep, client: ClientAddress) -> String {
        switch step.kind {
        case .ipFilter:
            admits(client, by: step.policy)
                ? "lets \(client.text) in" : "refuses \(client.text) with 403"
        case .headers: headersText(headerPolicy(step.policy))
        case .cors: corsText(corsPolicy(step.policy))
        case .rateLimit:
            {
                let limit = rateLimit(step.policy)
                let key = keyText(limit.keyKind, limit.keyName, limit.claim)
                return "\(limit.requestsPerMinute) a minute, \(limit.burst) at once, by \(key)"
            }()
        case .dynamicRoute: dynamicText(dynamicRoute(step.policy))
        case .webSocket, .eventStream, .auth, .logging: "runs"
        }
    }

    func keyText(_ kind: UInt8, _ name: TextReference, _ claim: UInt32) -> String {
        switch RequestKeyKind(rawValue: kind) {
        case .header: "header:\(string(name))"
        case .cookie: "cookie:\(string(name))"
        case .query: "query:\(string(name))"
        case .claim: "claim:\(claimText(claim))"
        case .clientAddress, nil: "client_ip"
        }
    }

    private func claimText(_ index: UInt32) -> String {
        String(decoding: claimNames[Int(index)], as: UTF8.self)
    }

    private func dynamicText(_ policy: DynamicRouteRecord) -> String {
        let choices = (0..<policy.choiceCount).map { place -> String in
            let choice = view.record(
                ServiceChoiceRecord.self, .serviceChoices, at: policy.firstChoice + place)
            return "\(string(choice.value)) to \(serviceName(choice.service))"
        }
        let other =
            policy.defaultService == .none
            ? "others stay" : "others to \(serviceName(policy.defaultService))"
        let key = keyText(policy.keyKind, policy.keyName, policy.claim)
        return "by \(key): " + (choices + [other]).joined(separator: ", ")
    }

    private func corsText(_ policy: CORSPolicyRecord) -> String {
        let isAny = policy.flags & CORSPolicyRecord.allowsAnyOrigin != 0
        let origins = (0..<policy.originCount).map { place in
            let item = view.record(
                TextItemRecord.self, .textItems, at: policy.firstOrigin + place)
            return string(item.text)
        }
        let list = isAny ? ["any origin"] : origins.isEmpty ? ["no origin"] : origins
        let credentials =
            policy.flags & CORSPolicyRecord.allowsCredentials != 0 ? ", with credentials" : ""
        return "pages of \(list.joined(separator: " ")) by \(string(policy.methods))\(credentials)"
    }

    private func headersText(_ policy: HeaderPolicyRecord) -> String {
        func changes(_ first: UInt32, _ count: UInt32) -> String {
            (0..<count).map { place in
                let change = headerChange(first + place)
                let name = string(change.name)
                let value = (0..<change.pieceCount).map { valueText(change.firstPiece + $0) }
                return switch HeaderChangeKind(rawValue: change.kind) {
                case .set: "\(name) = \(value.joined())"
                case .add: "\(name) + \(value.joined())"
                case .remove, nil: "no \(name)"
                }
            }.joined(separator: ", ")
        }
        let parts = [
            ("request", changes(policy.firstRequestChange, policy.requestChangeCount)),
            ("answer", changes(policy.firstAnswerChange, policy.answerChangeCount)),
        ]
        return parts.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }.joined(separator: "; ")
    }

    func valueText(_ index: UInt32) -> String {
        let piece = valuePiece(index)
        return switch ValuePieceKind(rawValue: piece.kind) {
        case .literal:
            string(TextReference(offset: piece.value, byteCount: piece.byteCount))
        case .host: "{host}"
        case .path: "{path}"
        case .clientAddress: "{client_ip}"
        case .requestID: "{request_id}"
        case .claim: "{claim.\(claimText(piece.value))}"
        case .segment: "{segment \(piece.value + 1)}"
        case .rest: "{path from segment \(piece.value + 1)}"
        case .routeGroup: "{group \(piece.value)}"
        case .hostGroup: "{host group \(piece.value)}"
        case nil: "?"
        }
    }
}
