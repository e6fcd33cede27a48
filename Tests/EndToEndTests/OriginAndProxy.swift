import TestSupport

/// An origin, and a proxy that sends everything to it.
final class OriginAndProxy: Sendable {
    let origin: TestOrigin
    let proxy: ProxyUnderTest

    /// - Parameters:
    ///   - service: YAML lines for the service.
    ///   - top: YAML text for the top level.
    init(service: String = "", top: String = "", options: [String] = []) throws {
        origin = try TestOrigin()
        proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: origin.port, service: service, top: top),
            options: options)
    }
}
