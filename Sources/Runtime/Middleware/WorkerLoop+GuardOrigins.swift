import RouteTable
import TableFormat

/// `cors`: which pages of other sites may read the answers (Fetch, 3.2).
extension WorkerLoop {
    mutating func checkOrigin(
        _ step: GuardStep, _ request: GuardedRequest, _ table: borrowing LoadedTable
    ) -> GuardVerdict {
        let policy = table.corsPolicy(step.policy)
        let allowsAny = policy.flags & CORSPolicyRecord.allowsAnyOrigin != 0
        // What the upstream says of other sites would be a second opinion.
        guards.answer(.removePrefix, "Access-Control-", RawSpan())
        if !allowsAny { guards.answer(.addListItem, "Vary", Self.text("Origin")) }
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<request.end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        guard let origin = onlyField("origin", in: bytes) else { return .pass }
        let isPreflight =
            request.head.method == .options
            && onlyField("access-control-request-method", in: bytes) != nil
        guard allowsAny || isListed(bytes.octets(origin), policy, table) else {
            return isPreflight ? .answer(Self.otherOrigin(request)) : .pass
        }
        guards.answer(
            .set, "Access-Control-Allow-Origin",
            allowsAny ? Self.text("*") : bytes.octets(origin))
        if policy.flags & CORSPolicyRecord.allowsCredentials != 0 {
            guards.answer(.set, "Access-Control-Allow-Credentials", Self.text("true"))
        }
        guard isPreflight else { return .pass }
        guards.answer(.set, "Access-Control-Allow-Methods", table.policyText(policy.methods))
        allowHeaders(policy, bytes, table)
        guards.answer(.set, "Access-Control-Max-Age", table.policyText(policy.age))
        return .answer(.preflight(request.route))
    }

    private mutating func allowHeaders(
        _ policy: CORSPolicyRecord, _ bytes: RawSpan, _ table: borrowing LoadedTable
    ) {
        guard policy.flags & CORSPolicyRecord.allowsAnyHeader != 0 else {
            return guards.answer(
                .set, "Access-Control-Allow-Headers", table.policyText(policy.headers))
        }
        // With credentials `*` would be a name like any other, so what was asked for is repeated.
        guards.answer(.addListItem, "Vary", Self.text("Access-Control-Request-Headers"))
        if let asked = onlyField("access-control-request-headers", in: bytes) {
            guards.answer(.set, "Access-Control-Allow-Headers", bytes.octets(asked))
        }
    }

    private mutating func isListed(
        _ origin: RawSpan, _ policy: CORSPolicyRecord, _ table: borrowing LoadedTable
    ) -> Bool {
        for place in 0..<policy.originCount
        where OriginMatch.holds(table.textItem(policy.firstOrigin + place), origin) {
            return true
        }
        return false
    }

    /// The value of a field that the request has once. Two could be read as either.
    private mutating func onlyField(_ name: StaticString, in bytes: RawSpan) -> ByteRange? {
        var found: ByteRange?
        for index in 0..<fields.count
        where bytes.equalsIgnoringCase(fields[index].name, name) {
            guard found == nil else { return nil }
            found = fields[index].value
        }
        return found
    }

    private static func otherOrigin(_ request: GuardedRequest) -> LocalAnswer {
        .refused(
            GuardRefusal(
                status: .forbidden, reason: "pages of this origin may not ask",
                fault: .originRefused, route: request.route))
    }

    @_lifetime(immortal)
    private static func text(_ text: StaticString) -> RawSpan { text.octets }
}
