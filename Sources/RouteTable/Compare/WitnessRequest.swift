/// Makes requests that meet conditions.
enum WitnessRequest {
    /// What may vary where the conditions leave it open.
    private struct Freedom {
        var method = "GET"
        var requestProtocol = RequestProtocol.http
        var client = ClientAddress(ipv4: 0x7F00_0001)
    }

    private static let freedoms = [
        Freedom(), Freedom(requestProtocol: .webSocket), Freedom(requestProtocol: .sse),
        Freedom(method: "POST"), Freedom(method: "DELETE"), Freedom(method: "PATCH"),
        Freedom(client: ClientAddress(ipv4: 0xC000_0207)),
        Freedom(client: ClientAddress(high: 0x2001_0DB8_0000_0000, low: 7)),
    ]

    static let variantCount = freedoms.count

    /// - Returns: nil if no text could be made for one of the conditions.
    static func make(
        host: String, path: String, conditions: [ConditionDescription], variant: Int
    ) -> DescribedRequest? {
        var freedom = freedoms[variant]
        var headers: [DescribedRequest.Header] = []
        var query: [String] = []
        var cookies: [String] = []
        for condition in conditions {
            switch condition {
            case .requestProtocol(let wanted): freedom.requestProtocol = wanted
            case .methods(let methods):
                guard !methods.isEmpty else { return nil }
                freedom.method = methods[variant % methods.count]
            case .client(let ranges):
                guard !ranges.isEmpty else { return nil }
                let range = ranges[variant % ranges.count].prefix { $0 != "/" }
                guard let address = ClientAddress(text: String(range)) else { return nil }
                freedom.client = address
            case .header(let name, let test):
                guard let value = text(meeting: test, variant) else { return nil }
                headers.append(.init(name: name, value: value))
            case .query(let name, let test):
                guard let value = text(meeting: test, variant) else { return nil }
                query.append("\(escaped(name))=\(escaped(value))")
            case .cookie(let name, let test):
                guard let value = text(meeting: test, variant) else { return nil }
                cookies.append("\(name)=\(value)")
            }
        }
        if !cookies.isEmpty {
            headers.append(.init(name: "cookie", value: cookies.joined(separator: "; ")))
        }
        let isEventStream = freedom.requestProtocol == .sse
        if isEventStream, !headers.contains(where: { $0.name.lowercased() == "accept" }) {
            headers.append(.init(name: "accept", value: "text/event-stream"))
        }
        let scheme = freedom.requestProtocol == .webSocket ? "ws" : "http"
        let search = query.isEmpty ? "" : "?" + query.joined(separator: "&")
        let request = try? DescribedRequest(
            method: freedom.method, url: "\(scheme)://\(host)\(path)\(search)", headers: headers,
            client: freedom.client)
        return request?.refusedHandshake == nil ? request : nil
    }

    private static func text(
        meeting test: ConditionDescription.Test, _ variant: Int
    ) -> String? {
        switch test {
        case .equals(let value): value
        case .regex(let source, _): RegexSample.make(of: source, variant: variant)
        }
    }

    /// The text with all but unreserved bytes as escapes.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isUnreserved =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || "-._~".utf8.contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            return isUnreserved
                ? String(decoding: [byte], as: UTF8.self)
                : "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
