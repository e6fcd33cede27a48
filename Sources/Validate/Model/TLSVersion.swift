/// The lowest TLS version that is spoken.
package enum TLSVersion: UInt8, Sendable {
    case tls12 = 2
    case tls13 = 3
}
