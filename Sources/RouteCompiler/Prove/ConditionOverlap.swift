import Validate

/// How the conditions of two routes lie to each other.
enum ConditionOverlap {
    /// Whether an ordinary request may meet both.
    static func mayMeet(_ left: MatchConditions, _ right: MatchConditions) -> Bool {
        if let first = left.requestKind, let second = right.requestKind, first != second {
            return false
        }
        if !left.methods.isEmpty, !right.methods.isEmpty,
            Set(left.methods).isDisjoint(with: right.methods)
        {
            return false
        }
        if !left.clientAddresses.isEmpty, !right.clientAddresses.isEmpty,
            ClientSet(left.clientAddresses).first(inside: ClientSet(right.clientAddresses)) == nil
        {
            return false
        }
        return agree(left.headers, right.headers) && agree(left.query, right.query)
            && agree(left.cookies, right.cookies)
    }

    /// No two of them want different values of one thing.
    private static func agree(
        _ left: [MatchConditions.ValueCondition], _ right: [MatchConditions.ValueCondition]
    ) -> Bool {
        left.allSatisfy { first in
            right.allSatisfy { second in
                guard first.name == second.name, case .equals(let one) = first.test,
                    case .equals(let other) = second.test
                else { return true }
                return one == other
            }
        }
    }

    /// Whether all that meets `narrow` meets `wide`, as far as it is plain.
    static func implies(_ narrow: MatchConditions, _ wide: MatchConditions) -> Bool {
        if let kind = wide.requestKind, narrow.requestKind != kind { return false }
        if !wide.methods.isEmpty {
            guard !narrow.methods.isEmpty, Set(narrow.methods).isSubset(of: wide.methods) else {
                return false
            }
        }
        if !wide.clientAddresses.isEmpty {
            let outer = ClientSet(wide.clientAddresses)
            guard !narrow.clientAddresses.isEmpty,
                ClientSet(narrow.clientAddresses).first(outside: outer) == nil
            else { return false }
        }
        let fields = Set(FieldTest.all(of: narrow))
        return FieldTest.all(of: wide).allSatisfy { fields.contains($0) }
    }
}
