import TableFormat

/// What middlewares were told, for dumps. Cold: every call allocates.
extension LoadedTable {
    /// What a middleware was told, by the names of the configuration.
    ///
    /// - Parameter headerPolicies: Those that come of it, in the order of the chains that have it.
    func dump(
        of middleware: MiddlewareRecord, headerPolicies: [UInt32]
    ) -> [DumpValue.Field] {
        let kind = MiddlewareKind(rawValue: middleware.kind)
        if kind == .headers {
            return [("variants", .list(headerPolicies.map { dump(of: headerPolicy($0)) }))]
        }
        guard middleware.policy != .none else { return [] }
        switch kind {
        case .ipFilter: return dumpOfFilter(middleware.policy)
        case .rateLimit: return dump(of: rateLimit(middleware.policy))
        case .cors: return dump(of: corsPolicy(middleware.policy))
        case .dynamicRoute: return dump(of: dynamicRoute(middleware.policy))
        case .logging: return dump(of: loggingRules()[Int(middleware.policy)])
        case .webSocket, .eventStream, .auth, .headers, nil: return []
        }
    }

    /// The policies that come of each `headers`, by middleware: one for each way in which its placeholders are filled.
    func headerPolicies() -> [[UInt32]] {
        var result = [[UInt32]](repeating: [], count: Int(middlewareCount))
        for index in 0..<recordCount(of: .guardSteps) {
            let step: GuardStepRecord = record(index, of: .guardSteps)
            guard step.kind == MiddlewareKind.headers.rawValue else { continue }
            let place = Int(step.middleware)
            if !result[place].contains(step.policy) { result[place].append(step.policy) }
        }
        return result
    }

    private func dumpOfFilter(_ index: UInt32) -> [DumpValue.Field] {
        let filter = view.record(IPFilterRecord.self, .ipFilters, at: index)
        let verdicts = (0..<filter.verdictCount).map { place in
            view.record(
                AddressVerdictRecord.self, .addressVerdicts, at: filter.firstVerdict + place)
        }
        let ranges = verdicts.indices.map { place -> DumpValue in
            let first = ClientAddress(high: verdicts[place].high, low: verdicts[place].low)
            var last = ClientAddress(high: .max, low: .max)
            if place + 1 < verdicts.count {
                let next = verdicts[place + 1]
                let (low, borrows) = next.low.subtractingReportingOverflow(1)
                last = ClientAddress(high: borrows ? next.high &- 1 : next.high, low: low)
            }
            return .fields([
                ("from", .text(first.text)), ("to", .text(last.text)),
                ("admits", .boolean(verdicts[place].admits == 1)),
            ])
        }
        return [
            ("allow_count", DumpValue(filter.allowCount)),
            ("deny_count", DumpValue(filter.denyCount)), ("ranges", .list(ranges)),
        ]
    }

    private func dump(of limit: RateLimitRecord) -> [DumpValue.Field] {
        [
            ("requests_per_minute", DumpValue(limit.requestsPerMinute)),
            ("burst_size", DumpValue(limit.burst)),
            ("key", .text(keyText(limit.keyKind, limit.keyName, limit.claim))),
        ]
    }

    private func dump(of policy: CORSPolicyRecord) -> [DumpValue.Field] {
        func has(_ flag: UInt8) -> Bool { policy.flags & flag != 0 }
        let origins = (0..<policy.originCount).map { place in
            string(
                view.record(TextItemRecord.self, .textItems, at: policy.firstOrigin + place).text)
        }
        return [
            (
                "allowed_origins",
                .texts((has(CORSPolicyRecord.allowsAnyOrigin) ? ["*"] : []) + origins)
            ),
            ("allowed_methods", .text(string(policy.methods))),
            (
                "allowed_headers",
                has(CORSPolicyRecord.allowsAnyHeader)
                    ? .text("*") : DumpValue(policy.headers.isNone ? nil : string(policy.headers))
            ),
            ("allow_credentials", .boolean(has(CORSPolicyRecord.allowsCredentials))),
            ("max_age", DumpValue(policy.age.isNone ? nil : string(policy.age))),
        ]
    }

    private func dump(of policy: DynamicRouteRecord) -> [DumpValue.Field] {
        let choices = (0..<policy.choiceCount).map { place -> DumpValue in
            let choice = view.record(
                ServiceChoiceRecord.self, .serviceChoices, at: policy.firstChoice + place)
            return .fields([
                ("value", .text(string(choice.value))),
                ("service", .text(serviceName(choice.service))),
            ])
        }
        return [
            ("from", .text(keyText(policy.keyKind, policy.keyName, policy.claim))),
            ("services", .list(choices)),
            (
                "default",
                policy.defaultService == .none ? .none : .text(serviceName(policy.defaultService))
            ),
        ]
    }

    private func dump(of rule: LoggingRule) -> [DumpValue.Field] {
        let format =
            switch rule.format {
            case .usual: "usual"
            case .text: "text"
            case .json: "json"
            case .template(let text): text
            }
        let level =
            switch rule.level {
            case .any: "any"
            case .notInOrder: "not_in_order"
            case .failed: "failed"
            }
        return [("lines", .text(level)), ("format", .text(format)), ("output", .text(rule.output))]
    }

    private func dump(of policy: HeaderPolicyRecord) -> DumpValue {
        func changes(_ first: UInt32, _ count: UInt32) -> DumpValue {
            .list(
                (0..<count).map { place in
                    let change = headerChange(first + place)
                    let kind = HeaderChangeKind(rawValue: change.kind)
                    let value = (0..<change.pieceCount).map { valueText(change.firstPiece + $0) }
                    return .fields([
                        (
                            "change",
                            .text(kind == .set ? "set" : kind == .add ? "add" : "remove")
                        ),
                        ("name", .text(string(change.name))),
                        ("value", kind == .remove ? .none : .text(value.joined())),
                    ])
                })
        }
        return .fields([
            ("request", changes(policy.firstRequestChange, policy.requestChangeCount)),
            ("response", changes(policy.firstAnswerChange, policy.answerChangeCount)),
        ])
    }
}
