extension TableVerifier {
    /// Every step has a policy of its kind, and every policy holds what its step relies on.
    func checkGuards() throws(TableDamage) {
        for index in 0..<count(.guardSteps) {
            let step = view.record(GuardStepRecord.self, .guardSteps, at: index)
            guard let kind = MiddlewareKind(rawValue: step.kind), kind.isGuard,
                let section = kind.policySection
            else { throw .invalidRecord(section: .guardSteps, record: Int(index)) }
            try require(
                step.policy < count(section) && step.middleware < count(.middlewares),
                .guardSteps, index)
            let middleware = view.record(
                MiddlewareRecord.self, .middlewares, at: step.middleware)
            // What is prepared for a middleware is found by its number.
            try require(
                middleware.kind == step.kind
                    && (middleware.policy == step.policy || kind == .headers),
                .guardSteps, index)
        }
        try checkIPFilters()
        try checkHeaderPolicies()
        try checkCORSPolicies()
        try checkRateLimits()
        try checkDynamicRoutes()
        for kind in [SectionKind.textItems, .claimNames] {
            for index in 0..<count(kind) {
                let item = view.record(TextItemRecord.self, kind, at: index)
                try require(isText(item.text), kind, index)
            }
        }
        try require(Int(count(.claimNames)) <= TableLimits.claimCountMax, .claimNames, 0)
    }

    /// There is a verdict for each address. Without an order the search still ends, with some verdict.
    private func checkIPFilters() throws(TableDamage) {
        for index in 0..<count(.ipFilters) {
            let filter = view.record(IPFilterRecord.self, .ipFilters, at: index)
            try require(
                filter.verdictCount > 0
                    && isInside(filter.firstVerdict, filter.verdictCount, .addressVerdicts),
                .ipFilters, index)
            let first = view.record(
                AddressVerdictRecord.self, .addressVerdicts, at: filter.firstVerdict)
            try require(first.high == 0 && first.low == 0, .ipFilters, index)
        }
        for index in 0..<count(.addressVerdicts) {
            let verdict = view.record(AddressVerdictRecord.self, .addressVerdicts, at: index)
            try require(verdict.admits <= 1, .addressVerdicts, index)
        }
    }

    private func checkHeaderPolicies() throws(TableDamage) {
        for index in 0..<count(.headerPolicies) {
            let policy = view.record(HeaderPolicyRecord.self, .headerPolicies, at: index)
            try require(
                isInside(policy.firstRequestChange, policy.requestChangeCount, .headerChanges)
                    && isInside(policy.firstAnswerChange, policy.answerChangeCount, .headerChanges),
                .headerPolicies, index)
        }
        for index in 0..<count(.headerChanges) {
            let change = view.record(HeaderChangeRecord.self, .headerChanges, at: index)
            try require(
                HeaderChangeKind(rawValue: change.kind) != nil && isText(change.name)
                    && change.name.byteCount > 0
                    && isInside(change.firstPiece, change.pieceCount, .valuePieces),
                .headerChanges, index)
        }
        for index in 0..<count(.valuePieces) {
            let piece = view.record(ValuePieceRecord.self, .valuePieces, at: index)
            let isValid =
                switch ValuePieceKind(rawValue: piece.kind) {
                case .literal: isText(piece.value, piece.byteCount)
                case .claim: piece.value < count(.claimNames)
                case .host, .path, .segment, .rest, .routeGroup, .hostGroup, .clientAddress,
                    .requestID:
                    true
                case nil: false
                }
            try require(isValid, .valuePieces, index)
        }
    }

    private func checkCORSPolicies() throws(TableDamage) {
        for index in 0..<count(.corsPolicies) {
            let policy = view.record(CORSPolicyRecord.self, .corsPolicies, at: index)
            let known =
                CORSPolicyRecord.allowsCredentials | CORSPolicyRecord.allowsAnyOrigin
                | CORSPolicyRecord.allowsAnyHeader
            try require(
                isInside(policy.firstOrigin, policy.originCount, .textItems)
                    && isText(policy.methods) && isTextOrNone(policy.headers)
                    && isTextOrNone(policy.age) && policy.flags & ~known == 0,
                .corsPolicies, index)
        }
    }

    private func checkRateLimits() throws(TableDamage) {
        for index in 0..<count(.rateLimits) {
            let limit = view.record(RateLimitRecord.self, .rateLimits, at: index)
            try require(
                isKey(limit.keyKind, limit.keyName, claim: limit.claim)
                    && limit.requestsPerMinute > 0 && limit.burst > 0,
                .rateLimits, index)
        }
    }

    private func checkDynamicRoutes() throws(TableDamage) {
        for index in 0..<count(.dynamicRoutes) {
            let route = view.record(DynamicRouteRecord.self, .dynamicRoutes, at: index)
            try require(
                isKey(route.keyKind, route.keyName, claim: route.claim)
                    && isInside(route.firstChoice, route.choiceCount, .serviceChoices)
                    && isIndexOrNone(route.defaultService, .services),
                .dynamicRoutes, index)
        }
        for index in 0..<count(.serviceChoices) {
            let choice = view.record(ServiceChoiceRecord.self, .serviceChoices, at: index)
            try require(
                isText(choice.value) && choice.service < count(.services), .serviceChoices, index)
        }
    }

    /// Whether a part of a request is named as its kind wants it.
    private func isKey(_ kind: UInt8, _ name: TextReference, claim: UInt32) -> Bool {
        switch RequestKeyKind(rawValue: kind) {
        case .clientAddress: name.isNone && claim == .none
        case .header, .cookie, .query:
            !name.isNone && isText(name) && name.byteCount > 0 && claim == .none
        case .claim: name.isNone && claim < count(.claimNames)
        case nil: false
        }
    }
}
