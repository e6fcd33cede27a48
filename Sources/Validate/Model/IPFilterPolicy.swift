/// `config` of a middleware of type `ip_filter`.
package struct IPFilterPolicy: Equatable, Sendable {
    /// Empty: all that are not denied.
    package var allow: [AddressRange] = []
    package var deny: [AddressRange] = []

    package init() {}
}
