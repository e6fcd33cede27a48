import RouteTable

/// A generation as one worker uses it: its own regex state, pools and turns.
///
/// Kept while it is current or an exchange that began with it lives.
struct WorkerTable: ~Copyable {
    let generation: TableGeneration
    var matcher: Matcher
    var services: [ServiceState]
    var endpoints: [EndpointState]
    let headLimits: HeadLimits
    /// Exchanges that began with it and have not ended.
    var exchangeCount = 0

    init(_ generation: TableGeneration, workerIndex: Int) {
        self.generation = generation
        matcher = Matcher(for: generation.table)
        let settings = generation.settings
        headLimits = HeadLimits(
            headByteCountMax: min(Int(settings.headerBytesMax), Limits.headBytesMax),
            targetByteCountMax: Int(settings.urlBytesMax),
            bodyByteCountMax: settings.bodyBytesMax == 0 ? .max : settings.bodyBytesMax)
        services = []
        endpoints = []
        for (serviceIndex, service) in generation.services.enumerated() {
            services.append(
                ServiceState(
                    service, firstEndpoint: UInt32(endpoints.count), start: UInt32(workerIndex)))
            for (endpointIndex, endpoint) in service.endpoints.enumerated() {
                let name = EndpointName(
                    generation: generation.number, service: UInt32(serviceIndex),
                    endpoint: UInt32(endpointIndex))
                endpoints.append(
                    EndpointState(
                        endpoint, name: name,
                        literal: generation.literalAddresses[serviceIndex][endpointIndex]))
            }
        }
    }

    /// Picks the endpoint of the next request to `service`.
    mutating func pickEndpoint(of service: ServiceIndex) -> UInt32 {
        services[Int(service.rawValue)].pick(from: &endpoints)
    }

    /// The place in ``endpoints`` of an endpoint that a message names.
    func endpointIndex(of name: EndpointName) -> Int {
        Int(services[Int(name.service)].firstEndpoint) + Int(name.endpoint)
    }

    /// Whether `client` is one of `trusted_proxies`.
    func trusts(_ client: ClientAddress) -> Bool {
        for range in generation.settings.trustedProxies where range.contains(client) {
            return true
        }
        return false
    }
}

extension RuntimeSettings.AddressRange {
    /// Whether the address lies in the range.
    func contains(_ client: ClientAddress) -> Bool {
        let length = UInt64(prefixLength)
        if length <= 64 {
            let mask = length == 0 ? 0 : UInt64.max &<< (64 &- length)
            return length == 0 || (client.high ^ address.high) & mask == 0
        }
        let mask = length >= 128 ? UInt64.max : UInt64.max &<< (128 &- length)
        return client.high == address.high && (client.low ^ address.low) & mask == 0
    }
}
