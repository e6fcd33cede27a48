/// When what let a client in ends, and what a WebSocket's Close says then.
///
/// In eight bytes, because every exchange has one: 48 bits of milliseconds are some thousand years.
package struct TokenExpiry: BitwiseCopyable, Equatable, Sendable {
    /// The time, then the code in the last 16 bits.
    private let bits: UInt64

    private init(bits: UInt64) { self.bits = bits }

    package init(at due: MonotonicMilliseconds, closeCode: CloseCode) {
        let dueMax = (UInt64.max >> 16) - 1
        bits = min(due, dueMax) << 16 | UInt64(closeCode.rawValue)
    }

    package static let never = TokenExpiry(bits: .max)

    /// `.max`: never.
    package var due: MonotonicMilliseconds { self == .never ? .max : bits >> 16 }
    package var closeCode: CloseCode { CloseCode(rawValue: UInt16(truncatingIfNeeded: bits)) }

    /// The one that ends first; this one, if both do.
    package func sooner(_ other: TokenExpiry) -> TokenExpiry { other.due < due ? other : self }
}
