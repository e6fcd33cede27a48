import TableFormat

extension LoadedTable {
    /// What the middlewares of type `auth` were told, in the order of their section.
    package func authPolicies() -> [AuthDescription] {
        (0..<UInt32(view.count(of: .authPolicies))).map { index in
            let record = view.record(AuthPolicyRecord.self, .authPolicies, at: index)
            let middleware = view.record(
                MiddlewareRecord.self, .middlewares, at: record.middleware)
            var policy = AuthDescription(name: string(middleware.name))
            policy.algorithms = record.algorithms
            policy.secret = secret(of: record)
            policy.publicKey = optionalString(record.publicKey)
            policy.keySet = optionalString(record.keySet)
            policy.issuer = optionalString(record.issuer)
            policy.leewayMilliseconds = record.leewayMilliseconds
            if record.expiredCloseCode != 0 {
                policy.expiredCloseCode = record.expiredCloseCode
            }
            policy.rolesClaim = string(record.rolesClaim)
            policy.usersFile = optionalString(record.usersFile)
            if record.askedService != .none {
                policy.asked = AuthDescription.Asked(
                    service: ServiceIndex(record.askedService), headers: [])
            }
            for item in 0..<record.itemCount {
                add(
                    view.record(AuthItemRecord.self, .authItems, at: record.firstItem + item),
                    to: &policy)
            }
            return policy
        }
    }

    private func secret(of record: AuthPolicyRecord) -> AuthDescription.Secret? {
        switch SecretKind(rawValue: record.secretKind) {
        case .literal: .literal(string(record.secret))
        case .environment: .environment(string(record.secret))
        case .file: .file(string(record.secret))
        case .none?, nil: nil
        }
    }

    private func add(_ item: AuthItemRecord, to policy: inout AuthDescription) {
        let text = string(item.text)
        switch AuthItemKind(rawValue: item.kind) {
        case .audience: policy.audiences.append(text)
        case .role: policy.roles.append(text)
        case .header: policy.sources.append(.header(text))
        case .cookie: policy.sources.append(.cookie(text))
        case .query: policy.sources.append(.query(text))
        case .subprotocol: policy.sources.append(.subprotocol)
        case .copiedHeader: policy.asked?.headers.append(text)
        case nil: return
        }
    }
}
