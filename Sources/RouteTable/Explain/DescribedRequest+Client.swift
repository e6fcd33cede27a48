/// Who the client is, as the proxy finds out.
extension DescribedRequest {
    private static let fieldName = "x-forwarded-for"

    /// The request with the client that a proxy with these settings takes it to be from.
    func resolvingClient(in table: borrowing LoadedTable) -> DescribedRequest {
        guard let peer else { return self }
        let ranges = table.settings().trustedProxies
        var result = self
        result.client = peer
        for value in forwardedFor.reversed() {
            let bytes = Array(value.utf8)
            // SAFETY: bytes have no padding; the view is used while the array lives.
            let isRead = unsafe ForwardedClient.read(bytes.span.bytes, client: &result.client) {
                address in ranges.contains { $0.contains(address) }
            }
            guard isRead else { break }
        }
        return result
    }

    /// What is worth saying about how the client came to be known; nil where nothing is.
    func clientNote(in table: borrowing LoadedTable) -> String? {
        guard headers.contains(where: { $0.name.lowercased() == Self.fieldName }) else {
            return nil
        }
        guard let peer else {
            return "X-Forwarded-For is not read: say who is connected with --peer-ip"
        }
        if forwardedFor.isEmpty { return "X-Forwarded-For is not read: Connection names it" }
        if !table.settings().trustedProxies.contains(where: { $0.contains(peer) }) {
            return "X-Forwarded-For is not read: \(peer.text) is not in trusted_proxies"
        }
        return client == peer
            ? "X-Forwarded-For names no address that can be taken"
            : "by X-Forwarded-For; \(peer.text) is in trusted_proxies"
    }

    /// The values of the fields, unless `Connection` says that they are for the next hop only.
    private var forwardedFor: [String] {
        let isNominated = headers.contains { header in
            header.name.lowercased() == "connection"
                && header.value.lowercased().split(separator: ",").contains { option in
                    option.filter { $0 != " " && $0 != "\t" } == Self.fieldName
                }
        }
        if isNominated { return [] }
        return headers.filter { $0.name.lowercased() == Self.fieldName }.map(\.value)
    }
}
