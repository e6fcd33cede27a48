import RouteTable
package import TestSupport
package import Validate

/// Makes random conditions, and requests that meet them.
package enum RandomConditions {
    package static func next(_ random: inout SeededGenerator) -> MatchConditions {
        var conditions = MatchConditions()
        if random.once(in: 4) {
            conditions.requestKind = random.one(of: [.http, .sse, .webSocket])
        }
        if random.once(in: 4) {
            conditions.methods = random.one(of: [["GET"], ["POST"], ["GET", "POST"], ["PURGE"]])
        }
        if random.once(in: 3) {
            conditions.headers = some(Vocabulary.headerNames, &random)
        }
        if random.once(in: 4) { conditions.query = some(Vocabulary.parameterNames, &random) }
        if random.once(in: 4) { conditions.cookies = some(Vocabulary.cookieNames, &random) }
        if random.once(in: 4) {
            conditions.clientAddresses = random.one(of: [
                [v4(10, 0, 0, 0, prefix: 8)], [v4(127, 0, 0, 1, prefix: 32)],
                [v4(0, 0, 0, 0, prefix: 0)],
                [v4(10, 128, 0, 0, prefix: 9), v4(192, 168, 0, 0, prefix: 16)],
                [
                    AddressRange(
                        address: [0x20, 1, 0xD, 0xB8] + Array(repeating: 0, count: 12),
                        prefixLength: 33)
                ],
                [AddressRange(address: Array(repeating: 0, count: 16), prefixLength: 0)],
            ])
        }
        return conditions
    }

    private static func v4(_ bytes: UInt8..., prefix: Int) -> AddressRange {
        AddressRange(
            address: Array(repeating: 0, count: 10) + [0xFF, 0xFF] + bytes,
            prefixLength: 96 + prefix)
    }

    private static func some(
        _ names: [String], _ random: inout SeededGenerator
    ) -> [MatchConditions.ValueCondition] {
        names.shuffled(using: &random).prefix(random.number(1...2)).map { name in
            .init(
                name: name,
                test: random.once(in: 3)
                    ? .regex(
                        source: random.one(of: Vocabulary.valueRegexes),
                        ignoresCase: random.once(in: 3))
                    : .equals(random.one(of: Vocabulary.values)))
        }
    }

    /// Changes `request` so that it probably meets `conditions`.
    package static func meet(
        _ conditions: MatchConditions, in request: inout OracleRequest,
        _ random: inout SeededGenerator
    ) {
        if let kind = conditions.requestKind {
            switch kind {
            case .http: request.requestProtocol = .http
            case .sse: request.requestProtocol = .sse
            case .webSocket: request.requestProtocol = .webSocket
            }
        }
        if let method = conditions.methods.randomElement(using: &random) { request.method = method }
        for condition in conditions.headers {
            request.headers.append(
                .init(
                    name: recased(condition.name, &random),
                    value: value(for: condition.test, &random)))
        }
        let pairs = conditions.query.map {
            encoded($0.name, &random) + "=" + encoded(value(for: $0.test, &random), &random)
        }
        if !pairs.isEmpty { request.query = pairs.joined(separator: "&") }
        let cookies = conditions.cookies.map { $0.name + "=" + value(for: $0.test, &random) }
        if !cookies.isEmpty {
            request.headers.append(.init(name: "Cookie", value: cookies.joined(separator: "; ")))
        }
        if let range = conditions.clientAddresses.randomElement(using: &random) {
            request.client = ClientAddress(
                high: range.address[..<8].reduce(0) { $0 << 8 | UInt64($1) },
                low: range.address[8...].reduce(0) { $0 << 8 | UInt64($1) })
        }
    }

    /// Adds headers, parameters and cookies that conditions may look at, in the odd forms clients
    /// send.
    package static func addNoise(to request: inout OracleRequest, _ random: inout SeededGenerator) {
        if random.once(in: 3) { request.method = random.one(of: Vocabulary.methods) }
        if random.once(in: 4) {
            request.requestProtocol = random.one(of: [.http, .sse, .webSocket])
        }
        for _ in 0..<random.number(0...2) {
            let name = recased(random.one(of: Vocabulary.headerNames), &random)
            request.headers.append(.init(name: name, value: random.one(of: Vocabulary.values)))
        }
        if random.once(in: 3) {
            let query = random.one(of: [
                "v=b", "v=%62", "V=b", "v", "v=", "&v=b&", "v=beta&v=b", "a+b=b", "a%20b=a+b", "=b",
                "v=b=c", "q=%zz", "q=%2", "v=be%74a;q=b", "v=Beta#x", "?v=b", "q=%2Bb", "v=%",
            ])
            request.query += request.query.isEmpty || random.once(in: 2) ? query : "&" + query
        }
        if random.once(in: 3) {
            let cookie = random.one(of: [
                "sid=b", "sid = b", "a=1;sid=beta", " sid=b ;env=prod", "sid", "sid=", "sid=b=c",
                "sid=\"b\"", ";;sid=b", "SID=b", "sid=%62", "env=a b; sid=beta2", "=b", "xsid=b",
            ])
            request.headers.append(.init(name: recased("Cookie", &random), value: trimmed(cookie)))
        }
        if random.once(in: 3) {
            request.client = random.one(of: [
                ClientAddress(ipv4: 0x0A01_0203), ClientAddress(ipv4: 0x0AFF_FFFF),
                ClientAddress(ipv4: 0x0B00_0000), ClientAddress(ipv4: 0xC0A8_0001),
                ClientAddress(high: 0x2001_0DB8_0000_0000, low: 1),
                ClientAddress(high: 0x2001_0DB8_8000_0000, low: 1),
                ClientAddress(high: 0, low: 0x0A01_0203), ClientAddress(high: 0, low: 1),
            ])
        }
    }

    /// The value of a field line has no white space around it when it reaches the matcher.
    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    private static func value(
        for test: MatchConditions.ValueTest, _ random: inout SeededGenerator
    ) -> String {
        switch test {
        case .equals(let value): value
        case .regex: random.one(of: ["b", "beta", "a", "prod", "b0a"])
        }
    }

    private static func recased(_ name: String, _ random: inout SeededGenerator) -> String {
        random.one(of: [name, name, name.uppercased(), name.lowercased()])
    }

    private static func encoded(_ text: String, _ random: inout SeededGenerator) -> String {
        text.utf8.map { byte in
            if byte == 0x20 { return random.one(of: ["+", "%20"]) }
            let digits = String(byte, radix: 16)
            return random.once(in: 4)
                ? "%" + (digits.count == 1 ? "0" : "") + digits
                : String(Character(Unicode.Scalar(byte)))
        }.joined()
    }
}
