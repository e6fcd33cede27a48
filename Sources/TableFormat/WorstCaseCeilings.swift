/// How much of one request an operator allows at most. A table that states more is neither written nor
/// loaded: it would be slow, not wrong.
package struct WorstCaseCeilings: Equatable, Sendable {
    /// One ceiling: what it is called, and what it bounds.
    package enum Kind: String, CaseIterable, Sendable {
        /// Regexes that are run, those of hosts and those of routes each.
        case regexCandidates = "max-regex-candidates"
        /// Probes of all hashes and nodes of tries.
        case probes = "max-probes"
        /// Routes, addresses and targets that are looked at.
        case checks = "max-checks"
        /// States of the automaton that are looked at.
        case scannedStates = "max-scan-steps"

        /// What is counted, for a message: "16384 regexes".
        package var unit: String {
            switch self {
            case .regexCandidates: "regexes"
            case .probes: "probes"
            case .checks: "checks of routes, addresses and targets"
            case .scannedStates: "steps of scanning for literals"
            }
        }
    }

    /// What is above its ceiling.
    package struct Excess: Equatable, Sendable {
        package let kind: Kind
        package let count: UInt32
        package let ceiling: UInt32

        package init(kind: Kind, count: UInt32, ceiling: UInt32) {
            self.kind = kind
            self.count = count
            self.ceiling = ceiling
        }

        /// One sentence for the user.
        package var message: String {
            "one request may take \(count) \(kind.unit); at most \(ceiling) are allowed "
                + "(--\(kind.rawValue))"
        }
    }

    private var values: [UInt32]

    /// What holds where nobody says otherwise.
    package static var standard: WorstCaseCeilings {
        WorstCaseCeilings([16_384, 262_144, 262_144, 1_048_576])
    }

    /// For programs that report on a table and serve nobody.
    package static var unlimited: WorstCaseCeilings {
        WorstCaseCeilings([UInt32](repeating: .max, count: Kind.allCases.count))
    }

    private init(_ values: [UInt32]) { self.values = values }

    package subscript(kind: Kind) -> UInt32 {
        get { values[Self.place(of: kind)] }
        set { values[Self.place(of: kind)] = newValue }
    }

    private static func place(of kind: Kind) -> Int {
        switch kind {
        case .regexCandidates: 0
        case .probes: 1
        case .checks: 2
        case .scannedStates: 3
        }
    }

    /// The first of a worst case's numbers that is above its ceiling, or nil.
    package func excess(of worstCase: WorstCase) -> Excess? {
        for kind in Kind.allCases where worstCase.count(of: kind) > self[kind] {
            return Excess(kind: kind, count: worstCase.count(of: kind), ceiling: self[kind])
        }
        return nil
    }
}

extension WorstCase {
    /// The number that a ceiling bounds.
    package func count(of kind: WorstCaseCeilings.Kind) -> UInt32 {
        switch kind {
        case .regexCandidates: max(hostRegexes, routeRegexes)
        case .probes: UInt32(clamping: UInt64(hostProbes) + UInt64(pathProbes))
        case .checks: routeChecks
        case .scannedStates: automatonSteps
        }
    }
}
