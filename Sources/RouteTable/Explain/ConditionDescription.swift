/// One condition of a route, for people.
enum ConditionDescription {
    /// What a value must be.
    enum Test {
        case equals(String)
        case regex(source: String, ignoresCase: Bool)

        /// `= beta`, `~ ^b`
        var text: String {
            switch self {
            case .equals(let value): "= \(value)"
            case .regex(let source, let ignoresCase): (ignoresCase ? "~* " : "~ ") + source
            }
        }
    }

    case requestProtocol(RequestProtocol)
    case methods([String])
    case header(String, Test)
    case query(String, Test)
    case cookie(String, Test)
    /// CIDRs.
    case client([String])

    /// `method GET or POST`, `header x-env = beta`
    var text: String {
        switch self {
        case .requestProtocol(let wanted): "protocol \(wanted.word)"
        case .methods(let methods): "method \(methods.joined(separator: " or "))"
        case .header(let name, let test): "header \(name) \(test.text)"
        case .query(let name, let test): "query \(name) \(test.text)"
        case .cookie(let name, let test): "cookie \(name) \(test.text)"
        case .client(let ranges): "client \(ranges.joined(separator: " or "))"
        }
    }

    /// Why a request does not meet it: `the protocol is http, not websocket`.
    func refusal(of request: DescribedRequest) -> String {
        switch self {
        case .requestProtocol(let wanted):
            "the protocol is \(request.requestProtocol.word), not \(wanted.word)"
        case .methods(let methods):
            "the method is \(request.method), not \(methods.joined(separator: " or "))"
        case .header(let name, let test): "no header \(name) \(test.text)"
        case .query(let name, let test): "no query parameter \(name) \(test.text)"
        case .cookie(let name, let test): "no cookie \(name) \(test.text)"
        case .client(let ranges):
            "the client \(request.client.text) is not in \(ranges.joined(separator: " or "))"
        }
    }
}
