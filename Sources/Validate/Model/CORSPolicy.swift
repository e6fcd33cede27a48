/// `config` of a middleware of type `cors`.
package struct CORSPolicy: Equatable, Sendable {
    /// Origins as browsers send them, or `*`.
    package var allowedOrigins: [String] = []
    /// Upper case.
    package var allowedMethods: [String] = []
    package var allowedHeaders: [String] = []
    package var allowsCredentials = false
    package var ageMillisecondsMax: UInt32?

    package init() {}
}
