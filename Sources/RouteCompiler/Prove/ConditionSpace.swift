import Validate

/// What the conditions of a host's routes tell apart.
struct ConditionSpace {
    private(set) var methods = MethodNames()
    private var tests: [FieldTest: Int] = [:]
    private var sets: [[Int]: Int] = [[]: 0]
    private var members: [[Int]] = [[]]
    private var subsetsOfSet: [Int: [Int]] = [:]
    /// By rank.
    private(set) var routes: [ProvedConditions] = []

    /// Of more tests than this, only the set itself and the empty one are looked for.
    private static let enumeratedTestsMax = 8

    /// - Parameter conditions: Of the host's routes, by rank.
    init(_ conditions: [MatchConditions]) {
        // All methods get their bits before any route is looked at.
        let bits = conditions.map { condition in
            condition.methods.map { methods.bit(of: $0) }
        }
        routes.reserveCapacity(conditions.count)
        for (condition, bits) in zip(conditions, bits) { routes.append(prove(condition, bits)) }
    }

    private mutating func prove(_ conditions: MatchConditions, _ bits: [Int?]) -> ProvedConditions {
        var mask = bits.isEmpty ? methods.all : 0
        for case let bit? in bits { mask |= 1 << UInt64(bit) }
        let hasGet = mask >> UInt64(MethodNames.get) & 1 == 1
        let kind = conditions.requestKind
        let box = RequestBox(
            plain: kind == nil || kind == .http ? mask : 0,
            hasWebSocket: hasGet && (kind == nil || kind == .webSocket),
            hasEventStream: hasGet && (kind == nil || kind == .sse))
        let clients =
            conditions.clientAddresses.isEmpty
            ? nil : ClientSet(conditions.clientAddresses)
        return ProvedConditions(
            box: box, clients: clients, fields: number(FieldTest.all(of: conditions)),
            isUndecided: bits.contains(nil))
    }

    private mutating func number(_ fields: [FieldTest]) -> Int {
        guard !fields.isEmpty else { return 0 }
        var numbers: Set<Int> = []
        for field in fields {
            if let known = tests[field] {
                numbers.insert(known)
            } else {
                tests[field] = tests.count
                numbers.insert(tests.count - 1)
            }
        }
        let key = numbers.sorted()
        if let known = sets[key] { return known }
        sets[key] = members.count
        members.append(key)
        return members.count - 1
    }

    /// The sets of tests that hold where those of `set` hold and no others: those a route may have that takes
    /// every such request.
    mutating func subsets(of set: Int) -> [Int] {
        if set == 0 { return [0] }
        if let known = subsetsOfSet[set] { return known }
        let tests = members[set]
        var found: [Int] = []
        if tests.count <= Self.enumeratedTestsMax {
            for mask in 0..<(1 << tests.count) {
                let key = tests.indices.filter { mask >> $0 & 1 == 1 }.map { tests[$0] }
                if let known = sets[key] { found.append(known) }
            }
        } else {
            found = [0, set]
        }
        subsetsOfSet[set] = found
        return found
    }
}
