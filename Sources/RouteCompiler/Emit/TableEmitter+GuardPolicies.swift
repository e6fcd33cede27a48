import TableFormat
import Validate

/// What guards were told.
extension TableEmitter {
    mutating func emit(_ policy: IPFilterPolicy) -> UInt32 {
        let verdicts = AddressVerdicts.verdicts(of: policy).map { verdict in
            var record = AddressVerdictRecord()
            record.high = UInt64(truncatingIfNeeded: verdict.first >> 64)
            record.low = UInt64(truncatingIfNeeded: verdict.first)
            record.admits = verdict.admits ? 1 : 0
            return record
        }
        var record = IPFilterRecord()
        record.firstVerdict = verdictRuns.add(verdicts, to: .addressVerdicts, in: &sections)
        record.verdictCount = UInt32(verdicts.count)
        record.allowCount = UInt32(policy.allow.count)
        record.denyCount = UInt32(policy.deny.count)
        return ipFilterRuns.add([record], to: .ipFilters, in: &sections)
    }

    mutating func emit(_ policy: RateLimitPolicy) -> UInt32 {
        var record = RateLimitRecord()
        let key = keyRecord(of: policy.key)
        record.keyKind = key.kind.rawValue
        record.keyName = key.name
        record.claim = key.claim
        record.requestsPerMinute = policy.requestsPerMinute
        record.burst = policy.burstSize ?? policy.requestsPerMinute
        return rateLimitRuns.add([record], to: .rateLimits, in: &sections)
    }

    mutating func emit(_ policy: DynamicRoutePolicy) -> UInt32 {
        var record = DynamicRouteRecord()
        let key = keyRecord(of: policy.from)
        record.keyKind = key.kind.rawValue
        record.keyName = key.name
        record.claim = key.claim
        record.defaultService = policy.defaultService.map { UInt32($0) } ?? .none
        // Searched by halves, byte by byte.
        let sorted = policy.choices.sorted { left, right in
            left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
        }
        let choices = sorted.map { choice in
            var record = ServiceChoiceRecord()
            record.value = sections.add(choice.value)
            record.service = UInt32(choice.service)
            return record
        }
        record.firstChoice = choiceRuns.add(choices, to: .serviceChoices, in: &sections)
        record.choiceCount = UInt32(choices.count)
        return dynamicRouteRuns.add([record], to: .dynamicRoutes, in: &sections)
    }

    mutating func emit(_ policy: CORSPolicy) -> UInt32 {
        var record = CORSPolicyRecord()
        let origins = policy.allowedOrigins.filter { $0 != "*" }.map(Self.browserOrigin(_:))
        (record.firstOrigin, record.originCount) = emit(origins)
        let methods =
            policy.allowedMethods.isEmpty ? Defaults.corsMethods : policy.allowedMethods
        record.methods = sections.add(methods.joined(separator: ", "))
        let headers = policy.allowedHeaders.filter { $0 != "*" }
        if !headers.isEmpty { record.headers = sections.add(headers.joined(separator: ", ")) }
        record.age = sections.add(policy.ageMillisecondsMax.map { String($0 / 1_000) })
        if policy.allowsCredentials { record.flags |= CORSPolicyRecord.allowsCredentials }
        if policy.allowedOrigins.contains("*") {
            record.flags |= CORSPolicyRecord.allowsAnyOrigin
        }
        if policy.allowedHeaders.contains("*") {
            record.flags |= CORSPolicyRecord.allowsAnyHeader
        }
        return corsRuns.add([record], to: .corsPolicies, in: &sections)
    }

    /// An origin as browsers write it: without the port that its scheme has anyway.
    private static func browserOrigin(_ origin: String) -> String {
        for (scheme, port) in [("https://", ":443"), ("http://", ":80")]
        where origin.hasPrefix(scheme) && origin.hasSuffix(port) {
            return String(origin.dropLast(port.utf8.count))
        }
        return origin
    }

    /// What a guard looks at, as the table has it.
    private mutating func keyRecord(
        of key: RequestKey
    ) -> (kind: RequestKeyKind, name: TextReference, claim: UInt32) {
        switch key {
        case .clientIP: (.clientAddress, .none, .none)
        case .header(let name): (.header, sections.add(name), .none)
        case .cookie(let name): (.cookie, sections.add(name), .none)
        case .query(let name): (.query, sections.add(name), .none)
        case .claim(let name): (.claim, .none, claimIndex(name))
        case .capture, .subprotocol:
            preconditionFailure("no guard looks at a part of this kind")
        }
    }

    /// The index of a claim in the list of all that guards look at.
    mutating func claimIndex(_ name: String) -> UInt32 {
        if let index = claimIndices[name] { return index }
        var record = TextItemRecord()
        record.text = sections.add(name)
        let index = sections.append(record, to: .claimNames)
        claimIndices[name] = index
        if claimIndices.count == TableLimits.claimCountMax + 1 {
            problems.append(CompileProblem(.tooManyClaims, at: nil))
        }
        return index
    }
}
