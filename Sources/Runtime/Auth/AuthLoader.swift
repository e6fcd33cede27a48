internal import Glibc
import RouteTable
import TableFormat

/// Reads what guards need and the table only names: secrets, keys and users.
struct AuthLoader {
    /// Larger than any secret.
    static let secretByteCountMax = 64 * 1_024
    static let keyByteCountMax = 64 * 1_024
    static let keySetByteCountMax = 1 << 20
    static let usersByteCountMax = 4 << 20

    private let earlier: AuthSet?
    private var set = AuthSet()

    /// Reads everything.
    ///
    /// - Parameter earlier: What the table before had: a set of keys whose file is broken now is taken from
    ///   there, so that a file which is half written shuts nobody out.
    /// - Throws: ``StartupError`` for the first thing that is missing, wrong or too weak.
    static func load(
        _ policies: [AuthDescription], after earlier: AuthSet?
    ) throws(StartupError) -> AuthSet {
        var loader = AuthLoader(earlier: earlier)
        for policy in policies {
            do throws(AuthFault) {
                let one = try loader.read(policy)
                loader.set.guards.append(one)
            } catch {
                throw StartupError("middleware \(policy.name): \(error.message)")
            }
        }
        return loader.set
    }

    private init(earlier: AuthSet?) { self.earlier = earlier }

    private mutating func read(_ policy: AuthDescription) throws(AuthFault) -> AuthGuard {
        let tokens = policy.algorithms == 0 ? nil : try self.tokens(of: policy)
        let sources: [AuthGuard.Source] = policy.sources.map { source in
            switch source {
            case .header("authorization"): .authorization
            case .header(let name): .header(Array(name.utf8))
            case .cookie(let name): .cookie(Array(name.utf8))
            case .query(let name): .query(Array(name.utf8))
            case .subprotocol: .subprotocol
            }
        }
        let asked = policy.asked.map { asked in
            AuthGuard.Asked(
                service: asked.service.rawValue, headers: asked.headers.map { Array($0.utf8) })
        }
        return AuthGuard(
            name: policy.name, tokens: tokens, sources: tokens == nil ? [] : sources,
            users: try users(of: policy), asked: asked,
            expiredCloseCode: CloseCode(rawValue: policy.expiredCloseCode))
    }

    private func users(of policy: AuthDescription) throws(AuthFault) -> UserTable? {
        guard let path = policy.usersFile else { return nil }
        let text = try contents(of: path, "users_file", byteCountMax: Self.usersByteCountMax)
        do throws(UserFileFault) {
            return try UserTable(text)
        } catch {
            throw AuthFault("users_file \(path)\(error.message)")
        }
    }

    private mutating func tokens(of policy: AuthDescription) throws(AuthFault) -> TokenPolicy {
        var tokens = TokenPolicy()
        tokens.algorithms = policy.algorithms
        tokens.issuer = policy.issuer.map { Array($0.utf8) }
        tokens.audiences = policy.audiences.map { Array($0.utf8) }
        tokens.leewayMilliseconds = Int64(policy.leewayMilliseconds)
        tokens.roles = policy.roles.map { Array($0.utf8) }
        tokens.rolesClaim = ClaimPath(Array(policy.rolesClaim.utf8))
        if let secret = policy.secret {
            tokens.keys.own.append(.secret(try self.secret(secret, for: policy)))
        }
        if let path = policy.publicKey {
            tokens.keys.own.append(.public(try publicKey(path)))
        }
        if let path = policy.keySet {
            tokens.keys.set = try keySet(path).filter { entry in
                TokenAlgorithm.allCases.contains { tokens.allows($0) && entry.serves($0) }
            }
            guard !tokens.keys.set.isEmpty else {
                throw AuthFault("jwks_file \(path): holds no key for any of `algorithms`")
            }
        }
        try Self.checkUse(of: tokens.keys.own, tokens, hasSet: policy.keySet != nil)
        return tokens
    }

    /// Each key serves an algorithm, and each algorithm has a key: anything else was meant otherwise.
    private static func checkUse(
        of keys: [TokenKeys.Key], _ tokens: TokenPolicy, hasSet: Bool
    ) throws(AuthFault) {
        let allowed = TokenAlgorithm.allCases.filter(tokens.allows)
        for key in keys where !allowed.contains(where: key.fits) {
            let word = if case .secret = key { "secret" } else { "public_key" }
            throw AuthFault("`\(word)` is of no use for any of `algorithms`")
        }
        guard !hasSet else { return }
        for algorithm in allowed where !keys.contains(where: { $0.fits(algorithm) }) {
            throw AuthFault("there is no key that `\(algorithm.name)` could be verified with")
        }
    }

    private mutating func secret(
        _ secret: AuthDescription.Secret, for policy: AuthDescription
    ) throws(AuthFault) -> SharedSecret {
        let bytes: [UInt8]
        let place: String
        var mayBeShort = false
        switch secret {
        case .literal(let text):
            (bytes, place, mayBeShort) = (Array(text.utf8), "the secret", true)
        case .environment(let name):
            place = "the secret in the variable \(name)"
            // SAFETY: the text is copied at once; nothing in this process changes its environment.
            guard let text = unsafe getenv(name) else {
                throw AuthFault("the variable \(name), which should hold the secret, is not set")
            }
            bytes = unsafe Array(String(cString: text).utf8)
        case .file(let path):
            place = "the secret in \(path)"
            bytes = Self.withoutLineEnd(
                try contents(of: path, "secret", byteCountMax: Self.secretByteCountMax))
        }
        guard !bytes.isEmpty else { throw AuthFault("\(place) is empty") }
        // Whoever knows a public key could sign with it (RFC 8725, 2.1).
        guard !PEMText.holds("-----BEGIN", in: bytes) else {
            throw AuthFault("\(place) is a key in PEM form; that is for `public_key`")
        }
        try check(bytes.count, place, mayBeShort: mayBeShort, for: policy)
        return SharedSecret(bytes)
    }

    /// A secret has at least as many bytes as the hash (RFC 7518, 3.2). One that is written in the
    /// configuration is a trial's, and only draws a warning.
    private mutating func check(
        _ byteCount: Int, _ place: String, mayBeShort: Bool, for policy: AuthDescription
    ) throws(AuthFault) {
        let needed =
            TokenAlgorithm.allCases
            .filter { $0.family == .secret && policy.algorithms & $0.bit != 0 }
            .map(\.hashByteCount).max() ?? 0
        guard byteCount < needed else { return }
        let text = "\(place) has \(byteCount) bytes; at least \(needed) are needed (RFC 7518, 3.2)"
        guard mayBeShort else { throw AuthFault(text) }
        set.notices.append(
            AuthNotice(event: "auth.weak_secret", text: "middleware \(policy.name): \(text)"))
    }

    private static func withoutLineEnd(_ bytes: [UInt8]) -> [UInt8] {
        var end = bytes.count
        if end > 0, bytes[end - 1] == OctetClass.lineFeed { end -= 1 }
        if end > 0, bytes[end - 1] == OctetClass.carriageReturn { end -= 1 }
        return Array(bytes[..<end])
    }

    private func publicKey(_ path: String) throws(AuthFault) -> PublicKey {
        let text = try contents(of: path, "public_key", byteCountMax: Self.keyByteCountMax)
        do throws(KeyFault) {
            return try PublicKey(pem: text)
        } catch {
            throw AuthFault("public_key \(path): \(error.message)")
        }
    }

    private mutating func keySet(_ path: String) throws(AuthFault) -> [KeySetEntry] {
        if let known = set.keySets[path] { return known }
        do throws(AuthFault) {
            let entries = try readKeySet(path)
            set.keySets[path] = entries
            return entries
        } catch {
            guard let kept = earlier?.keySets[path] else { throw error }
            set.keySets[path] = kept
            set.notices.append(
                AuthNotice(
                    event: "auth.keys_kept", text: "\(error.message); its earlier keys stay"))
            return kept
        }
    }

    private mutating func readKeySet(_ path: String) throws(AuthFault) -> [KeySetEntry] {
        let text = try contents(of: path, "jwks_file", byteCountMax: Self.keySetByteCountMax)
        var reader = KeySetReader(text)
        let entries: [KeySetEntry]
        do throws(KeySetFault) {
            entries = try reader.keys()
        } catch {
            throw AuthFault("jwks_file \(path): \(error.message)")
        }
        guard !entries.isEmpty else {
            throw AuthFault("jwks_file \(path): holds no key that tokens could be signed with")
        }
        if reader.ignoredCount > 0 {
            set.notices.append(
                AuthNotice(
                    event: "auth.keys_ignored",
                    text: "jwks_file \(path): left out \(reader.ignoredCount) that are for "
                        + "something else, of unknown kinds or damaged"))
        }
        return entries
    }

    private func contents(
        of path: String, _ role: String, byteCountMax: Int
    ) throws(AuthFault) -> [UInt8] {
        do throws(FileContentsError) {
            return try FileContents.read(path, byteCountMax: byteCountMax)
        } catch {
            throw AuthFault("\(role) \(path): \(error.description)")
        }
    }
}
