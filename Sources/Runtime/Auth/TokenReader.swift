import RouteTable
import TableFormat

/// Reads and verifies tokens: JSON Web Tokens (RFC 7519) in the compact form of JWS (RFC 7515), as
/// RFC 8725 advises.
///
/// Keeps nothing of a token but the memory it was decoded into, which the next one uses again. Nothing that
/// the token says is taken for true before its signature is verified; which key that is, is said by the
/// configuration: keys and addresses of keys inside the token (`jwk`, `jku`, `x5c`, `x5u`) are never looked
/// at.
package struct TokenReader {
    /// Most bytes of a token. A head may be larger; a token of this size already has hundreds of groups.
    package static let tokenByteCountMax = 16 * 1_024
    /// Most bytes of its header: this much of a token is decoded before anything is verified.
    private static let headerByteCountMax = 4 * 1_024

    /// The claims of the last token that was verified.
    private(set) var claims: [UInt8] = []
    /// What is where in ``claims``.
    private(set) var document = JSONDocument()
    private var header: [UInt8] = []
    private var signature: [UInt8] = []

    package init() {}

    /// Verifies a token.
    ///
    /// - Parameter now: The time of the day, in milliseconds since 1970.
    /// - Returns: Until when it is valid, in the same measure, leeway included; nil: without end.
    /// - Throws: ``TokenRefusal`` for the first thing that is wrong with it.
    mutating func verify(
        _ token: RawSpan, by policy: TokenPolicy, now: Int64
    ) throws(TokenRefusal) -> Int64? {
        guard token.byteCount > 0 else { throw .missing }
        guard token.byteCount <= Self.tokenByteCountMax else { throw .tooLong }
        let parts = try Self.split(token)
        let algorithm = try readHeader(token.extracting(parts.header), policy)
        guard let key = key(for: algorithm, policy) else { throw .key }
        signature.removeAll(keepingCapacity: true)
        guard Base64URL.decode(token.extracting(parts.signature), into: &signature),
            !signature.isEmpty
        else { throw .malformed }
        let signed = token.extracting(0..<parts.claims.upperBound)
        guard key.hasSigned(signed, signature, algorithm) else { throw .signature }
        try readClaims(token.extracting(parts.claims))
        return try checkClaims(policy, now: now)
    }

    private typealias Parts = (header: Range<Int>, claims: Range<Int>, signature: Range<Int>)

    /// Header, claims and signature, with a dot between each. Five parts are an encrypted token.
    private static func split(_ token: RawSpan) throws(TokenRefusal) -> Parts {
        var dots = (0, 0)
        var count = 0
        for index in 0..<token.byteCount where token.octet(at: index) == UInt8(ascii: ".") {
            count += 1
            switch count {
            case 1: dots.0 = index
            case 2: dots.1 = index
            default: throw .malformed
            }
        }
        guard count == 2, dots.0 > 0, dots.1 > dots.0 + 1, dots.1 + 1 < token.byteCount else {
            throw .malformed
        }
        return (0..<dots.0, dots.0 + 1..<dots.1, dots.1 + 1..<token.byteCount)
    }

    private mutating func readHeader(
        _ text: RawSpan, _ policy: TokenPolicy
    ) throws(TokenRefusal) -> TokenAlgorithm {
        guard text.byteCount <= Self.headerByteCountMax else { throw .tooLong }
        try Self.read(text, into: &header, &document, limits: .tokenHeader)
        // Extensions that must be understood: none is (RFC 7515, 4.1.11).
        guard document.member("crit", of: 0, in: header) == nil else { throw .malformed }
        guard let name = document.member("alg", of: 0, in: header),
            document.kind(at: name) == .string
        else { throw .malformed }
        for algorithm in TokenAlgorithm.allCases
        where policy.allows(algorithm) && document.isText(algorithm.name, at: name, in: header) {
            return algorithm
        }
        throw .algorithm
    }

    /// The key that the policy has for the token whose header was read last.
    private func key(for algorithm: TokenAlgorithm, _ policy: TokenPolicy) -> TokenKeys.Key? {
        guard let name = document.member("kid", of: 0, in: header) else {
            return policy.keys.key(for: algorithm, named: nil)
        }
        guard document.kind(at: name) == .string else { return nil }
        return policy.keys.key(for: algorithm, named: header[document.range(at: name)])
    }

    private mutating func readClaims(_ text: RawSpan) throws(TokenRefusal) {
        try Self.read(text, into: &claims, &document, limits: .claims)
    }

    /// Decodes one part and reads the object that it holds.
    private static func read(
        _ text: RawSpan, into bytes: inout [UInt8], _ document: inout JSONDocument,
        limits: JSONLimits
    ) throws(TokenRefusal) {
        bytes.removeAll(keepingCapacity: true)
        guard Base64URL.decode(text, into: &bytes) else { throw .malformed }
        do throws(JSONFault) {
            try document.read(&bytes, from: 0, limits: limits)
        } catch {
            throw .malformed
        }
        guard document.kind(at: 0) == .object else { throw .malformed }
    }

    private func checkClaims(
        _ policy: TokenPolicy, now: Int64
    ) throws(TokenRefusal) -> Int64? {
        let leeway = policy.leewayMilliseconds
        let end = try date("exp").map { $0 + leeway }
        if let end, now >= end { throw .expired }
        if let begin = try date("nbf"), now + leeway < begin { throw .notYetValid }
        // When it was issued says nothing about whether it is valid, but must be a date.
        _ = try date("iat")
        if let issuer = policy.issuer {
            guard let value = document.member("iss", of: 0, in: claims),
                document.isText(issuer, at: value, in: claims)
            else { throw .issuer }
        }
        if !policy.audiences.isEmpty {
            guard let value = document.member("aud", of: 0, in: claims),
                holds(value, oneOf: policy.audiences, splittingText: false)
            else { throw .audience }
        }
        if !policy.roles.isEmpty {
            guard let value = policy.rolesClaim.find(in: document, claims),
                holds(value, oneOf: policy.roles, splittingText: true)
            else { throw .roles }
        }
        return end
    }

    /// Appends the value of a claim of the token that was verified last, as text.
    ///
    /// A list gives its elements with commas between them, an object nothing. It may hold bytes that no header may:
    /// whoever writes one looks at them.
    func append(_ claim: ClaimPath, to text: inout [UInt8]) {
        guard let value = claim.find(in: document, claims) else { return }
        append(value, to: &text)
    }

    private func append(_ value: Int, to text: inout [UInt8]) {
        switch document.kind(at: value) {
        case .string, .number: text += claims[document.range(at: value)]
        case .true: text += Array("true".utf8)
        case .false: text += Array("false".utf8)
        case .object, .null: return
        case .array:
            var next = document.firstElement(of: value)
            while let element = next {
                next = document.element(after: element, of: value)
                if document.kind(at: element) != .array { append(element, to: &text) }
                if next != nil { text.append(UInt8(ascii: ",")) }
            }
        }
    }

    /// A NumericDate (RFC 7519, 2) in milliseconds; nil if there is none.
    private func date(_ name: StaticString) throws(TokenRefusal) -> Int64? {
        guard let value = document.member(name, of: 0, in: claims) else { return nil }
        guard document.kind(at: value) == .number,
            let milliseconds = NumericDate.milliseconds(claims[document.range(at: value)])
        else { throw .malformed }
        return milliseconds
    }

    /// Whether a text is one of `wanted`, or a list has one of them.
    ///
    /// - Parameter splittingText: A text is a list whose elements have blanks between them, as `scope` has
    ///   them (RFC 6749, 3.3).
    private func holds(_ value: Int, oneOf wanted: [[UInt8]], splittingText: Bool) -> Bool {
        switch document.kind(at: value) {
        case .string:
            guard splittingText else { return isText(value, oneOf: wanted) }
            return hasWord(document.range(at: value), oneOf: wanted)
        case .array:
            var next = document.firstElement(of: value)
            while let element = next {
                if isText(element, oneOf: wanted) { return true }
                next = document.element(after: element, of: value)
            }
            return false
        case .object, .number, .true, .false, .null: return false
        }
    }

    private func isText(_ value: Int, oneOf wanted: [[UInt8]]) -> Bool {
        for text in wanted where document.isText(text, at: value, in: claims) { return true }
        return false
    }

    private func hasWord(_ range: Range<Int>, oneOf wanted: [[UInt8]]) -> Bool {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound, claims[end] != OctetClass.space { end += 1 }
            for text in wanted where claims[start..<end].elementsEqual(text) && start < end {
                return true
            }
            start = end + 1
        }
        return false
    }
}
