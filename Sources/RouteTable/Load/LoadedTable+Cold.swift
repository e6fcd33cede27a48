import TableFormat

extension LoadedTable {
    /// The listeners, in the order of the configuration.
    package func listeners() -> [ListenerDescription] {
        (0..<UInt32(view.count(of: .listeners))).map { index in
            let record = view.record(ListenerRecord.self, .listeners, at: index)
            let address = Self.bytes(record.addressHigh) + Self.bytes(record.addressLow)
            return ListenerDescription(
                address: Array(address.suffix(Int(record.addressByteCount))), port: record.port,
                tls: tls(of: record),
                acceptsProxyProtocol: record.flags & ListenerRecord.acceptsProxyProtocol != 0)
        }
    }

    private static func bytes(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
    }

    private func tls(of record: ListenerRecord) -> ListenerDescription.TLS? {
        guard record.certificateCount > 0 else { return nil }
        let certificates = (0..<record.certificateCount).map { index in
            let pair = view.record(
                CertificateRecord.self, .certificates, at: record.firstCertificate + index)
            return ListenerDescription.Certificate(
                certificate: string(pair.certificate), key: string(pair.key))
        }
        return ListenerDescription.TLS(
            certificates: certificates,
            requiresTLS13: record.flags & ListenerRecord.requiresTLS13 != 0,
            clientAuthority: optionalString(record.clientAuthority),
            clientVerification: .init(rawValue: record.clientVerification) ?? .none)
    }

    /// The services, in the order of the configuration.
    package func services() -> [ServiceDescription] {
        (0..<UInt32(view.count(of: .services))).map { index in
            let record = view.record(ServiceRecord.self, .services, at: index)
            var service = ServiceDescription(
                name: string(record.name),
                strategy: ServiceDescription.Strategy(rawValue: record.strategy) ?? .roundRobin,
                proxyHost: optionalString(record.proxyHost),
                readTimeoutMilliseconds: record.readTimeoutMilliseconds,
                writeTimeoutMilliseconds: record.writeTimeoutMilliseconds,
                dialTimeoutMilliseconds: record.dialTimeoutMilliseconds,
                tls: ServiceDescription.TLS(
                    authority: optionalString(record.authority),
                    certificate: optionalString(record.certificate),
                    key: optionalString(record.key),
                    serverName: optionalString(record.serverName),
                    skipsVerification: record.flags & ServiceRecord.skipsVerification != 0,
                    requiresTLS13: record.flags & ServiceRecord.requiresTLS13 != 0),
                endpoints: endpoints(of: record))
            service.policy = policy(at: index)
            return service
        }
    }

    private func endpoints(of service: ServiceRecord) -> [EndpointDescription] {
        (0..<service.endpointCount).map { index in
            let record = view.record(
                EndpointRecord.self, .endpoints, at: service.firstEndpoint + index)
            return EndpointDescription(
                usesTLS: record.usesTLS != 0, host: string(record.host), port: record.port,
                basePath: string(record.basePath), text: string(record.text),
                weight: record.weight)
        }
    }

    /// The settings that the proxy runs by.
    package func settings() -> RuntimeSettings {
        let record = view.record(SettingsRecord.self, .settings, at: 0)
        var settings = RuntimeSettings()
        settings.workers = record.workers
        settings.headerTimeoutMilliseconds = record.headerTimeoutMilliseconds
        settings.idleTimeoutMilliseconds = record.idleTimeoutMilliseconds
        settings.readTimeoutMilliseconds = record.readTimeoutMilliseconds
        settings.writeTimeoutMilliseconds = record.writeTimeoutMilliseconds
        settings.headerBytesMax = record.headerBytesMax
        settings.bodyBytesMax = record.bodyBytesMax
        settings.urlBytesMax = record.urlBytesMax
        settings.bufferBytesMax = record.bufferBytesMax
        settings.idleConnectionsMax = record.idleConnectionsMax
        settings.activeConnectionsMax = record.activeConnectionsMax
        settings.poolIdleTimeoutMilliseconds = record.poolIdleTimeoutMilliseconds
        settings.connectionsMax = record.connectionsMax
        settings.connectionsPerClientMax = record.connectionsPerClientMax
        settings.trustedProxies = (0..<UInt32(view.count(of: .trustedProxies))).map { index in
            addressRange(view.record(AddressRangeRecord.self, .trustedProxies, at: index))
        }
        return settings
    }

    func addressRange(_ record: AddressRangeRecord) -> RuntimeSettings.AddressRange {
        RuntimeSettings.AddressRange(
            address: ClientAddress(high: record.high, low: record.low),
            prefixLength: record.prefixLength)
    }

    /// The text of a reference; empty for none.
    func string(_ reference: TextReference) -> String {
        // SAFETY: the text lies in the memory that this value owns.
        unsafe String(decoding: view.text(reference), as: UTF8.self)
    }

    func optionalString(_ reference: TextReference) -> String? {
        reference.isNone ? nil : string(reference)
    }
}
