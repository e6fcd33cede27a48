import Diagnostics

/// WR138: each service signs the affinity cookie for itself, so two of one host that share its name take turns in
/// overwriting it, and clients keep no backend.
enum SharedCookieRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        let services = subject.configuration.services
        var told = Set<Int>()
        // Clients keep cookies by host, whatever the port.
        var ownersByHost: [String: [String: Int]] = [:]
        for host in subject.configuration.hosts {
            for index in targets(of: host) where services[index].isKnown {
                guard let cookie = services[index].sessionAffinity?.cookieName else { continue }
                guard let owner = ownersByHost[host.patternText]?[cookie] else {
                    ownersByHost[host.patternText, default: [:]][cookie] = index
                    continue
                }
                guard owner != index, told.insert(index).inserted else { continue }
                sink.warning(
                    .sharedCookie, at: services[index].name.range,
                    "`\(services[index].name.value)` and `\(services[owner].name.value)` of the "
                        + "host `\(host.patternText)` both keep clients by the cookie "
                        + "`\(cookie)`, and each overwrites what the other has given",
                    suggestion: "give each a `cookie_name` of its own")
            }
        }
    }

    /// The services that requests for a host are sent to, in the order of their declaration.
    private static func targets(of host: HostRule) -> [Int] {
        var found = Set<Int>()
        if let target = host.target { found.insert(target) }
        for route in host.routes {
            guard case .forward(let services) = route.action else { continue }
            for target in services { found.insert(target.service) }
        }
        return found.sorted()
    }
}
