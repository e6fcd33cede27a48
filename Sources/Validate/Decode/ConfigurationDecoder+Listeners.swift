import Diagnostics
import RouteSyntax

extension ConfigurationDecoder {
    /// Most listeners of one configuration: each takes a descriptor in every worker.
    private static let listenerCountMax = 1024

    /// Decodes the listeners of all files, or makes those that `advanced.port` and the hosts ask for.
    mutating func decodeListeners(_ sections: [Fields]) -> [Listener] {
        let nodes = sections.compactMap { $0["listeners"] }
        guard !nodes.isEmpty else { return defaultListeners() }
        observations.hasListeners = true
        let errorCount = sink.errorCount
        defer {
            observations.lacksListeners =
                sink.errorCount > errorCount || gaps.mayLack("listeners", in: sections)
                || nodes.contains { gaps.touches($0) }
        }
        var listeners: [Listener] = []
        for node in nodes {
            for item in list(node, "listeners") ?? [] {
                guard listeners.count < Self.listenerCountMax else {
                    sink.error(
                        .outOfRange, at: item.range,
                        "a configuration has at most \(Self.listenerCountMax) listeners")
                    return listeners
                }
                guard let listener = decodeListener(item) else { continue }
                let twin = listeners.first {
                    $0.port == listener.port && $0.address.overlaps(listener.address)
                }
                if let twin, let range = listener.range {
                    let note = twin.range.map {
                        [Diagnostic.Note(range: $0, message: "first given here")]
                    }
                    let isSame = twin.address == listener.address
                    sink.error(
                        .duplicateListener, at: range,
                        isSame
                            ? "there is a listener on this address and port already"
                            : "there is a listener on this port already that takes this address "
                                + "as well", notes: note ?? [])
                    continue
                }
                listeners.append(listener)
            }
        }
        if let first = nodes.first, nodes.allSatisfy(\.isEmptyList) {
            sink.error(
                .emptyValue, at: first.range, "`listeners` is empty, so nothing could be reached",
                suggestion: "remove it to listen on `advanced.port`")
        }
        return listeners
    }

    private func defaultListeners() -> [Listener] {
        var listeners = [
            Listener(
                address: .any, port: settings.port, tls: nil, acceptsProxyProtocol: false,
                range: nil)
        ]
        var ports: Set<UInt16> = [settings.port]
        for port in observations.hostPorts where ports.insert(port.value).inserted {
            listeners.append(
                Listener(
                    address: .any, port: port.value, tls: nil, acceptsProxyProtocol: false,
                    range: port.range))
        }
        return listeners
    }

    private mutating func decodeListener(_ node: Node) -> Listener? {
        guard let fields = fields(of: node, in: .listener) else { return nil }
        let address = fields["address"].map { listenAddress($0) } ?? .any
        let tls = fields["tls"].flatMap { listenerTLS($0) }
        let acceptsProxyProtocol = flag("proxy_protocol", of: fields) ?? false
        guard let portNode = required("port", of: fields), let port = port(portNode, "port"),
            let address
        else { return nil }
        return Listener(
            address: address, port: port, tls: tls, acceptsProxyProtocol: acceptsProxyProtocol,
            range: portNode.range)
    }

    private mutating func listenAddress(_ node: Node) -> ListenAddress? {
        guard let text = text(node, "address") else { return nil }
        if text == "*" { return .any }
        let bare =
            text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        if let bytes = AddressText.ipv4(bare) { return .ipv4(bytes) }
        if let bytes = AddressText.ipv6(bare) { return .ipv6(bytes) }
        let advice: String
        if text == "localhost" {
            advice = "write `127.0.0.1`"
        } else if text.contains(":") {
            advice = "the port goes into `port`"
        } else {
            advice =
                "write an address such as `127.0.0.1` or `::1`, or leave it out for all addresses"
        }
        sink.error(
            .invalidAddress, at: node.range, "`\(text)` is not an IP address", suggestion: advice)
        return nil
    }

    // MARK: TLS

    private mutating func listenerTLS(_ node: Node) -> ListenerTLS? {
        guard let fields = fields(of: node, in: .listenerTLS) else { return nil }
        var certificates: [ListenerTLS.Certificate] = []
        checkPair("certificate", "key", of: fields)
        if let certificate = text("certificate", of: fields), let key = text("key", of: fields) {
            certificates.append(.init(certificate: certificate, key: key))
        }
        if let node = fields["certificates"] {
            certificates += (list(node, "certificates") ?? []).compactMap { certificate($0) }
        }
        if ["certificate", "key", "certificates"].allSatisfy({ fields[$0] == nil }) {
            guard fields.hasOnlyKnownKeys else { return nil }
            sink.error(
                .missingKey, at: fields.range,
                "`tls` of a listener needs `certificate` and `key`, or `certificates`")
        } else if let node = fields["certificates"], node.isEmptyList {
            sink.error(.emptyValue, at: node.range, "`certificates` is empty")
        }
        let authority = text("client_ca", of: fields)
        return ListenerTLS(
            certificates: certificates, minimumVersion: minimumVersion(of: fields) ?? .tls12,
            clientAuthority: authority,
            clientVerification: clientVerification(fields, hasAuthority: authority != nil))
    }

    private mutating func certificate(_ node: Node) -> ListenerTLS.Certificate? {
        guard let fields = fields(of: node, in: .certificate),
            let certificateNode = required("certificate", of: fields),
            let keyNode = required("key", of: fields),
            let certificate = text(certificateNode, "certificate"), let key = text(keyNode, "key")
        else { return nil }
        return .init(certificate: certificate, key: key)
    }

    private mutating func clientVerification(
        _ fields: Fields, hasAuthority: Bool
    ) -> ListenerTLS.ClientVerification {
        guard let node = fields["client_auth"] else { return hasAuthority ? .require : .none }
        let choices: KeyValuePairs<String, ListenerTLS.ClientVerification> = [
            "optional": .optional, "require": .require,
        ]
        if !hasAuthority, fields["client_ca"] == nil, let range = fields.keyRange("client_auth") {
            sink.error(.missingKey, at: range, "`client_auth` needs `client_ca` beside it")
        }
        return word(node, "client_auth", choices) ?? .require
    }
}

extension Node {
    /// Whether it is a list without items.
    var isEmptyList: Bool {
        guard case .sequence(let items) = kind else { return false }
        return items.isEmpty
    }
}
