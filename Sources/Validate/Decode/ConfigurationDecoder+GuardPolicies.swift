import Diagnostics
import RouteSyntax

/// The middlewares that let requests through or not.
extension ConfigurationDecoder {
    private static let jwtAlgorithms: KeyValuePairs<String, String> = [
        "HS256": "HS256", "HS384": "HS384", "HS512": "HS512", "RS256": "RS256", "RS384": "RS384",
        "RS512": "RS512", "PS256": "PS256", "PS384": "PS384", "PS512": "PS512", "ES256": "ES256",
        "ES384": "ES384", "ES512": "ES512", "EdDSA": "EdDSA",
    ]

    mutating func authPolicy(_ node: Node) -> AuthPolicy? {
        guard let fields = fields(of: node, in: .auth) else { return nil }
        var policy = AuthPolicy()
        if let node = fields["jwt_secret"] {
            var jwt = AuthPolicy.JWT()
            jwt.algorithms = ["HS256"]
            jwt.secret = secret(node, "jwt_secret")
            checkStrength(of: jwt, at: node.range)
            policy.jwt = jwt
        }
        if let node = fields["jwt"] {
            if let range = fields.keyRange("jwt_secret") {
                sink.error(
                    .conflictingKeys, at: range, "`auth` has `jwt_secret` or `jwt`, not both",
                    notes: fields.keyRange("jwt").map {
                        [.init(range: $0, message: "`jwt` is here")]
                    } ?? [])
            }
            policy.jwt = jwt(node)
        }
        policy.roles = texts("roles", of: fields)
        policy.rolesClaim = text("roles_claim", of: fields) ?? "roles"
        if let node = fields["token_from"], let items = list(node, "token_from") {
            policy.tokenSources = items.compactMap { requestKey($0, "token_from", .tokenSources) }
        }
        if let node = fields["expired_close_code"] {
            policy.expiredCloseCode = expiredCloseCode(node, of: fields)
        }
        if let node = fields["forward_auth"] { policy.forward = forwardAuth(node) }
        if let node = fields["basic"], let basic = self.fields(of: node, in: .basic),
            let file = required("users_file", of: basic)
        {
            policy.usersFile = text(file, "users_file")
        }
        checkRoles(of: fields)
        let ways = ["jwt_secret", "jwt", "forward_auth", "basic"]
        if ways.allSatisfy({ fields[$0] == nil }), fields.hasOnlyKnownKeys {
            sink.error(
                .missingKey, at: fields.range,
                "`auth` needs `jwt_secret`, `jwt`, `forward_auth` or `basic` in its `config`")
        }
        return policy
    }

    /// What the end of a token is told WebSockets with: a code that may stand in a frame (RFC 6455, 7.4).
    private mutating func expiredCloseCode(_ node: Node, of fields: Fields) -> UInt16? {
        let key = "expired_close_code"
        if fields["jwt"] == nil, fields["jwt_secret"] == nil {
            sink.error(
                .missingKey, at: fields.keyRange(key) ?? node.range,
                "`\(key)` needs `jwt` or `jwt_secret`",
                suggestion: "nothing else that lets a WebSocket in ends by itself")
        }
        guard let code = integer(node, key, 1_000...4_999) else { return nil }
        switch code {
        case 1_000...1_003, 1_007...1_014, 3_000...4_999: return UInt16(code)
        default:
            sink.error(
                .outOfRange, at: node.range,
                "`\(key)` must be a code that may be sent, and \(code) may not",
                suggestion: "4000 to 4999 are free for everybody's own use, such as 4001")
            return nil
        }
    }

    private mutating func jwt(_ node: Node) -> AuthPolicy.JWT? {
        guard let fields = fields(of: node, in: .jwt) else { return nil }
        var jwt = AuthPolicy.JWT()
        if let node = required("algorithms", of: fields), let items = list(node, "algorithms") {
            jwt.algorithms = items.compactMap { word($0, "algorithms", Self.jwtAlgorithms) }
            if items.isEmpty { sink.error(.emptyValue, at: node.range, "`algorithms` is empty") }
        }
        jwt.secret = fields["secret"].flatMap { secret($0, "secret") }
        jwt.publicKey = text("public_key", of: fields)
        jwt.jwksFile = text("jwks_file", of: fields)
        jwt.issuer = text("issuer", of: fields)
        if let node = fields["audience"] {
            if case .scalar = node.kind {
                jwt.audience = text(node, "audience").map { [$0] } ?? []
            } else {
                jwt.audience = texts(node, "audience")
                if case .sequence(let items) = node.kind, items.isEmpty {
                    noteIdle(
                        "`audience` is empty: tokens for anybody will do",
                        "name the audience, or leave it out", at: node.range)
                }
            }
        }
        jwt.leewayMilliseconds =
            fields["leeway"].flatMap {
                duration($0, "leeway", allowsZero: true)
            } ?? 0
        if ["secret", "public_key", "jwks_file"].allSatisfy({ fields[$0] == nil }),
            fields.hasOnlyKnownKeys
        {
            sink.error(
                .missingKey, at: fields.range, "`jwt` needs `secret`, `public_key` or `jwks_file`")
        }
        checkKeys(of: jwt, fields)
        return jwt
    }

    /// Each algorithm has a key, and each key is for an algorithm. Sets of keys are read by wsproxy.
    private mutating func checkKeys(of jwt: AuthPolicy.JWT, _ fields: Fields) {
        guard !jwt.algorithms.isEmpty else { return }
        if let range = fields["secret"]?.range { checkStrength(of: jwt, at: range) }
        let shared = jwt.algorithms.filter { $0.hasPrefix("HS") }
        let others = jwt.algorithms.filter { !$0.hasPrefix("HS") }
        if let range = fields.keyRange("secret"), shared.isEmpty {
            sink.error(
                .keyMismatch, at: range, "none of `algorithms` is verified with a secret",
                suggestion: "HS256, HS384 and HS512 are")
        }
        if let range = fields.keyRange("public_key"), others.isEmpty {
            sink.error(
                .keyMismatch, at: range, "none of `algorithms` is verified with a public key",
                suggestion: "a public key must not be the secret of HS256: everybody knows it")
        }
        guard fields["jwks_file"] == nil, fields["secret"] != nil || fields["public_key"] != nil,
            let range = fields["algorithms"]?.range
        else { return }
        if let name = shared.first, fields["secret"] == nil {
            sink.error(.keyMismatch, at: range, "`\(name)` needs `secret` or `jwks_file`")
        }
        if let name = others.first, fields["public_key"] == nil {
            sink.error(.keyMismatch, at: range, "`\(name)` needs `public_key` or `jwks_file`")
        }
    }

    /// Secrets that wsproxy reads are looked at there.
    private mutating func checkStrength(of jwt: AuthPolicy.JWT, at range: SourceRange) {
        guard case .literal(let text)? = jwt.secret else { return }
        if text.isEmpty { sink.error(.emptyValue, at: range, "the secret is empty") }
        let needed = jwt.algorithms.compactMap { name in
            name.hasPrefix("HS") ? Int(name.dropFirst(2)).map { $0 / 8 } : nil
        }
        guard let most = needed.max(), text.utf8.count < most, !text.isEmpty else { return }
        observations.weakSecrets.append(
            (byteCount: text.utf8.count, neededByteCount: most, range: range))
    }

    private mutating func forwardAuth(_ node: Node) -> AuthPolicy.Forward? {
        guard let fields = fields(of: node, in: .forwardAuth),
            let urlNode = required("url", of: fields), let url = upstreamURL(urlNode, "url")
        else { return nil }
        let headers = fields["headers"].map { copiedFields($0) } ?? []
        return AuthPolicy.Forward(url: url, headers: headers.map(HostText.lowercased))
    }

    /// Names of fields that are copied from the answer of whoever is asked.
    private mutating func copiedFields(_ node: Node) -> [String] {
        (list(node, "headers") ?? []).compactMap { item in
            guard let name = token(item, "headers"), mayChange(name, at: item.range) else {
                return nil
            }
            guard !name.contains("*") else {
                sink.error(
                    .invalidHeader, at: item.range, "`\(name)` is the name of no header",
                    suggestion: "name each header; there are no patterns here")
                return nil
            }
            return name
        }
    }

    /// A secret: text, `{env: NAME}` or `{file: PATH}`.
    mutating func secret(_ node: Node, _ key: String) -> Secret? {
        guard case .mapping = node.kind else {
            guard let text = text(node, key) else { return nil }
            observations.literalSecrets.append((key: key, range: node.range))
            return .literal(text)
        }
        guard let fields = fields(of: node, in: .secret) else { return nil }
        switch (fields["env"], fields["file"]) {
        case (let name?, nil): return text(name, "env").map { .environment($0) }
        case (nil, let path?): return text(path, "file").map { .file($0) }
        case (nil, nil) where !fields.hasOnlyKnownKeys: return nil
        case (nil, nil), (_?, _?):
            sink.error(
                .conflictingKeys, at: node.range, "a secret has either `env` or `file`",
                suggestion: "write `{env: NAME}` or `{file: PATH}`")
            return nil
        }
    }

    mutating func rateLimitPolicy(_ node: Node) -> RateLimitPolicy? {
        guard let fields = fields(of: node, in: .rateLimit),
            required("requests_per_minute", of: fields) != nil
        else { return nil }
        let requests = count("requests_per_minute", of: fields)
        let key = fields["key"].flatMap { requestKey($0, "key", .rateLimitKeys) }
        let burst = count("burst_size", of: fields)
        return requests.map {
            RateLimitPolicy(requestsPerMinute: $0, burstSize: burst, key: key ?? .clientIP)
        }
    }

    mutating func ipFilterPolicy(_ node: Node) -> IPFilterPolicy? {
        guard let fields = fields(of: node, in: .ipFilter) else { return nil }
        var policy = IPFilterPolicy()
        policy.allow = fields["allow"].map { addressRanges($0, "allow") } ?? []
        policy.deny = fields["deny"].map { addressRanges($0, "deny") } ?? []
        for key in ["allow", "deny"] {
            // An empty list is most likely a variable without a value: it would let everybody in.
            guard let node = fields[key], case .sequence(let items) = node.kind, items.isEmpty
            else { continue }
            sink.error(.emptyValue, at: node.range, "`\(key)` is empty")
        }
        if fields["allow"] == nil, fields["deny"] == nil, fields.hasOnlyKnownKeys {
            sink.error(
                .missingKey, at: fields.range, "`ip_filter` needs `allow` or `deny` in its `config`"
            )
        }
        return policy
    }
}
