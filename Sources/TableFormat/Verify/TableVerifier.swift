/// Checks once everything that matching and the cold accessors rely on: after it no lookup can leave
/// the table or loop, whatever the bytes are. Linear in the size of the table.
///
/// Runs when it is known that the sections lie in memory. It stands beside the records, where reading one costs no
/// call: a large table has a million of them.
package struct TableVerifier {
    let view: TableView
    private let textByteCount: UInt64
    /// Candidates that runs have used so far. Each is used once, so the work is linear.
    var candidatesUsed: UInt64 = 0
    /// By regex space: 0 unknown, 1 of routes, 2 of host rules.
    var spaceUses: [UInt8]
    /// By regex space, the host or the port group it belongs to.
    var ownerOfSpace: [UInt32]
    /// By affix, the space it belongs to.
    var spaceOfAffix: [UInt32] = []

    /// Checks everything but the sources.
    package static func verify(_ view: TableView, header: TableHeader) throws(TableDamage) {
        let survey = try verifyContent(view)
        try checkLimits(header, WorstCaseMeter.measure(view, survey))
    }

    /// Checks where routes and the like come from, which nothing else leads to: it may be done beside
    /// ``verify(_:header:)``.
    package static func verifySources(_ view: TableView) throws(TableDamage) {
        try TableVerifier(view: view).checkSources()
    }

    /// Everything but what the header states about the content, and the sources.
    ///
    /// - Returns: What the routes are, for the worst case.
    private static func verifyContent(_ view: TableView) throws(TableDamage) -> RouteSurvey {
        var verifier = TableVerifier(view: view)
        try verifier.checkHashes()
        try verifier.checkHosts()
        try verifier.checkPortGroups()
        try verifier.checkRegexSpaces()
        try verifier.checkShapes()
        var survey = RouteSurvey(view)
        try verifier.checkPathSlots(try verifier.checkRoutes(&survey))
        try verifier.checkTrie()
        try verifier.checkLiteralSlots()
        try verifier.checkAutomaton()
        try verifier.checkConditions()
        try verifier.checkRegexSteps()
        try verifier.checkActions()
        try verifier.checkCold()
        return survey
    }

    /// The worst case of the content, whatever the header states.
    package static func worstCase(of view: TableView) throws(TableDamage) -> WorstCase {
        WorstCaseMeter.measure(view, try verifyContent(view))
    }

    private init(view: TableView) {
        self.view = view
        textByteCount = UInt64(view.count(of: .text))
        spaceUses = [UInt8](repeating: 0, count: view.count(of: .regexSpaces))
        ownerOfSpace = [UInt32](repeating: 0, count: spaceUses.count)
    }

    /// Number of elements, in 32 bits: the file is shorter than 2 GiB.
    func count(_ kind: SectionKind) -> UInt32 { UInt32(view.count(of: kind)) }

    /// Throws unless `condition` holds for a record.
    func require(
        _ condition: Bool, _ section: SectionKind, _ record: UInt32
    ) throws(TableDamage) {
        guard condition else { throw .invalidRecord(section: section, record: Int(record)) }
    }

    func isInside(_ first: UInt32, _ count: UInt32, _ kind: SectionKind) -> Bool {
        UInt64(first) + UInt64(count) <= UInt64(self.count(kind))
    }

    func isText(_ offset: UInt32, _ byteCount: UInt32) -> Bool {
        UInt64(offset) + UInt64(byteCount) <= textByteCount
    }

    func isText(_ reference: TextReference) -> Bool {
        isText(reference.offset, reference.byteCount)
    }

    func isTextOrNone(_ reference: TextReference) -> Bool {
        reference.isNone ? reference.byteCount == 0 : isText(reference)
    }

    func isIndexOrNone(_ index: UInt32, _ kind: SectionKind) -> Bool {
        index == .none || index < count(kind)
    }

    /// Whether a run ascends and lies in `range`. Counts its candidates as used.
    ///
    /// Matching stops at the first candidate of a run that is not better than what it has.
    mutating func isRun(_ run: CandidateRun, in range: Range<UInt32>) -> Bool {
        switch run.count {
        case 0: return run.first == 0
        case 1: return range.contains(run.first)
        default:
            guard isInside(run.first, run.count, .candidates) else { return false }
            candidatesUsed += UInt64(run.count)
            guard candidatesUsed <= UInt64(count(.candidates)) else { return false }
            var last = view.candidate(run, at: 0)
            guard last >= range.lowerBound else { return false }
            for position in 1..<run.count {
                let next = view.candidate(run, at: position)
                guard next > last else { return false }
                last = next
            }
            return last < range.upperBound
        }
    }

    /// The routes of a host, or none where there is no such host.
    func routes(ofHost index: UInt32) -> Range<UInt32> {
        guard index < count(.hosts) else { return 0..<0 }
        let host = view.host(index)
        return host.firstRoute..<(host.firstRoute + host.routeCount)
    }

    /// A hash without slots is never asked; one with slots has pilots. Any pilot gives a slot inside.
    private func checkHashes() throws(TableDamage) {
        let hashes: [(SectionKind, SectionKind)] = [
            (.hostPilots, .hostSlots), (.pathPilots, .pathSlots), (.triePilots, .trieSlots),
            (.literalPilots, .literalSlots),
        ]
        for (pilots, slots) in hashes {
            try require((count(pilots) == 0) == (count(slots) == 0), pilots, 0)
        }
    }

    /// The limits are those of this program, and the worst case is that of the content.
    private static func checkLimits(
        _ header: TableHeader, _ worstCase: WorstCase
    ) throws(TableDamage) {
        let knownOptions =
            TableHeader.mergesSlashes | TableHeader.keepsEncodedSlash
            | TableHeader.deniesHiddenFiles
        guard header.worstCase == worstCase,
            header.pathBytesMax == UInt32(TableLimits.pathBytesMax),
            header.segmentCountMax == UInt32(TableLimits.segmentCountMax),
            header.matchLimitMax == TableLimits.matchLimitMax,
            header.requestStepsMax == TableLimits.requestSteps(for: worstCase),
            header.pathOptions & ~knownOptions == 0
        else { throw .limitsMismatch }
    }
}
