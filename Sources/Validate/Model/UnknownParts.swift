/// Parts of a rule or of a configuration that a mistake hides. Empty where there is no error.
package struct UnknownParts: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Of a route: where its requests go.
    package static let action = UnknownParts(rawValue: 1)
    /// Some middlewares.
    package static let middlewares = UnknownParts(rawValue: 2)
    /// Of a host: how its routes are ranked.
    package static let order = UnknownParts(rawValue: 4)
    /// Of a host: some routes.
    package static let routes = UnknownParts(rawValue: 8)
    /// Of a configuration: some hosts.
    package static let hosts = UnknownParts(rawValue: 16)
}
