import Arguments
import TableFormat

extension CommandOption {
    /// What one request may cost at most, for the commands that make a table.
    static let ceilings: [CommandOption] = WorstCaseCeilings.Kind.allCases.map { kind in
        .value(
            kind.rawValue, "N",
            "Refuse a table where one request may take more \(kind.unit) "
                + "(default: \(WorstCaseCeilings.standard[kind])).")
    }
}

extension ParsedArguments {
    /// The ceilings that the command line sets.
    func ceilings() throws(UsageError) -> WorstCaseCeilings {
        var ceilings = WorstCaseCeilings.standard
        for kind in WorstCaseCeilings.Kind.allCases {
            guard let count = try integer(kind.rawValue, in: 0...Int(UInt32.max)) else { continue }
            ceilings[kind] = UInt32(count)
        }
        return ceilings
    }
}
