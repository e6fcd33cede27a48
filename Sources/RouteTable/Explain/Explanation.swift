package import TableFormat

/// What the table says about one request, and why.
///
/// The verdict is the matcher's own; the rest tells how it came about.
package struct Explanation: Sendable {
    /// A place in the configuration.
    package struct Place: Equatable, Sendable {
        package var file: String
        /// Counted from 1.
        package var line: UInt32

        /// `file:line`
        package var text: String { "\(file):\(line)" }
    }

    /// The host rule that kept the request.
    package struct Host: Equatable, Sendable {
        /// As it was written.
        package var pattern: String
        /// The listener port that the rule is for; nil for all.
        package var port: UInt16?
        package var place: Place
        /// What takes requests that no route takes.
        package var target: String?
    }

    /// One host rule that is for the name of the request, and what became of it.
    package struct HostCandidate: Equatable, Sendable {
        /// As it was written.
        package var pattern: String
        /// The listener port that the rule is for; nil for all.
        package var port: UInt16?
        package var place: Place
        /// Whether name and port hold, whoever won.
        package var isMatch: Bool
        /// Why it won or lost.
        package var reason: String
    }

    /// The route that won.
    package struct Route: Equatable, Sendable {
        package var name: String?
        /// As it was written.
        package var pattern: String
        package var place: Place
        package var priority: Int32
        /// `exact`, `segments`, `subtree` or `regex`, as it was written.
        package var kind: String
    }

    /// One route of the host and what became of it.
    package struct Candidate: Equatable, Sendable {
        package var name: String?
        package var pattern: String
        package var place: Place
        /// Whether pattern and conditions hold, whoever won.
        package var isMatch: Bool
        /// Whether it is the pattern that does not hold.
        package var isForOtherPath: Bool
        /// Why it won or lost.
        package var reason: String
        /// What running its regex over the path takes; nil where it has none.
        package var regexSteps: RegexSteps?
    }

    /// What a regex took of PCRE2's match limit.
    package struct RegexSteps: Equatable, Sendable {
        /// Nil if the limit is not enough.
        package var taken: UInt32?
        package var limit: UInt32
        /// It is read once from left to right instead, which takes no steps.
        package var isWalked = false
    }

    /// One service that a route may pick.
    package struct Target: Equatable, Sendable {
        package var service: String
        package var weight: UInt32
    }

    package var request: DescribedRequest
    /// How the client came to be known, where there is something to say about it.
    package var clientNote: String?
    /// Nil where the request was refused before it had one.
    package var canonicalHost: String?
    /// Nil where the request was refused before it had one.
    package var canonicalPath: String?
    /// What made the host canonical; empty where it was.
    package var hostSteps: [CanonicalTrace.Step] = []
    /// What made the path canonical; empty where it was.
    package var pathSteps: [CanonicalTrace.Step] = []
    /// Where the path breaks a rule; nil where it is not refused.
    package var refusedPath: RefusedPath?
    /// What is wrong with the handshake of a WebSocket; nil where it is not refused.
    package var refusedHandshake: RefusedHandshake?
    /// What the rewrite of the route does, in order; empty where there is none.
    package var rewriteSteps: [CanonicalTrace.Step] = []
    /// Steps of regexes that one request may take in all.
    package var regexStepsMax: UInt32 = 0
    /// What matching took, and the most that the table says a request can take; nil where the request
    /// was refused before it was matched.
    package var work: (taken: MatchWork, worst: WorstCase)?
    package var host: Host?
    /// Nil where no route took the request.
    package var route: Route?
    /// The same by its place in the table.
    package var routeIndex: RouteIndex?
    /// Where the request goes; of weighted targets, the first.
    package var service: String?
    /// All of several weighted targets.
    package var targets: [Target] = []
    /// Other services that a claim of the token may lead to.
    package var claimedServices: [String] = []
    /// What is done if the service fails the request; nil where nothing is.
    package var fallback: FallbackDescription?
    /// Names, in the order in which they run.
    package var middlewares: [String] = []
    /// Those of them that a request meets before it is sent on or answered, and what they would do.
    package var guards: [GuardDescription] = []
    /// `opaque`, `framed`, `sse` or `http`; nil where nothing is forwarded.
    package var dataPath: String?
    /// What the patterns captured, in the order of the patterns.
    package var params: [(name: String, value: String)] = []
    /// The path the upstream is sent; nil where nothing is forwarded or the rewrite is refused.
    package var forwardPath: String?
    /// The value of Location of a redirect.
    package var location: String?
    /// Where the service's URLs have one base path in common: it and ``forwardPath``.
    package var upstreamPath: String?
    /// All host rules for the name, the one that keeps the request first.
    package var hostCandidates: [HostCandidate] = []
    /// All routes of the host in order of precedence.
    package var candidates: [Candidate] = []
    /// By its patterns another rule should have won than the one that its index finds: the table was not made by
    /// `wsroute compile`, or this program has a fault.
    package var isListingAtOdds = false
    /// The status of the answer that the proxy makes itself; nil where the upstream answers.
    package var status: UInt16?
    /// What happens, in one sentence.
    package var verdict = ""

    /// An explanation that says nothing yet.
    init(request: DescribedRequest) { self.request = request }
}
