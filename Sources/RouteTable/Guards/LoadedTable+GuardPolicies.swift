package import TableFormat

/// What guards were told. Indices come from the table, which was verified.
extension LoadedTable {
    /// What a `headers` does.
    package func headerPolicy(_ index: UInt32) -> HeaderPolicyRecord {
        view.record(HeaderPolicyRecord.self, .headerPolicies, at: index)
    }

    /// One change of a `headers`.
    package func headerChange(_ index: UInt32) -> HeaderChangeRecord {
        view.record(HeaderChangeRecord.self, .headerChanges, at: index)
    }

    /// One piece of a value.
    package func valuePiece(_ index: UInt32) -> ValuePieceRecord {
        view.record(ValuePieceRecord.self, .valuePieces, at: index)
    }

    /// What a `cors` was told.
    package func corsPolicy(_ index: UInt32) -> CORSPolicyRecord {
        view.record(CORSPolicyRecord.self, .corsPolicies, at: index)
    }

    /// What a `rate_limit` was told.
    package func rateLimit(_ index: UInt32) -> RateLimitRecord {
        view.record(RateLimitRecord.self, .rateLimits, at: index)
    }

    /// What a `dynamic_route` was told.
    package func dynamicRoute(_ index: UInt32) -> DynamicRouteRecord {
        view.record(DynamicRouteRecord.self, .dynamicRoutes, at: index)
    }

    /// A text that a policy refers to; of none, no bytes.
    @_lifetime(borrow self)
    package func policyText(_ reference: TextReference) -> RawSpan {
        // SAFETY: the text lies in the memory that this value owns.
        let bytes = unsafe view.text(reference)
        return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }

    /// One text of a list.
    @_lifetime(borrow self)
    package func textItem(_ index: UInt32) -> RawSpan {
        policyText(view.record(TextItemRecord.self, .textItems, at: index).text)
    }

    /// Names of the claims that guards look at, by their index; dots lead into objects.
    package var claimNames: [[UInt8]] {
        (0..<UInt32(view.count(of: .claimNames))).map { index in
            let item = view.record(TextItemRecord.self, .claimNames, at: index)
            // SAFETY: the text lies in the memory that this value owns.
            return unsafe Array(view.text(item.text))
        }
    }

    /// The service that a `dynamic_route` picks for a value; nil if it names none for it.
    ///
    /// - Complexity: O(log *n*) for *n* values.
    package func service(for value: RawSpan, by policy: UInt32) -> ServiceIndex? {
        let record = dynamicRoute(policy)
        var low: UInt32 = 0
        var high = record.choiceCount
        while low < high {
            let middle = low + (high - low) / 2
            let choice = view.record(
                ServiceChoiceRecord.self, .serviceChoices, at: record.firstChoice + middle)
            switch Self.order(of: policyText(choice.value), value) {
            case 0: return ServiceIndex(choice.service)
            case ..<0: low = middle + 1
            default: high = middle
            }
        }
        return record.defaultService == .none ? nil : ServiceIndex(record.defaultService)
    }

    /// Negative if `left` comes before `right`, byte by byte.
    private static func order(of left: RawSpan, _ right: RawSpan) -> Int {
        for index in 0..<min(left.byteCount, right.byteCount) {
            // SAFETY: the loads check their offset; any byte is a UInt8.
            let first = unsafe left.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            let second = unsafe right.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            if first != second { return first < second ? -1 : 1 }
        }
        return left.byteCount - right.byteCount
    }
}

/// For what is made of a table once.
extension LoadedTable {
    /// Number of middlewares.
    package var middlewareCount: UInt32 { UInt32(view.count(of: .middlewares)) }

    /// Number of policies of `dynamic_route`.
    package var dynamicRouteCount: UInt32 { UInt32(view.count(of: .dynamicRoutes)) }

    /// One middleware.
    package func middlewareRecord(_ index: UInt32) -> MiddlewareRecord {
        view.record(MiddlewareRecord.self, .middlewares, at: index)
    }

    /// A copy of a text that a policy refers to.
    package func policyBytes(_ reference: TextReference) -> [UInt8] {
        // SAFETY: the text lies in the memory that this value owns.
        unsafe Array(view.text(reference))
    }
}
