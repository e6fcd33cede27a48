import TableFormat

extension AuthDescription {
    /// What a dump says of a guard, by the names of the configuration. Never a secret.
    var facts: [(name: String, value: String)] {
        var facts: [(String, String)] = []
        if algorithms != 0 {
            let names = TokenAlgorithm.allCases.filter { algorithms & $0.bit != 0 }
            facts.append(("algorithms", names.map { "\($0.name)" }.joined(separator: ",")))
            facts.append(("token_from", sources.map(\.text).joined(separator: ",")))
        }
        switch secret {
        case .literal: facts.append(("secret", "written"))
        case .environment(let name): facts.append(("secret", "env:\(name)"))
        case .file(let path): facts.append(("secret", "file:\(path)"))
        case nil: break
        }
        for (name, value) in [
            ("public_key", publicKey), ("jwks_file", keySet), ("issuer", issuer),
            ("users_file", usersFile),
        ] {
            if let value { facts.append((name, value)) }
        }
        if !audiences.isEmpty { facts.append(("audience", audiences.joined(separator: ","))) }
        if leewayMilliseconds > 0 { facts.append(("leeway_ms", "\(leewayMilliseconds)")) }
        if expiredCloseCode != 1_008 {
            facts.append(("expired_close_code", "\(expiredCloseCode)"))
        }
        if !roles.isEmpty {
            facts.append(("roles", roles.joined(separator: ",")))
            facts.append(("roles_claim", rolesClaim))
        }
        if let asked {
            facts.append(("forward_auth", "service:\(asked.service.rawValue)"))
            facts.append(("headers", asked.headers.joined(separator: ",")))
        }
        return facts.map { (name: $0.0, value: $0.1) }
    }
}

extension AuthDescription.Source {
    /// As `token_from` has it.
    fileprivate var text: String {
        switch self {
        case .header("authorization"): "header"
        case .header(let name): "header:\(name)"
        case .cookie(let name): "cookie:\(name)"
        case .query(let name): "query:\(name)"
        case .subprotocol: "subprotocol"
        }
    }
}
