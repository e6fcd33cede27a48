import TableFormat
import Validate

extension TableEmitter {
    /// Writes what an `auth` was told.
    ///
    /// - Returns: Its index in its section.
    mutating func emit(
        _ policy: AuthPolicy, of middleware: Middleware, at index: UInt32
    ) -> UInt32 {
        var record = AuthPolicyRecord()
        record.middleware = index
        record.rolesClaim = sections.add(policy.rolesClaim)
        record.usersFile = sections.add(policy.usersFile)
        if let jwt = policy.jwt { emit(jwt, to: &record) }
        record.expiredCloseCode = policy.expiredCloseCode ?? 0
        record.firstItem = sections.count(of: .authItems)
        for audience in policy.jwt?.audience ?? [] { emit(.audience, audience) }
        for role in policy.roles { emit(.role, role) }
        for source in policy.tokenSources { emit(source) }
        if let forward = policy.forward {
            record.askedService = UInt32(configuration.services.count + askedServices.count)
            askedServices.append(Self.service(asking: forward, for: middleware))
            for header in forward.headers { emit(.copiedHeader, header) }
        }
        record.itemCount = sections.count(of: .authItems) - record.firstItem
        return sections.append(record, to: .authPolicies)
    }

    private mutating func emit(_ jwt: AuthPolicy.JWT, to record: inout AuthPolicyRecord) {
        for name in jwt.algorithms {
            guard let algorithm = TokenAlgorithm.allCases.first(where: { "\($0.name)" == name })
            else { preconditionFailure("an algorithm that the validator knows has no number") }
            record.algorithms |= algorithm.bit
        }
        record.leewayMilliseconds = jwt.leewayMilliseconds
        record.publicKey = sections.add(jwt.publicKey)
        record.keySet = sections.add(jwt.jwksFile)
        record.issuer = sections.add(jwt.issuer)
        guard let secret = jwt.secret else { return }
        let (kind, text): (SecretKind, String) =
            switch secret {
            case .literal(let text): (.literal, text)
            case .environment(let name): (.environment, name)
            case .file(let path): (.file, path)
            }
        record.secretKind = kind.rawValue
        record.secret = sections.add(text)
    }

    private mutating func emit(_ source: RequestKey) {
        switch source {
        case .header(let name): emit(.header, name)
        case .cookie(let name): emit(.cookie, name)
        case .query(let name): emit(.query, name)
        case .subprotocol: emit(.subprotocol, "")
        case .clientIP, .claim, .capture:
            preconditionFailure("a token from where the validator allows none")
        }
    }

    private mutating func emit(_ kind: AuthItemKind, _ text: String) {
        var record = AuthItemRecord()
        record.kind = kind.rawValue
        record.text = sections.add(text)
        sections.append(record, to: .authItems)
    }

    /// Who is asked is a service like others, with its own pool: only no route leads to it.
    private static func service(
        asking forward: AuthPolicy.Forward, for middleware: Middleware
    ) -> Service {
        let name = Located(
            "forward_auth of \(middleware.name.value)", at: middleware.name.range)
        var service = Service(
            name: name, backends: [Backend(url: forward.url, weight: 1)])
        service.proxyHost = forward.url.value.authority
        service.readTimeoutMilliseconds = Defaults.forwardAuthMilliseconds
        service.writeTimeoutMilliseconds = Defaults.forwardAuthMilliseconds
        service.dialTimeoutMilliseconds = Defaults.forwardAuthMilliseconds
        return service
    }
}

extension UpstreamURL {
    /// The value of Host for it: without a port that its scheme has anyway.
    fileprivate var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (usesTLS ? 443 : 80) ? name : "\(name):\(port)"
    }
}
