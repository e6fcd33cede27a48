package import RouteTable

extension ForwardedClient {
    /// Who the client is by a parsed head.
    ///
    /// - Parameters:
    ///   - peer: Who is connected.
    ///   - fields: The fields that were parsed of `bytes`.
    /// - Complexity: O(*n*) for *n* bytes of the fields.
    package static func address(
        peer: ClientAddress, fields: borrowing HeaderFields, bytes: RawSpan,
        isTrusted: (ClientAddress) -> Bool
    ) -> ClientAddress {
        var client = peer
        for index in (0..<fields.count).reversed()
        where fields.kind(at: index) == .xForwardedFor && !fields.isNominated(at: index) {
            let value = bytes.octets(fields[index].value)
            guard read(value, client: &client, isTrusted: isTrusted) else { break }
        }
        return client
    }
}
