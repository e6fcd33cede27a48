import Diagnostics
import RouteSyntax

extension ConfigurationDecoder {
    private static let tlsVersions: KeyValuePairs<String, TLSVersion> = [
        "1.2": .tls12, "1.3": .tls13,
    ]

    /// `min_version` of a `tls` section.
    mutating func minimumVersion(of fields: Fields) -> TLSVersion? {
        guard let node = fields["min_version"] else { return nil }
        return word(node, "min_version", Self.tlsVersions)
    }

    mutating func upstreamTLS(_ node: Node) -> UpstreamTLS {
        var tls = UpstreamTLS()
        guard let fields = fields(of: node, in: .upstreamTLS) else { return tls }
        tls.authority = text("ca", of: fields)
        tls.certificate = text("certificate", of: fields)
        tls.key = text("key", of: fields)
        checkPair("certificate", "key", of: fields)
        if let node = fields["server_name"], let name = text(node, "server_name") {
            do throws(HostText.Fault) {
                tls.serverName = try HostText.canonical(name)
            } catch {
                sink.error(.invalidURL, at: node.range, error.message, suggestion: error.suggestion)
            }
        }
        tls.skipsVerification = flag("insecure_skip_verify", of: fields) ?? false
        if tls.skipsVerification, let range = fields.keyRange("insecure_skip_verify") {
            let authority = fields.keyRange("ca")
            observations.unverifiedUpstreams.append(
                (range: range, namesAuthority: authority != nil))
            if let own = fields.ownKeyRange("ca") {
                noteIdle(
                    "`ca` has no effect beside `insecure_skip_verify`",
                    "remove `insecure_skip_verify`, and backends are verified", at: own)
            }
        }
        tls.minimumVersion = minimumVersion(of: fields)
        return tls
    }

    /// Reports one of two keys that make sense only together.
    mutating func checkPair(_ first: String, _ second: String, of fields: Fields) {
        for (given, other) in [(first, second), (second, first)] {
            guard let range = fields.keyRange(given), fields[other] == nil else { continue }
            sink.error(.missingKey, at: range, "`\(given)` needs `\(other)` beside it")
        }
    }

    mutating func healthCheck(_ node: Node) -> HealthCheck? {
        guard let fields = fields(of: node, in: .healthCheck) else { return nil }
        let path = text("path", of: fields) ?? "/"
        if let node = fields["path"], !path.hasPrefix("/") {
            sink.error(
                .invalidPathPattern, at: node.range, "the path of a health check begins with `/`",
                suggestion: RequestTargetText.advice(forRelative: path))
        }
        if let node = fields["path"], let misplaced = RequestTargetText.misplaced(in: path) {
            sink.error(
                .invalidPathPattern, at: node.range,
                "the path of a health check is sent as it is, where \(misplaced.name) can't stand",
                suggestion: misplaced.suggestion)
        }
        return HealthCheck(
            path: path,
            intervalMilliseconds: duration("interval", of: fields) ?? 30_000,
            timeoutMilliseconds: duration("timeout", of: fields) ?? 5_000,
            healthyThreshold: count("healthy_threshold", of: fields) ?? 1,
            unhealthyThreshold: count("unhealthy_threshold", of: fields) ?? 3,
            expectedStatuses: fields["expect"].map { expectedStatuses($0) } ?? [200...399])
    }

    private mutating func expectedStatuses(_ node: Node) -> [ClosedRange<UInt16>] {
        if case .sequence(let items) = node.kind {
            if items.isEmpty {
                sink.error(
                    .emptyValue, at: node.range,
                    "`expect` is empty, so every check would fail",
                    suggestion: "remove it to take 200 to 399")
            }
            return items.compactMap { statusRange($0) }
        }
        return statusRange(node).map { [$0] } ?? []
    }

    private mutating func statusRange(_ node: Node) -> ClosedRange<UInt16>? {
        guard let text = text(node, "expect") else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let codes = parts.compactMap { UInt16($0) }.filter { (100...599).contains($0) }
        guard codes.count == parts.count, (1...2).contains(codes.count), let first = codes.first,
            let last = codes.last, first <= last
        else {
            sink.error(
                .invalidStatus, at: node.range, "`\(text)` is not a status code or a range of them",
                suggestion: "write `200` or `200-399`")
            return nil
        }
        return first...last
    }

    mutating func retry(_ node: Node) -> RetryPolicy? {
        if case .scalar(let scalar) = node.kind, Self.refusals.contains(scalar.text) {
            wrongType(node, "`retry` must be a map", suggestion: Self.retryOffAdvice)
            return nil
        }
        guard let fields = fields(of: node, in: .retry) else { return nil }
        let attempts = fields["attempts"].flatMap { retryAttempts($0) } ?? 2
        let backoff = duration("backoff", of: fields) ?? 100
        let backoffMax = duration("max_backoff", of: fields) ?? max(2000, backoff)
        if backoffMax < backoff, let node = fields["max_backoff"] ?? fields["backoff"] {
            sink.error(.outOfRange, at: node.range, "`max_backoff` is shorter than `backoff`")
        }
        var triggers: [RetryPolicy.Trigger] = [.connectFailure]
        if let node = fields["on"], let items = retryTriggers(node) {
            triggers = items.compactMap { trigger($0) }
            if items.isEmpty { noteIdleRetry(of: fields) }
        }
        return RetryPolicy(
            attempts: attempts, backoffMilliseconds: backoff, backoffMillisecondsMax: backoffMax,
            triggers: triggers)
    }

    /// What is written for a thing that is not wanted.
    private static let refusals: Set<String> = ["none", "never", "no", "off", "false", "0"]
    private static let retryOffAdvice = "to have nothing tried again, write `retry: {on: []}`"

    private mutating func retryTriggers(_ node: Node) -> [Node]? {
        if case .scalar(let scalar) = node.kind, Self.refusals.contains(scalar.text) {
            wrongType(node, "`on` must be a list", suggestion: Self.retryOffAdvice)
            return nil
        }
        return list(node, "on")
    }

    private mutating func retryAttempts(_ node: Node) -> UInt32? {
        if case .scalar(let scalar) = node.kind, Int(scalar.text) == 0 {
            sink.error(
                .outOfRange, at: node.range, "`attempts` must be from 1 to 100",
                suggestion: Self.retryOffAdvice)
            return nil
        }
        return integer(node, "attempts", 1...100).map { UInt32($0) }
    }

    /// `on: []` alone is how retries are turned off; what is said about them beside it is said in vain.
    private mutating func noteIdleRetry(of fields: Fields) {
        for key in ["attempts", "backoff", "max_backoff"] {
            guard let range = fields.ownKeyRange(key) else { continue }
            noteIdle(
                "`\(key)` has no effect: `on` is empty, so nothing is tried again",
                "leave `on` out to try again on `connect_failure`, or write `retry: {on: []}`",
                at: range)
            return
        }
    }

    private mutating func trigger(_ node: Node) -> RetryPolicy.Trigger? {
        guard let text = text(node, "on") else { return nil }
        if text == "connect_failure" { return .connectFailure }
        if let status = UInt16(text), (500...599).contains(status) { return .status(status) }
        let advice =
            Self.refusals.contains(text)
            ? Self.retryOffAdvice : DidYouMean.suggestion(for: text, among: ["connect_failure"])
        sink.error(
            .unknownWord, at: node.range, "a service can't be tried again on `\(text)`",
            suggestion: advice ?? "write `connect_failure` or a status from 500 to 599")
        return nil
    }

    mutating func circuitBreaker(_ node: Node) -> CircuitBreaker? {
        guard let fields = fields(of: node, in: .circuitBreaker) else { return nil }
        var breaker = CircuitBreaker()
        breaker.connectionsMax = count("max_connections", of: fields)
        breaker.pendingMax = count("max_pending", of: fields)
        breaker.consecutiveFailures = count("consecutive_failures", of: fields)
        breaker.ejectionTimeMilliseconds = duration("ejection_time", of: fields)
        return breaker
    }

    mutating func upstreamProxy(_ node: Node) -> UpstreamProxy {
        guard let text = text(node, "upstream_proxy") else { return .direct }
        if text == "none" { return .direct }
        if text == "environment" { return .environment }
        do throws(HostText.Fault) {
            let proxy = try UpstreamProxyText.parse(text)
            if case .proxy(_, _, _, _, _?) = proxy {
                observations.literalSecrets.append((key: "upstream_proxy", range: node.range))
            }
            return proxy
        } catch {
            sink.error(.invalidURL, at: node.range, error.message, suggestion: error.suggestion)
            return .direct
        }
    }
}
