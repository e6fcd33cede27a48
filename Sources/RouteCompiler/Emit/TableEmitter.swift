import TableFormat
import Validate

/// Writes a lowered configuration into sections. The texts that matching reads come before the others;
/// most of them are parts of the patterns as they were written.
///
/// The steps are in extensions, one file a part of the table.
struct TableEmitter {
    let configuration: Configuration
    let hosts: [LoweredHost]
    /// The chosen filing of each route, by host and position.
    let routeFilings: [[Filing]]
    /// The chosen filing of each host's own regex.
    let hostFilings: [Filing]
    var lowering: HostLowering

    var sections = SectionBuffers()
    var seeds = HashSeeds()
    var problems: [CompileProblem] = []

    /// Index of the first route of each host.
    let firstRoutes: [UInt32]
    /// Index of each host's port group.
    var portGroupOfHost: [UInt32] = []
    /// Index of each host's regex space.
    var spaceOfHost: [UInt32] = []
    var shapesOfHost: [[ShapeRecord]] = []
    var trieOfHost: [UInt32] = []
    var hostsWithExactPaths: [Bool] = []
    /// Regex spaces, those of hosts' routes first.
    var spaces: [RegexSpaceIndex] = []

    /// The shape of its host that each route is filed under.
    var shapeOfRoute: [UInt8]
    /// Where the record of each route begins.
    var routePlaces: [UInt32] = []
    /// What the hash of paths leads to.
    var pathKeys = KeyedRecords<PathKey>()

    var shapeRuns = RunPool()
    var conditionRuns = RunPool()
    var rangeRuns = RunPool()
    var actionRuns = RunPool()
    var targetRuns = RunPool()
    var pieceRuns = RunPool()
    var chainRuns = RunPool()
    var chainMemberRuns = RunPool()
    var captureRuns = RunPool()
    var detailRuns = RunPool()
    var guardStepRuns = RunPool()
    var ipFilterRuns = RunPool()
    var verdictRuns = RunPool()
    var headerPolicyRuns = RunPool()
    var changeRuns = RunPool()
    var valuePieceRuns = RunPool()
    var corsRuns = RunPool()
    var rateLimitRuns = RunPool()
    var dynamicRouteRuns = RunPool()
    var choiceRuns = RunPool()
    var textItemRuns = RunPool()
    /// Index of each claim that guards look at.
    var claimIndices: [String: UInt32] = [:]
    /// The chains that are written.
    var chains: [ChainKey: UInt32] = [:]
    /// What is filled into headers, by the middlewares of host and route together.
    var namesOfChains: [[Int]: Set<String>] = [:]
    /// Index of each enabled middleware in its section.
    var middlewareIndices: [UInt32] = []
    /// Index of what each middleware was told, in the section of its kind, or none.
    var middlewarePolicies: [UInt32] = []
    /// Services that middlewares ask, in the table behind those of the configuration.
    var askedServices: [Service] = []

    init(
        configuration: Configuration, hosts: [LoweredHost], routeFilings: [[Filing]],
        hostFilings: [Filing], lowering: HostLowering, textSeed: UInt64
    ) {
        self.configuration = configuration
        self.hosts = hosts
        self.routeFilings = routeFilings
        self.hostFilings = hostFilings
        self.lowering = lowering
        var first: UInt32 = 0
        firstRoutes = hosts.map { host in
            defer { first += UInt32(host.routes.count) }
            return first
        }
        shapeOfRoute = [UInt8](repeating: RouteRecord.noShape, count: Int(first))
        routePlaces.reserveCapacity(Int(first))
        seeds.text = textSeed
    }

    /// Writes the pilots and places the records of a perfect hash.
    ///
    /// - Returns: The seed, or nil where two keys have the same hash.
    mutating func emitHash<Record: TableRecord>(
        keys: [UInt64], records: [Record], empty: Record, pilots: SectionKind, slots: SectionKind
    ) -> UInt64? {
        guard let hash = PerfectHash(keys: keys) else { return nil }
        sections.append(hash.pilots, to: pilots)
        for key in hash.keyOfSlot {
            sections.append(key == PerfectHash.noKey ? empty : records[Int(key)], to: slots)
        }
        return hash.seed
    }
}
