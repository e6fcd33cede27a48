internal import RouteTable

/// Decides who may ask what of the admin listener.
///
/// - Whoever is not asked for a token is protected by the address alone, so a page in a browser on this
///   machine must not be able to ask for it: the host has to be an address or `localhost`, which a name
///   that an attacker points at 127.0.0.1 is not (DNS rebinding).
/// - What changes something is refused when a browser says that another site wants it (`Origin`,
///   `Sec-Fetch-Site`), or when it comes in a form that a page of another site could send unasked.
/// - Without a token, nothing is told to a page of another site either, though it could not read the answer: it
///   could make this listener work. A link to the page itself may be followed from anywhere.
/// - With a token, everything needs it but the two health checks and the page itself, which has no secrets.
package struct AdminGuard: Sendable {
    /// nil: no token was configured.
    private let token: AdminToken?
    /// Whether the listener is a Unix socket, which no browser reaches.
    private let isUnix: Bool

    package init(token: AdminToken?, isUnix: Bool) {
        self.token = token
        self.isUnix = isUnix
    }

    /// What is wrong with a request; nil if it may be served.
    ///
    /// - Parameters:
    ///   - isOpen: Asks for something that is no secret and changes nothing.
    func refusal(
        of head: RequestHead, path: String, _ fields: borrowing HeaderFields, _ bytes: RawSpan,
        isOpen: Bool
    ) -> AdminRefusal? {
        if token == nil, !isUnix, !Self.isLiteral(bytes.octets(head.host)) {
            return AdminRefusal(
                .misdirectedRequest,
                "without --admin-token-file the host has to be an address or localhost")
        }
        if let token, !isOpen, !isAuthorized(by: token, fields, bytes) {
            return AdminRefusal(
                .unauthorized, "send the admin token as Authorization: Bearer TOKEN")
        }
        if head.method == .get || head.method == .head {
            let isAllowed =
                token != nil || !Self.isForeign(fields, bytes)
                || path == "/" && Self.isNavigation(fields, bytes)
            return isAllowed
                ? nil : AdminRefusal(.forbidden, "another site may not ask for this")
        }
        return crossSiteRefusal(head, fields, bytes)
    }

    /// Whether a browser says that a page of another site asks.
    private static func isForeign(
        _ fields: borrowing HeaderFields, _ bytes: RawSpan
    ) -> Bool {
        guard let site = value("sec-fetch-site", fields, bytes) else { return false }
        return !site.isEqual(to: "same-origin") && !site.isEqual(to: "none")
    }

    /// Whether a browser says that somebody goes to another page, not into a frame of one.
    private static func isNavigation(
        _ fields: borrowing HeaderFields, _ bytes: RawSpan
    ) -> Bool {
        guard let mode = value("sec-fetch-mode", fields, bytes),
            let destination = value("sec-fetch-dest", fields, bytes)
        else { return false }
        return mode.isEqual(to: "navigate") && destination.isEqual(to: "document")
    }

    private func isAuthorized(
        by token: AdminToken, _ fields: borrowing HeaderFields, _ bytes: RawSpan
    ) -> Bool {
        guard let value = Self.value("authorization", fields, bytes), value.byteCount > 7,
            bytesEqual(value.extracting(0..<7), "bearer ")
        else { return false }
        return token.matches(value.extracting(7..<value.byteCount))
    }

    private func crossSiteRefusal(
        _ head: RequestHead, _ fields: borrowing HeaderFields, _ bytes: RawSpan
    ) -> AdminRefusal? {
        let foreign = AdminRefusal(.forbidden, "another site may not change anything here")
        if Self.isForeign(fields, bytes) { return foreign }
        if let origin = Self.value("origin", fields, bytes),
            !Self.isOwn(origin, host: bytes.octets(head.host))
        {
            return foreign
        }
        // What a page may send to another site without asking first has one of three content types.
        if let type = Self.value("content-type", fields, bytes), !Self.isJSON(type) {
            return AdminRefusal(
                .unsupportedMediaType, "content has to be application/json, or none at all")
        }
        return nil
    }

    /// Whether an origin is `http://` or `https://` and the host that was asked.
    private static func isOwn(_ origin: RawSpan, host: RawSpan) -> Bool {
        for scheme in ["http://", "https://"] as [StaticString] {
            let count = scheme.utf8CodeUnitCount
            guard origin.byteCount == count + host.byteCount, host.byteCount > 0,
                origin.extracting(0..<count).isEqual(to: scheme)
            else { continue }
            let rest = origin.extracting(count..<origin.byteCount)
            var isEqual = true
            for offset in 0..<host.byteCount
            where OctetClass.lowercased(rest.octet(at: offset))
                != OctetClass.lowercased(host.octet(at: offset))
            {
                isEqual = false
            }
            if isEqual { return true }
        }
        return false
    }

    private static func isJSON(_ type: RawSpan) -> Bool {
        let name = MediaType.withoutParameters(
            ByteRange(from: 0, to: type.byteCount), in: type)
        return type.equalsIgnoringCase(name, "application/json")
    }

    /// Whether a host is `localhost` or an address, with or without a port.
    private static func isLiteral(_ host: RawSpan) -> Bool {
        var end = host.byteCount
        if let colon = portColon(of: host) { end = colon }
        let name = host.extracting(0..<end)
        if name.byteCount > 2, name.octet(at: 0) == UInt8(ascii: "[") {
            return ClientAddress(literal: name.extracting(1..<name.byteCount - 1)) != nil
        }
        let whole = ByteRange(from: 0, to: name.byteCount)
        return name.equalsIgnoringCase(whole, "localhost") || ClientAddress(literal: name) != nil
    }

    private static func portColon(of host: RawSpan) -> Int? {
        var offset = host.byteCount
        while offset > 0, OctetClass.isDigit(host.octet(at: offset - 1)) { offset -= 1 }
        guard offset > 0, host.octet(at: offset - 1) == UInt8(ascii: ":") else { return nil }
        return offset - 1
    }

    /// The value of a field that must not be there twice; empty if it is.
    ///
    /// - Parameter name: In lower case.
    @_lifetime(copy bytes)
    private static func value(
        _ name: StaticString, _ fields: borrowing HeaderFields, _ bytes: RawSpan
    ) -> RawSpan? {
        var found: ByteRange?
        for index in 0..<fields.count where bytes.equalsIgnoringCase(fields[index].name, name) {
            guard found == nil else { return bytes.extracting(0..<0) }
            found = fields[index].value
        }
        guard let found else { return nil }
        return bytes.octets(found)
    }

    private func bytesEqual(_ bytes: RawSpan, _ lowercased: StaticString) -> Bool {
        for offset in 0..<bytes.byteCount
        where OctetClass.lowercased(bytes.octet(at: offset)) != lowercased.octets.octet(at: offset)
        {
            return false
        }
        return true
    }
}
