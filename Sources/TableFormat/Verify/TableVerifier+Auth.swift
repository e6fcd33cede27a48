extension TableVerifier {
    /// Whatever an `auth` names is there, and it asks for something.
    func checkAuth() throws(TableDamage) {
        var nextItem: UInt32 = 0
        for index in 0..<count(.authPolicies) {
            let policy = view.record(AuthPolicyRecord.self, .authPolicies, at: index)
            let texts = [
                policy.secret, policy.publicKey, policy.keySet, policy.issuer, policy.usersFile,
            ]
            for text in texts { try require(isTextOrNone(text), .authPolicies, index) }
            try require(isText(policy.rolesClaim), .authPolicies, index)
            let secretKind = SecretKind(rawValue: policy.secretKind)
            try require(
                secretKind != nil && (secretKind == SecretKind.none) == policy.secret.isNone,
                .authPolicies, index)
            let hasKey =
                !policy.secret.isNone || !policy.publicKey.isNone || !policy.keySet.isNone
            try require(
                policy.algorithms & ~TokenAlgorithm.allBits == 0
                    && (policy.algorithms != 0) == hasKey, .authPolicies, index)
            // A guard that asks for nothing would let everybody through.
            try require(
                policy.algorithms != 0 || !policy.usersFile.isNone || policy.askedService != .none,
                .authPolicies, index)
            switch policy.expiredCloseCode {
            case 0: break
            // Those that may stand in a frame, and nothing ends without a token.
            case 1_000...1_003, 1_007...1_014, 3_000...4_999:
                try require(policy.algorithms != 0, .authPolicies, index)
            default: try require(false, .authPolicies, index)
            }
            try require(
                isIndexOrNone(policy.askedService, .services)
                    && policy.middleware < count(.middlewares), .authPolicies, index)
            try require(
                policy.firstItem == nextItem
                    && isInside(policy.firstItem, policy.itemCount, .authItems), .authPolicies,
                index)
            nextItem += policy.itemCount
        }
        for index in 0..<count(.middlewares) {
            let middleware = view.record(MiddlewareRecord.self, .middlewares, at: index)
            guard middleware.kind == MiddlewareKind.auth.rawValue else { continue }
            try require(middleware.policy != .none, .middlewares, index)
        }
        for index in 0..<count(.authItems) {
            let item = view.record(AuthItemRecord.self, .authItems, at: index)
            try require(
                isText(item.text)
                    // An answer gives a header of that name to the backend.
                    && (item.kind != AuthItemKind.copiedHeader.rawValue
                        || item.text.byteCount > 0)
                    && AuthItemKind(rawValue: item.kind) != nil, .authItems, index)
        }
    }
}
