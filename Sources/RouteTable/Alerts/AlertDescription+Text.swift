extension AlertDescription {
    /// Whether another alert says the same: it may stand elsewhere.
    package func isSame(as other: AlertDescription) -> Bool {
        var moved = other
        moved.place = place
        return self == moved
    }

    /// The threshold as people write it: `5%`, `250ms`, `1000`.
    package var thresholdText: String { text(of: threshold) }

    /// A value of the metric as people write it.
    package func text(of value: UInt64) -> String {
        switch metric {
        case .connections: "\(value)"
        case .errorRate: "\(Self.decimal(value, unitsInOne: 10_000))%"
        case .latency: "\(Self.decimal(value, unitsInOne: 1_000))ms"
        }
    }

    /// The route that is meant, if it is one.
    package var routeName: String? {
        if case .route(let name) = subject { name } else { nil }
    }

    /// The service that is meant, if it is one.
    package var serviceName: String? {
        if case .service(let name) = subject { name } else { nil }
    }

    /// What is compared, in words: `the share of errors of the route chat`.
    package var what: String {
        let measured =
            switch metric {
            case .connections: counted
            case .errorRate: "the share of errors"
            case .latency: "the \(quantilePercent)th percentile of the time"
            }
        return switch subject {
        case .all: "\(measured) in all"
        case .route(let name): "\(measured) of the route \(name)"
        case .service(let name): "\(measured) of the service \(name)"
        }
    }

    private var counted: String {
        switch subject {
        case .all: "the number of connected clients"
        case .route: "the number of open streams"
        case .service: "the number of requests under way"
        }
    }

    /// `value` divided by a power of ten, without zeros at its end.
    static func decimal(_ value: UInt64, unitsInOne: UInt64) -> String {
        let (whole, part) = value.quotientAndRemainder(dividingBy: unitsInOne)
        guard part > 0 else { return "\(whole)" }
        let digits = String(unitsInOne + part).dropFirst()
        let end = digits.lastIndex { $0 != "0" } ?? digits.startIndex
        return "\(whole).\(digits[...end])"
    }
}
