/// Why a certificate, key or authority can't be used: one line that names the file.
package struct TLSConfigurationError: Error, Equatable, Sendable {
    /// A clause without a full stop.
    package let message: String
}
