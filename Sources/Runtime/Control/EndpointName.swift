/// Names one endpoint of one generation.
package struct EndpointName: BitwiseCopyable, Hashable, Sendable {
    /// ``TableGeneration/number``.
    package let generation: UInt32
    /// Place in ``TableGeneration/services``.
    package let service: UInt32
    /// Place in the endpoints of the service.
    package let endpoint: UInt32

    package init(generation: UInt32, service: UInt32, endpoint: UInt32) {
        self.generation = generation
        self.service = service
        self.endpoint = endpoint
    }
}
