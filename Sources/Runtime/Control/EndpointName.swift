/// Names one endpoint of one generation.
struct EndpointName: BitwiseCopyable, Hashable, Sendable {
    /// ``TableGeneration/number``.
    let generation: UInt32
    /// Place in ``TableGeneration/services``.
    let service: UInt32
    /// Place in the endpoints of the service.
    let endpoint: UInt32
}
