/// The section `advanced`. Times are milliseconds, sizes are bytes; nil means the default of the runtime.
package struct Settings: Equatable, Sendable {
    /// What happens to `%2F` and `%5C`.
    package enum EncodedSlash: UInt8, Sendable { case refuse = 0, keep = 1 }

    package var port: UInt16 = 8080
    /// nil: one per core.
    package var workers: Int?
    package var readTimeoutMilliseconds: UInt32?
    package var writeTimeoutMilliseconds: UInt32?
    package var dialTimeoutMilliseconds: UInt32?
    package var headerTimeoutMilliseconds: UInt32?
    package var idleTimeoutMilliseconds: UInt32?
    package var deniesHiddenFiles = false
    package var trustedProxies: [AddressRange] = []
    package var headerBytesMax: UInt32?
    package var bodyBytesMax: UInt64?
    package var urlBytesMax: UInt32?
    package var mergesSlashes = false
    package var encodedSlash = EncodedSlash.refuse
    package var readBufferBytes: UInt32?
    package var writeBufferBytes: UInt32?
    package var idleConnectionsMax: UInt32?
    package var activeConnectionsMax: UInt32?
    package var poolIdleTimeoutMilliseconds: UInt32?
    /// The keys of `limits`.
    package var connectionsMax: UInt32?
    package var connectionsPerClientMax: UInt32?

    package init() {}
}
