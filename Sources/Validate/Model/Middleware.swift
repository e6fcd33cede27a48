/// One definition of `middlewares` or `middleware_services`.
package struct Middleware: Sendable {
    package var name: Located<String>
    package var isEnabled: Bool
    package var isGlobal: Bool
    package var configuration: MiddlewareConfiguration
    /// Whether its definition has no mistake.
    package var isKnown = true

    package init(
        name: Located<String>,
        isEnabled: Bool,
        isGlobal: Bool,
        configuration: MiddlewareConfiguration
    ) {
        self.name = name
        self.isEnabled = isEnabled
        self.isGlobal = isGlobal
        self.configuration = configuration
    }
}
