import Diagnostics
import RouteSyntax

extension ConfigurationDecoder {
    /// Declares the services of all files, in both forms of the section.
    mutating func declareServices(_ sections: [Fields]) -> [Declaration] {
        var declarations: [Declaration] = []
        for fields in sections {
            guard let node = fields["services"] else { continue }
            switch node.kind {
            case .mapping(let entries):
                for entry in entries {
                    let name = Located(entry.key.text, at: entry.keyRange)
                    let declaration = Declaration(name: name, body: entry.value, section: .service)
                    declareService(declaration, into: &declarations)
                }
            case .sequence(let items):
                for item in items {
                    guard let name = definedName(item, in: .listedService) else { continue }
                    let declaration = Declaration(name: name, body: item, section: .listedService)
                    declareService(declaration, into: &declarations)
                }
            case .scalar:
                gaps.skip(node)
                wrongType(node, "`services` must be a map of names or a list")
            }
        }
        return declarations
    }

    private mutating func declareService(
        _ declaration: Declaration, into declarations: inout [Declaration]
    ) {
        guard checkName(declaration.name, of: "a service") else { return }
        if serviceNames.declare(declaration.name) != nil {
            declarations.append(declaration)
            return
        }
        reportTwice(
            declaration.name, .duplicateService, "the service", earlierIn: serviceNames)
    }

    /// Reports a second definition of a name.
    mutating func reportTwice(
        _ name: Located<String>, _ code: DiagnosticCode, _ what: String, earlierIn index: NameIndex
    ) {
        let earlier = index[name.value].map { index.names[$0].range }
        sink.error(
            code, at: name.range, "\(what) `\(name.value)` is defined twice",
            notes: earlier.map { [.init(range: $0, message: "first defined here")] } ?? [])
    }

    /// The `name` of an item of a list of definitions. Other keys are left for later.
    mutating func definedName(_ item: Node, in section: Section) -> Located<String>? {
        let name = readName(item, in: section)
        // It may be the one that is missed elsewhere.
        if name == nil { gaps.skip(item) }
        return name
    }

    private mutating func readName(_ item: Node, in section: Section) -> Located<String>? {
        guard case .mapping(let entries) = item.kind else {
            wrongType(item, "\(section.place) in a list must be a map with `name`")
            return nil
        }
        guard let node = entries.first(where: { $0.key.text == "name" })?.value else {
            sink.error(.missingKey, at: item.range, "\(section.place) in a list needs `name`")
            return nil
        }
        return text(node, "name").map { Located($0, at: node.range) }
    }

    /// Whether a name can be used: what is in logs and messages must be one short line.
    mutating func checkName(_ name: Located<String>, of what: String) -> Bool {
        let isUsable =
            !name.value.isEmpty && name.value.utf8.count <= 255
            && name.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        if !isUsable {
            sink.error(
                .invalidText, at: name.range,
                "the name of \(what) has 1 to 255 bytes and no control characters")
        }
        return isUsable
    }

    // MARK: One service

    mutating func decodeService(_ declaration: Declaration) -> Service {
        let errorCount = sink.errorCount
        var service = service(of: declaration)
        service.isKnown = sink.errorCount == errorCount && !gaps.touches(declaration.body)
        return service
    }

    private mutating func service(of declaration: Declaration) -> Service {
        var service = Service(name: declaration.name, backends: [])
        guard let fields = fields(of: declaration.body, in: declaration.section) else {
            return service
        }
        decodeBackends(fields, into: &service)
        if let node = fields["proxy_host"] { service.proxyHost = proxyHost(node) }
        service.readTimeoutMilliseconds = duration("read_timeout", of: fields)
        service.writeTimeoutMilliseconds = duration("write_timeout", of: fields)
        service.dialTimeoutMilliseconds = duration("dial_timeout", of: fields)
        service.pingIntervalMilliseconds = duration("ping_interval", of: fields)
        if let index = serviceNames[declaration.name.value] {
            observations.pingIntervalRanges[index] = fields.keyRange("ping_interval")
        }
        if let node = fields["tls"] {
            service.tls = upstreamTLS(node)
            if let index = serviceNames[declaration.name.value] {
                observations.upstreamTLSRanges[index] = fields.keyRange("tls")
            }
        }
        if let node = fields["health_check"] { service.healthCheck = healthCheck(node) }
        if let node = fields["retry"] { service.retry = retry(node) }
        if let node = fields["circuit_breaker"] { service.circuitBreaker = circuitBreaker(node) }
        if let node = fields["upstream_proxy"] {
            service.upstreamProxy = upstreamProxy(node)
        }
        if let node = fields["fallback"] {
            service.fallback = serviceFallback(node, of: declaration.name.value)
        }
        return service
    }

    private mutating func decodeBackends(_ fields: Fields, into service: inout Service) {
        switch (fields["url"], fields["load_balancer"]) {
        case (let url?, nil):
            if let url = upstreamURL(url, "url") {
                service.backends = [Backend(url: url, weight: 1)]
            }
        case (nil, let balancer?): decodeBalancer(balancer, into: &service)
        case (_?, let balancer?):
            let keyRange = fields.keyRange("load_balancer") ?? balancer.range
            let other = fields.keyRange("url").map {
                [Diagnostic.Note(range: $0, message: "`url` is here")]
            }
            sink.error(
                .conflictingKeys, at: keyRange, "a service has `url` or `load_balancer`, not both",
                notes: other ?? [])
            decodeBalancer(balancer, into: &service)
        case (nil, nil):
            sink.error(
                .missingKey, at: service.name.range,
                "the service `\(service.name.value)` needs `url` or `load_balancer`")
        }
    }

    /// The URL of a backend.
    mutating func upstreamURL(_ node: Node, _ key: String) -> Located<UpstreamURL>? {
        guard let text = text(node, key) else { return nil }
        do throws(HostText.Fault) {
            return Located(try UpstreamURLText.parse(text), at: node.range)
        } catch {
            sink.error(.invalidURL, at: node.range, error.message, suggestion: error.suggestion)
            return nil
        }
    }

    private mutating func proxyHost(_ node: Node) -> String? {
        guard let text = text(node, "proxy_host") else { return nil }
        do throws(HostText.Fault) {
            let (host, port) = try UpstreamURLText.splitPort(text)
            let canonical = try HostText.canonical(host)
            return port.map { "\(canonical):\($0)" } ?? canonical
        } catch {
            sink.error(.invalidURL, at: node.range, error.message, suggestion: error.suggestion)
            return nil
        }
    }
}
