/// Names one endpoint of one generation.
package struct EndpointName: BitwiseCopyable, Hashable, Sendable {
    /// ``TableGeneration/number``.
    let generation: UInt32
    /// Place in ``TableGeneration/services``.
    let service: UInt32
    /// Place in the endpoints of the service.
    let endpoint: UInt32

    package init(generation: UInt32, service: UInt32, endpoint: UInt32) {
        self.generation = generation
        self.service = service
        self.endpoint = endpoint
    }
}
