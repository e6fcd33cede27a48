import Diagnostics
import RouteSyntax

/// The middlewares that change or record messages, or choose where they go.
extension ConfigurationDecoder {
    mutating func corsPolicy(_ node: Node) -> CORSPolicy? {
        guard let fields = fields(of: node, in: .cors) else { return nil }
        var policy = CORSPolicy()
        policy.allowedOrigins = fields["allowed_origins"].map { origins($0) } ?? []
        policy.allowedMethods =
            fields["allowed_methods"].map { methods($0, "allowed_methods") } ?? []
        policy.allowedHeaders =
            fields["allowed_headers"].map { tokens($0, "allowed_headers") } ?? []
        policy.allowsCredentials = flag("allow_credentials", of: fields) ?? false
        policy.ageMillisecondsMax = fields["max_age"].flatMap {
            duration($0, "max_age", allowsZero: true)
        }
        if policy.allowsCredentials, policy.allowedOrigins.contains("*"),
            let range = fields.keyRange("allow_credentials")
        {
            let place = fields.keyRange("allowed_origins")
            sink.error(
                .wildcardWithCredentials, at: range,
                "any site could act with its visitors' credentials: `*` does not go with them",
                notes: place.map { [.init(range: $0, message: "any origin is allowed here")] }
                    ?? [],
                suggestion: "list the origins that may send credentials")
        }
        noteClosed(policy, of: fields)
        return policy
    }

    /// A list of HTTP methods: upper case, unique, sorted.
    mutating func methods(_ node: Node, _ key: String) -> [String] {
        var methods: [String] = []
        for item in list(node, key) ?? [] {
            guard let text = text(item, key) else { continue }
            guard HeaderText.isToken(text), text.utf8.count <= 32 else {
                sink.error(.invalidMethod, at: item.range, "`\(text)` can't be an HTTP method")
                continue
            }
            methods.append(text.uppercased())
        }
        return Set(methods).sorted()
    }

    mutating func headersPolicy(_ node: Node) -> HeadersPolicy? {
        let errorCount = sink.errorCount
        guard let fields = fields(of: node, in: .headers) else { return nil }
        var policy = HeadersPolicy()
        policy.request = fields["request"].map { headerChanges($0) } ?? HeadersPolicy.Changes()
        policy.response = fields["response"].map { headerChanges($0) } ?? HeadersPolicy.Changes()
        if sink.errorCount == errorCount { noteIdle(policy, of: fields) }
        return policy
    }

    private mutating func headerChanges(_ node: Node) -> HeadersPolicy.Changes {
        var changes = HeadersPolicy.Changes()
        guard let fields = fields(of: node, in: .headerChanges) else { return changes }
        changes.set = fields["set"].map { headerFields($0, "set") } ?? []
        changes.add = fields["add"].map { headerFields($0, "add") } ?? []
        changes.remove = fields["remove"].map { removedFields($0) } ?? []
        return changes
    }

    private mutating func headerFields(_ node: Node, _ key: String) -> [HeadersPolicy.Field] {
        guard case .mapping(let entries) = node.kind else {
            wrongType(node, "`\(key)` must be a map of header names and values")
            return []
        }
        return entries.compactMap { entry in
            let name = entry.key.text
            guard HeaderText.isToken(name) else {
                sink.error(
                    .invalidHeader, at: entry.keyRange, "`\(name)` can't be the name of a header")
                return nil
            }
            guard mayChange(name, at: entry.keyRange),
                let value = text(entry.value, name, allowsEmpty: true)
            else { return nil }
            guard HeaderText.isValue(value) else {
                sink.error(
                    .invalidHeader, at: entry.value.range,
                    "the value of `\(name)` is not ASCII or has more than 8192 bytes"
                )
                return nil
            }
            return HeadersPolicy.Field(name: name, value: ValueTemplateText.parse(value))
        }
    }

    private mutating func removedFields(_ node: Node) -> [String] {
        (list(node, "remove") ?? []).compactMap { item in
            guard let name = token(item, "remove"), mayChange(name, at: item.range) else {
                return nil
            }
            return name
        }
    }

    /// Reports a field that says where messages end or belongs to one connection: the proxy states those
    /// itself, and another value would let one message be taken for two.
    mutating func mayChange(_ name: String, at range: SourceRange) -> Bool {
        guard HeaderText.isReserved(name) else { return true }
        sink.error(
            .invalidHeader, at: range,
            "`\(name)` belongs to the connection and can't be changed",
            suggestion: HostText.lowercased(name) == "host"
                ? "give the service a `proxy_host`" : nil)
        return false
    }

    mutating func loggingPolicy(_ node: Node) -> LoggingPolicy? {
        guard let fields = fields(of: node, in: .logging) else { return nil }
        let levels: KeyValuePairs<String, LoggingPolicy.Level> = [
            "trace": .trace, "debug": .debug, "info": .info, "notice": .notice, "warn": .warning,
            "warning": .warning, "error": .error,
        ]
        let formats: KeyValuePairs<String, LoggingPolicy.Format> = ["text": .text, "json": .json]
        var policy = LoggingPolicy()
        policy.level = fields["log_level"].flatMap { word($0, "log_level", levels) }
        if let node = fields["format"] {
            if case .scalar(let scalar) = node.kind, scalar.text.contains("{") {
                policy.template = lineTemplate(node)
            } else {
                policy.format = word(node, "format", formats)
            }
        }
        policy.output = text("output", of: fields)
        if let node = fields["sample"] { policy.samplePerMillion = sample(node) }
        return policy
    }

    /// Text with fields in braces, such as `{time} {client} {path}`.
    private mutating func lineTemplate(_ node: Node) -> String? {
        guard let text = text(node, "format") else { return nil }
        guard text.utf8.count <= 1_024, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            sink.error(
                .outOfRange, at: node.range,
                "`format` may have 1024 bytes at most, and no control characters")
            return nil
        }
        for piece in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
            let name = String(piece.prefix { $0 != "}" })
            guard piece.contains("}"), LoggingPolicy.fieldNames.contains(name) else {
                sink.error(
                    .unknownWord, at: node.range, "`format` has no field `{\(name)}`",
                    suggestion: DidYouMean.suggestion(for: name, among: LoggingPolicy.fieldNames)
                        ?? "one of "
                        + LoggingPolicy.fieldNames.map { "`\($0)`" }.joined(separator: ", "))
                return nil
            }
        }
        return text
    }

    private mutating func sample(_ node: Node) -> UInt32 {
        if case .scalar(let scalar) = node.kind, scalar.isPlain,
            let share = Decimal(Array(scalar.text.utf8)),
            let million = share.times(1_000_000, max: 1_000_000),
            million > 0
        {
            return UInt32(million)
        }
        sink.error(
            .outOfRange, at: node.range, "`sample` must be above 0 and at most 1",
            suggestion: "write the share of requests to log: `0.1` for one in ten")
        return 1_000_000
    }

    mutating func dynamicRoutePolicy(_ node: Node) -> DynamicRoutePolicy? {
        let errorCount = sink.errorCount
        guard let fields = fields(of: node, in: .dynamicRoute) else { return nil }
        let from = required("from", of: fields).flatMap {
            requestKey($0, "from", .dynamicRouteKeys)
        }
        var choices: [DynamicRoutePolicy.Choice] = []
        if let node = required("services", of: fields) {
            if case .mapping(let entries) = node.kind {
                for entry in entries {
                    guard let index = service(entry.value, "services") else { continue }
                    choices.append(.init(value: entry.key.text, service: index))
                }
            } else {
                wrongType(node, "`services` must be a map of values and services")
            }
        }
        let defaultService = fields["default"].flatMap { service($0, "default") }
        if sink.errorCount == errorCount, choices.isEmpty {
            noteIdleChoice(hasDefault: defaultService != nil, of: fields)
        }
        guard let from else { return nil }
        return DynamicRoutePolicy(from: from, choices: choices, defaultService: defaultService)
    }
}
