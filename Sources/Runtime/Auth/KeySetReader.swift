import RouteTable
import TableFormat

/// Reads a JSON Web Key Set.
///
/// Keys that are for something else, of kinds that are not known, or damaged are left out, as RFC 7517, 5
/// has it: issuers put new kinds beside the old ones. What is no set at all is refused.
struct KeySetReader {
    /// Keys of one set. Issuers have two or three.
    static let keyCountMax = 64

    private var bytes: [UInt8]
    private var document = JSONDocument()
    /// Keys that were left out.
    private(set) var ignoredCount = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The keys that may verify tokens.
    ///
    /// - Throws: ``KeySetFault`` if the text is no set, or two keys can't be told apart.
    mutating func keys() throws(KeySetFault) -> [KeySetEntry] {
        do throws(JSONFault) {
            try document.read(&bytes, from: 0, limits: .keySet)
        } catch {
            throw .notJSON(error)
        }
        guard let list = document.member("keys", of: 0, in: bytes),
            document.kind(at: list) == .array
        else { throw .noKeys }
        var entries: [KeySetEntry] = []
        var next = document.firstElement(of: list)
        while let key = next {
            next = document.element(after: key, of: list)
            guard let entry = entry(at: key) else {
                ignoredCount += 1
                continue
            }
            guard entries.count < Self.keyCountMax else { throw .tooManyKeys }
            if entries.contains(where: { Self.collide($0, entry) }) { throw .sameName }
            entries.append(entry)
        }
        return entries
    }

    /// Whether a token could mean either of two keys.
    private static func collide(_ one: KeySetEntry, _ other: KeySetEntry) -> Bool {
        guard let name = one.name, other.hasName(name[...]) else { return false }
        return TokenAlgorithm.allCases.contains { one.serves($0) && other.serves($0) }
    }

    private func entry(at index: Int) -> KeySetEntry? {
        guard document.kind(at: index) == .object, isForVerifying(index) else { return nil }
        var algorithm: TokenAlgorithm?
        if let name = document.member("alg", of: index, in: bytes) {
            algorithm = TokenAlgorithm.allCases.first {
                document.isText($0.name, at: name, in: bytes)
            }
            if algorithm == nil { return nil }
        }
        guard let key = key(at: index) else { return nil }
        if let algorithm, !key.fits(algorithm) { return nil }
        var name: [UInt8]?
        if let value = document.member("kid", of: index, in: bytes) {
            guard document.kind(at: value) == .string else { return nil }
            name = Array(bytes[document.range(at: value)])
        }
        return KeySetEntry(key: key, name: name, algorithm: algorithm)
    }

    /// `use` and `key_ops` say what a key is for (RFC 7517, 4.2 and 4.3).
    private func isForVerifying(_ index: Int) -> Bool {
        if let use = document.member("use", of: index, in: bytes),
            !document.isText("sig", at: use, in: bytes)
        {
            return false
        }
        guard let operations = document.member("key_ops", of: index, in: bytes) else {
            return true
        }
        var next = document.firstElement(of: operations)
        while let operation = next {
            if document.isText("verify", at: operation, in: bytes) { return true }
            next = document.element(after: operation, of: operations)
        }
        return false
    }

    private func key(at index: Int) -> TokenKeys.Key? {
        guard let kind = document.member("kty", of: index, in: bytes) else { return nil }
        do throws(KeyFault) {
            if document.isText("oct", at: kind, in: bytes) {
                let secret = try number("k", of: index)
                return secret.isEmpty ? nil : .secret(SharedSecret(secret))
            }
            if document.isText("RSA", at: kind, in: bytes) {
                return .public(
                    try PublicKey(
                        modulus: number("n", of: index), exponent: number("e", of: index)))
            }
            if document.isText("EC", at: kind, in: bytes) { return .public(try curveKey(index)) }
            if document.isText("OKP", at: kind, in: bytes) {
                return .public(try edwardsKey(index))
            }
        } catch {
            return nil
        }
        return nil
    }

    private func curveKey(_ index: Int) throws(KeyFault) -> PublicKey {
        let curve = try text("crv", of: index)
        let algorithm: TokenAlgorithm
        if document.isText("P-256", at: curve, in: bytes) {
            algorithm = .es256
        } else if document.isText("P-384", at: curve, in: bytes) {
            algorithm = .es384
        } else if document.isText("P-521", at: curve, in: bytes) {
            algorithm = .es512
        } else {
            throw .unknownCurve
        }
        return try PublicKey(
            curve: algorithm, x: number("x", of: index), y: number("y", of: index))
    }

    private func edwardsKey(_ index: Int) throws(KeyFault) -> PublicKey {
        let curve = try text("crv", of: index)
        let isEd448 = document.isText("Ed448", at: curve, in: bytes)
        guard isEd448 || document.isText("Ed25519", at: curve, in: bytes) else {
            throw .unknownCurve
        }
        return try PublicKey(raw: number("x", of: index), isEd448: isEd448)
    }

    private func text(_ name: StaticString, of index: Int) throws(KeyFault) -> Int {
        guard let value = document.member(name, of: index, in: bytes),
            document.kind(at: value) == .string
        else { throw .malformed }
        return value
    }

    /// The bytes of a member in base64url.
    private func number(_ name: StaticString, of index: Int) throws(KeyFault) -> [UInt8] {
        let range = document.range(at: try text(name, of: index))
        let span = bytes.span.extracting(range)
        var result: [UInt8] = []
        // SAFETY: bytes are plain data.
        guard Base64URL.decode(unsafe span.bytes, into: &result) else { throw .malformed }
        return result
    }
}
