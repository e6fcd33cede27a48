package import RouteTable

/// What one worker knows of one endpoint.
package struct EndpointState {
    enum Resolution: Equatable {
        /// The name was asked for and no answer has come.
        case pending
        case resolved
        case failed
    }

    let name: EndpointName
    let usesTLS: Bool
    /// Prefixed to the forwarded path; may be empty.
    let basePath: [UInt8]
    /// Host and port: what a request is sent with that names no host itself (HTTP/1.0).
    let authority: [UInt8]
    let weight: Int32
    var resolution: Resolution
    var addresses: [SocketAddress]
    /// For smooth weighted round robin.
    var currentWeight: Int32 = 0
    /// The connection put into the pool last; `.max` if there is none.
    var firstPooled: UInt32 = .max
    var pooledCount = 0

    /// The address that was dialled last, for the log.
    ///
    /// - Parameter index: What is dialled next; 0 if the connection came from the pool.
    func address(triedBefore index: UInt16) -> SocketAddress? {
        addresses.isEmpty ? nil : addresses[min(max(0, Int(index) - 1), addresses.count - 1)]
    }

    /// Whether its addresses come from a name server.
    let isNamed: Bool

    package init(_ description: EndpointDescription, name: EndpointName, literal: SocketAddress?) {
        self.name = name
        usesTLS = description.usesTLS
        basePath = Array(description.basePath.utf8)
        let host = description.host.contains(":") ? "[\(description.host)]" : description.host
        authority = Array("\(host):\(description.port)".utf8)
        weight = Int32(clamping: description.weight)
        resolution = literal == nil ? .pending : .resolved
        isNamed = literal == nil
        addresses = literal.map { [$0] } ?? []
    }
}
