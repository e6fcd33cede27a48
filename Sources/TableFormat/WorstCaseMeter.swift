/// Computes what one request can cost at most, from a table whose indices have been verified.
public struct WorstCaseMeter {
    /// What one host or one regex space can cost.
    private struct Cost {
        var probes: UInt64 = 0
        var checks: UInt64 = 0
        var regexes: UInt64 = 0
    }

    private let view: TableView
    private let survey: RouteSurvey
    /// Most candidates of one slot, and most regexes among them, by shape.
    private var shapeChecks: [UInt32]
    private var shapeRegexes: [UInt32]
    /// By affix.
    private var affixCandidates: [UInt32]
    /// All candidates that the automaton can bring up, by regex space.
    private var innerCandidates: [UInt64]
    /// States of the automaton where a literal ends.
    private var literalCount: UInt64 = 0
    /// Most literals that end at one byte, beside that of the state itself.
    private var outputCountMax: UInt64 = 0
    private var exactChecks: UInt64
    /// Address ranges in all conditions before each condition.
    private var addressSums: [UInt64] = [0]
    /// Most targets of an action.
    private var targetCountMax: UInt64 = 0
    /// The host rule behind each of the numbers of routes.
    private var heaviest = HeaviestHosts()

    /// Which host rules cost most; none where there is no host rule.
    public struct HeaviestHosts: Sendable {
        public fileprivate(set) var probes: UInt32 = .none
        public fileprivate(set) var checks: UInt32 = .none
        public fileprivate(set) var regexes: UInt32 = .none
    }

    /// The worst case of the table in `view`.
    ///
    /// - Complexity: linear in the size of the table.
    public static func measure(_ view: TableView) -> WorstCase {
        measureHosts(view).worstCase
    }

    /// The same where the routes were read already.
    static func measure(_ view: TableView, _ survey: RouteSurvey) -> WorstCase {
        var meter = WorstCaseMeter(view, survey)
        return meter.measured()
    }

    /// The worst case, and the host rules that it comes from.
    ///
    /// - Complexity: linear in the size of the table.
    public static func measureHosts(
        _ view: TableView
    ) -> (worstCase: WorstCase, heaviest: HeaviestHosts) {
        var meter = WorstCaseMeter(view, RouteSurvey(reading: view))
        let worstCase = meter.measured()
        return (worstCase, meter.heaviest)
    }

    private init(_ view: TableView, _ survey: RouteSurvey) {
        self.view = view
        self.survey = survey
        shapeChecks = survey.shapeChecks
        shapeRegexes = survey.shapeRegexes
        exactChecks = survey.hasExactPaths ? 1 : 0
        affixCandidates = [UInt32](repeating: 0, count: view.count(of: .affixes))
        innerCandidates = [UInt64](repeating: 0, count: view.count(of: .regexSpaces))
    }

    private mutating func measured() -> WorstCase {
        readSlots()
        readAutomaton()
        readLists()
        return total()
    }

    /// Reads what is gone through one by one: addresses of conditions, targets of actions.
    private mutating func readLists() {
        addressSums.reserveCapacity(view.count(of: .conditions) + 1)
        var sum: UInt64 = 0
        for index in 0..<UInt32(view.count(of: .conditions)) {
            let condition = view.condition(index)
            if condition.kind == ConditionKind.client.rawValue {
                sum += UInt64(condition.valueCount)
            }
            addressSums.append(sum)
        }
        for index in 0..<UInt32(view.count(of: .actions)) {
            targetCountMax = max(targetCountMax, UInt64(view.action(index).targetCount))
        }
    }

    /// Address ranges that are compared at most when so many routes of a host are looked at.
    private func addressCount(of host: HostRecord, checks: UInt64) -> UInt64 {
        guard addressSums[addressSums.count - 1] > 0 else { return 0 }
        var sum: UInt64 = 0
        var most: UInt64 = 0
        for index in host.firstRoute..<(host.firstRoute + host.routeCount) {
            let route = view.route(index)
            guard route.conditionCount > 0 else { continue }
            let first = Int(route.firstCondition)
            let count = addressSums[first + Int(route.conditionCount)] - addressSums[first]
            sum += count
            most = max(most, count)
        }
        // A made-up table may state numbers whose product has more than 64 bits.
        let (product, isTooLarge) = checks.multipliedReportingOverflow(by: most)
        return isTooLarge ? sum : min(sum, product)
    }

    /// A key leads to one route of its shape, unless a slot has more.
    private mutating func readSlots() {
        for index in 0..<UInt32(view.count(of: .pathSlots)) {
            let slot = view.pathSlot(at: index)
            guard slot.isRun && slot != .none else { continue }
            let run = view.candidates(countedAt: slot.place)
            let first = view.candidate(run, at: 0)
            let shape = view.route(first).shape
            if shape == RouteRecord.wholePath {
                exactChecks = max(exactChecks, UInt64(run.count))
            } else if shape != RouteRecord.noShape {
                let place = survey.firstShapes[Int(view.host(ofRoute: first))] + Int(shape)
                shapeChecks[place] = max(shapeChecks[place], run.count)
                shapeRegexes[place] = max(shapeRegexes[place], survey.regexCount(in: run, of: view))
            }
        }
        for index in 0..<UInt32(view.count(of: .literalSlots)) {
            let slot = view.literalSlot(index)
            guard slot.candidates.count > 0 else { continue }
            if slot.owner & LiteralSlotRecord.ownerIsSpace != 0 {
                let space = Int(slot.owner & ~LiteralSlotRecord.ownerIsSpace)
                innerCandidates[space] += UInt64(slot.candidates.count)
            } else {
                let affix = Int(slot.owner)
                affixCandidates[affix] = max(affixCandidates[affix], slot.candidates.count)
            }
        }
    }

    /// Outputs lead to earlier states.
    private mutating func readAutomaton() {
        var outputCounts: [UInt8] = []
        outputCounts.reserveCapacity(view.count(of: .automatonStates))
        for index in 0..<UInt32(view.count(of: .automatonStates)) {
            let state = view.state(index)
            if state.literal != .none { literalCount += 1 }
            // No text is longer than 64 bytes, and each output is shorter than the one before.
            let count =
                state.nextOutput == .none ? 0 : outputCounts[Int(state.nextOutput)] &+ 1
            outputCounts.append(count)
            outputCountMax = max(outputCountMax, UInt64(count))
        }
    }

    /// Literals that the automaton can find in a subject: each is looked up once, whatever space it is of.
    private func literalsMax(inBytes byteCount: Int) -> UInt64 {
        min(literalCount, UInt64(byteCount) * (1 + outputCountMax))
    }

    /// States that the automaton looks at: two transitions for each byte of a subject, the state reached, its outputs.
    private func automatonSteps(inBytes byteCount: Int) -> UInt32 {
        UInt32(clamping: UInt64(byteCount) * (3 + outputCountMax))
    }

    private func cost(ofSpace index: UInt32, subjectBytesMax: Int) -> Cost {
        guard index != .none else { return Cost() }
        let space = view.regexSpace(index)
        var cost = Cost()
        cost.regexes = UInt64(space.unfiltered.count) + innerCandidates[Int(index)]
        cost.probes = UInt64(space.affixCount)
        if usesAutomaton(index) { cost.probes += literalsMax(inBytes: subjectBytesMax) }
        for affix in space.firstAffix..<(space.firstAffix + UInt32(space.affixCount)) {
            cost.regexes += UInt64(affixCandidates[Int(affix)])
        }
        return cost
    }

    private func cost(of host: HostRecord, _ index: Int, trie: Cost) -> Cost {
        var cost = cost(ofSpace: host.regexSpace, subjectBytesMax: TableLimits.pathBytesMax)
        cost.checks += cost.regexes
        if host.flags & HostRecord.hasExactPaths != 0 {
            cost.probes += 1
            cost.checks += exactChecks
        }
        cost.probes += UInt64(host.shapeCount)
        let firstShape = survey.firstShapes[index]
        for shape in firstShape..<(firstShape + Int(host.shapeCount)) {
            cost.checks += UInt64(shapeChecks[shape])
            cost.regexes += UInt64(shapeRegexes[shape])
        }
        cost.probes += trie.probes
        cost.checks += trie.checks
        cost.regexes += trie.regexes
        return cost
    }

    /// What walking the trie whose nodes are `nodes` can cost: at each depth at most twice the nodes of
    /// the depth before it are reached, and no more than there are.
    private func cost(ofTrie nodes: Range<UInt32>) -> Cost {
        let levels = TableLimits.segmentCountMax + 1
        var counts = [UInt64](repeating: 0, count: levels)
        var checks = counts
        var regexes = counts
        for index in nodes {
            let node = view.trieNode(index)
            let depth = Int(node.depth)
            counts[depth] += 1
            checks[depth] = max(
                checks[depth], UInt64(node.atEnd.count) + UInt64(node.below.count))
            regexes[depth] = max(
                regexes[depth],
                UInt64(survey.regexCount(in: node.atEnd, of: view))
                    + UInt64(survey.regexCount(in: node.below, of: view)))
        }
        var cost = Cost()
        var reached: UInt64 = 1
        for depth in 0..<levels {
            reached = min(depth == 0 ? 1 : reached * 2, counts[depth])
            // Two probes a node: one for the literal edge, one for the node itself.
            cost.probes += 2 * reached
            cost.checks += reached * checks[depth]
            cost.regexes += reached * regexes[depth]
        }
        return cost
    }

    private mutating func total() -> WorstCase {
        var result = Cost()
        var trieEnd = UInt32(view.count(of: .trieNodes))
        var usesAutomatonForPaths = false
        for index in stride(from: view.count(of: .hosts) - 1, through: 0, by: -1) {
            let host = view.host(UInt32(index))
            var trie = Cost()
            if host.trieRoot != .none {
                trie = cost(ofTrie: host.trieRoot..<trieEnd)
                trieEnd = host.trieRoot
            }
            let hostCost = cost(of: host, index, trie: trie)
            let checks = hostCost.checks + addressCount(of: host, checks: hostCost.checks)
            if hostCost.probes >= result.probes { heaviest.probes = UInt32(index) }
            if checks >= result.checks { heaviest.checks = UInt32(index) }
            if hostCost.regexes >= result.regexes { heaviest.regexes = UInt32(index) }
            result.probes = max(result.probes, hostCost.probes)
            result.checks = max(result.checks, checks)
            result.regexes = max(result.regexes, hostCost.regexes)
            usesAutomatonForPaths = usesAutomatonForPaths || usesAutomaton(host.regexSpace)
        }
        var worst = hostCase()
        worst.pathProbes = UInt32(clamping: result.probes)
        worst.routeChecks = UInt32(clamping: result.checks + targetCountMax)
        worst.routeRegexes = UInt32(clamping: result.regexes)
        if usesAutomatonForPaths {
            worst.automatonSteps += automatonSteps(inBytes: TableLimits.pathBytesMax)
        }
        return worst
    }

    private func usesAutomaton(_ space: UInt32) -> Bool {
        space != .none && view.regexSpace(space).flags & RegexSpaceRecord.usesAutomaton != 0
    }

    /// The portless group may follow one group of a port.
    private func hostCase() -> WorstCase {
        var portless = Cost()
        var specific = Cost()
        var usesAutomatonForHosts = false
        for index in 0..<UInt32(view.count(of: .portGroups)) {
            let group = view.portGroup(index)
            var cost = cost(
                ofSpace: group.regexSpace, subjectBytesMax: TableLimits.hostBytesMax)
            cost.probes += 1 + UInt64(group.labelDepths.nonzeroBitCount)
            if group.labelDepths >> 63 != 0 { cost.probes += 64 }
            if group.port == 0 {
                portless = cost
            } else {
                specific.probes = max(specific.probes, cost.probes)
                specific.regexes = max(specific.regexes, cost.regexes)
            }
            usesAutomatonForHosts = usesAutomatonForHosts || usesAutomaton(group.regexSpace)
        }
        var worst = WorstCase()
        worst.hostProbes = UInt32(clamping: portless.probes + specific.probes)
        worst.hostRegexes = UInt32(clamping: portless.regexes + specific.regexes)
        // Once for each of the two groups.
        if usesAutomatonForHosts {
            worst.automatonSteps = 2 * automatonSteps(inBytes: TableLimits.hostBytesMax)
        }
        return worst
    }
}
