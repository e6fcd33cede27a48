/// The sections of a table, in the order in which they stand in it: hot ones first.
///
/// Links lead from a kind to a later one. Within the trie and the automaton they lead forward, except
/// for the failure links of the automaton, which lead back and shorten the text each time.
public enum SectionKind: UInt32, CaseIterable, Sendable {
    case portGroups = 1
    case hostPilots
    case hostSlots
    case hosts
    case pathPilots
    case pathSlots
    case shapes
    case triePilots
    case trieSlots
    case trieNodes
    case literalPilots
    case literalSlots
    case regexSpaces
    case affixes
    case automatonStates
    case automatonEdges
    case candidates
    case routePlaces
    case routes
    case conditions
    case addressRanges
    case regexes
    case regexSteps
    case byteSets
    case actions
    case targets
    case templatePieces
    case settings
    case services
    case endpoints
    case listeners
    case certificates
    case trustedProxies
    case chains
    case chainMembers
    case middlewares
    case guardSteps
    case ipFilters
    case addressVerdicts
    case headerPolicies
    case headerChanges
    case valuePieces
    case corsPolicies
    case rateLimits
    case dynamicRoutes
    case serviceChoices
    case textItems
    case claimNames
    case hostSources
    case routeSources
    case routeDetails
    case captures
    case sourceFiles
    case servicePolicies
    case fallbackAnswers
    case eventStreamPolicies
    case loggingPolicies
    case alerts
    case webSocketPolicies
    /// Paths that policies are for.
    case pathPatterns
    /// What they are compared by, each written as a route without conditions.
    case patternRoutes
    case authPolicies
    case authItems
    case text
    /// PCRE2's serialised patterns. Absent where the compiler's library could not write them.
    case precompiled

    /// Size of one element in bytes.
    public var elementByteCount: Int {
        switch self {
        case .portGroups: PortGroupRecord.byteCount
        case .hostPilots, .pathPilots, .triePilots, .literalPilots: 2
        case .hostSlots: HostSlotRecord.byteCount
        case .hosts: HostRecord.byteCount
        case .pathSlots, .routePlaces: 4
        case .shapes: ShapeRecord.byteCount
        case .trieSlots: TrieSlotRecord.byteCount
        case .trieNodes: TrieNodeRecord.byteCount
        case .literalSlots: LiteralSlotRecord.byteCount
        case .regexSpaces: RegexSpaceRecord.byteCount
        case .affixes: AffixRecord.byteCount
        case .automatonStates: AutomatonStateRecord.byteCount
        case .automatonEdges: AutomatonEdgeRecord.byteCount
        case .candidates: 4
        case .routes: RouteRecord.unit
        case .conditions: ConditionRecord.byteCount
        case .addressRanges, .trustedProxies: AddressRangeRecord.byteCount
        case .regexes: RegexRecord.byteCount
        case .regexSteps: RegexStepRecord.byteCount
        case .byteSets: ByteSetRecord.byteCount
        case .actions: ActionRecord.byteCount
        case .targets: TargetRecord.byteCount
        case .templatePieces: TemplatePieceRecord.byteCount
        case .settings: SettingsRecord.byteCount
        case .services: ServiceRecord.byteCount
        case .endpoints: EndpointRecord.byteCount
        case .listeners: ListenerRecord.byteCount
        case .certificates: CertificateRecord.byteCount
        case .chains: ChainRecord.byteCount
        case .chainMembers: ChainMemberRecord.byteCount
        case .middlewares: MiddlewareRecord.byteCount
        case .guardSteps: GuardStepRecord.byteCount
        case .ipFilters: IPFilterRecord.byteCount
        case .addressVerdicts: AddressVerdictRecord.byteCount
        case .headerPolicies: HeaderPolicyRecord.byteCount
        case .headerChanges: HeaderChangeRecord.byteCount
        case .valuePieces: ValuePieceRecord.byteCount
        case .corsPolicies: CORSPolicyRecord.byteCount
        case .rateLimits: RateLimitRecord.byteCount
        case .dynamicRoutes: DynamicRouteRecord.byteCount
        case .serviceChoices: ServiceChoiceRecord.byteCount
        case .textItems, .claimNames: TextItemRecord.byteCount
        case .hostSources: HostSourceRecord.byteCount
        case .routeSources: RouteSourceRecord.byteCount
        case .routeDetails: RouteDetailsRecord.byteCount
        case .captures: CaptureRecord.byteCount
        case .sourceFiles: SourceFileRecord.byteCount
        case .servicePolicies: ServicePolicyRecord.byteCount
        case .fallbackAnswers: FallbackAnswerRecord.byteCount
        case .eventStreamPolicies: EventStreamPolicyRecord.byteCount
        case .loggingPolicies: LoggingPolicyRecord.byteCount
        case .alerts: AlertRecord.byteCount
        case .webSocketPolicies: WebSocketPolicyRecord.byteCount
        case .pathPatterns: PathPatternRecord.byteCount
        case .patternRoutes: RouteRecord.unit
        case .authPolicies: AuthPolicyRecord.byteCount
        case .authItems: AuthItemRecord.byteCount
        case .text, .precompiled: 1
        }
    }

    /// Whether matching never reads it.
    public var isCold: Bool { rawValue >= SectionKind.settings.rawValue && self != .text }

    /// Whether it counts for the digest that defines "same table".
    public var isInDigest: Bool { self != .precompiled }
}
