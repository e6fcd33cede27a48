import TableFormat

/// What the `dynamic_route`s of a chain make of where a request goes, as the proxy does.
struct ServicePick {
    /// The service that takes the place of the route's; nil where that stays.
    private(set) var service: ServiceIndex?
    /// The middleware that picked it.
    private(set) var middleware: String?
    /// Where a claim of the token may lead to, which is not known here.
    private(set) var possible: [ServiceIndex] = []
    /// The middleware that looks at it.
    private(set) var claimReader: String?

    init(
        _ program: GuardProgram, _ request: DescribedRequest, _ matcher: inout Matcher,
        in table: borrowing LoadedTable
    ) {
        for place in 0..<program.count {
            let step = table.guardStep(place, of: program)
            guard step.kind == .dynamicRoute else { continue }
            let name = table.string(table.middlewareRecord(step.middleware).name)
            let record = table.dynamicRoute(step.policy)
            let key = table.policyBytes(record.keyName)
            let picked: ServiceIndex?
            switch RequestKeyKind(rawValue: record.keyKind) {
            case .header:
                picked = Self.service(for: request.firstField(key), by: step.policy, in: table)
            case .cookie:
                picked = Self.service(for: request.firstCookie(key), by: step.policy, in: table)
            case .query:
                let query = Array(request.query.utf8)
                // SAFETY: bytes have no padding; the array outlives the call, which keeps nothing of it.
                picked = unsafe matcher.service(
                    forParameter: key, of: query.span.bytes, by: step.policy, in: table)
            case .claim:
                claimReader = name
                // With a `default` it picks in any case, so what was picked before does not count any more.
                if record.defaultService != .none { possible = [] }
                for choice in 0..<record.choiceCount {
                    let place = record.firstChoice + choice
                    possible.append(table.chosenService(place))
                }
                picked = Self.service(for: [], by: step.policy, in: table)
            case .clientAddress, nil: continue
            }
            guard let picked else { continue }
            service = picked
            middleware = name
            // What was picked before does not count any more.
            if RequestKeyKind(rawValue: record.keyKind) != .claim {
                possible = []
                claimReader = nil
            }
        }
    }

    private static func service(
        for value: [UInt8], by policy: UInt32, in table: borrowing LoadedTable
    ) -> ServiceIndex? {
        // SAFETY: bytes have no padding; the view is used while the array lives.
        unsafe table.service(for: value.span.bytes, by: policy)
    }
}

extension LoadedTable {
    fileprivate func chosenService(_ place: UInt32) -> ServiceIndex {
        ServiceIndex(view.record(ServiceChoiceRecord.self, .serviceChoices, at: place).service)
    }
}

extension DescribedRequest {
    /// The value of the first field of this name, which is in lower case; empty where there is none.
    fileprivate func firstField(_ name: [UInt8]) -> [UInt8] {
        let wanted = String(decoding: name, as: UTF8.self)
        let header = sentHeaders.first { $0.name.lowercased() == wanted }
        return Array((header?.value ?? "").utf8)
    }

    /// The value of the first cookie of this name (RFC 6265, 4.2); empty where there is none.
    fileprivate func firstCookie(_ name: [UInt8]) -> [UInt8] {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        for header in sentHeaders where header.name.lowercased() == "cookie" {
            for part in header.value.utf8.split(separator: UInt8(ascii: ";")) {
                let pair = part.drop(while: isBlank)
                guard pair.starts(with: name + [UInt8(ascii: "=")]) else { continue }
                var value = Array(pair.dropFirst(name.count + 1))
                while let last = value.last, isBlank(last) { value.removeLast() }
                return value
            }
        }
        return []
    }
}
