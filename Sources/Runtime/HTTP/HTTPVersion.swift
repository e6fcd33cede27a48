/// The versions of HTTP that are spoken here. Any other is refused with 505.
package enum HTTPVersion: UInt8, BitwiseCopyable, Sendable {
    case http10 = 0
    case http11 = 1
}
