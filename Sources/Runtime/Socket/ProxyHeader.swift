import RouteTable

/// The header of the PROXY protocol, versions 1 and 2: a proxy before this one says who the client is.
///
/// Strict, as the protocol asks: a connection begins with a whole header or is refused. Nothing is
/// guessed, so a client can't speak for itself where a proxy is expected.
package struct ProxyHeader: BitwiseCopyable, Equatable, Sendable {
    /// What the bytes hold so far.
    package enum Outcome: Equatable, Sendable {
        /// The header has not ended yet, and nothing in it is wrong so far.
        case incomplete
        case complete(ProxyHeader)
        case refused(ProxyHeaderFault)
    }

    /// Number of bytes of the header. What follows is the client's.
    package var byteCount: Int
    /// Who the client is; nil if the peer speaks for itself (a health check) or does not know.
    package var client: SocketAddress?

    package init(byteCount: Int, client: SocketAddress?) {
        self.byteCount = byteCount
        self.client = client
    }

    /// Most bytes of a header: addresses, and what cloud networks are known to add behind them.
    package static let byteCountMax = 4_096

    /// Looks for a header at the start of `bytes`.
    ///
    /// - Parameter bytes: All that was received; give the same bytes with more behind them after
    ///   ``Outcome/incomplete``.
    package static func parse(_ bytes: RawSpan) -> Outcome {
        guard bytes.byteCount > 0 else { return .incomplete }
        switch bytes.octet(at: 0) {
        case UInt8(ascii: "P"): return parseText(bytes)
        case OctetClass.carriageReturn: return parseBinary(bytes)
        default: return .refused(.missing)
        }
    }

    /// How `bytes` begin: like `start`, with a part of it, or otherwise.
    static func begins(_ bytes: RawSpan, with start: StaticString) -> Outcome? {
        let wanted = start.octets
        for offset in 0..<min(bytes.byteCount, wanted.byteCount)
        where bytes.octet(at: offset) != wanted.octet(at: offset) {
            return .refused(.missing)
        }
        return bytes.byteCount < wanted.byteCount ? .incomplete : nil
    }
}
