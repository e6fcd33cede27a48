/// What is said to a proxy on the way before it lets bytes through: SOCKS5 (RFC 1928, 1929) or
/// CONNECT (RFC 9110, 9.3.6).
///
/// Holds neither bytes nor a socket: it is told what has arrived so far and says what to do. What to
/// send stands in a ``ProxyRoute``.
package struct ProxyDialogue: BitwiseCopyable, Equatable, Sendable {
    private enum Phase: UInt8, BitwiseCopyable {
        /// SOCKS5: the choice of a method is due.
        case greeted
        /// SOCKS5: the verdict on user and password is due.
        case authenticating
        /// The answer to the request for a connection is due.
        case requested
        case ended
    }

    /// What to do with what has arrived.
    package enum Action: Equatable, Sendable {
        /// More has to come.
        case wait
        /// Drop so many bytes and send user and password.
        case authenticate(consumed: Int)
        /// Drop so many bytes and ask for the connection.
        case request(consumed: Int)
        /// Drop so many bytes; what follows is the backend's.
        case established(consumed: Int)
        case refused(ExchangeFault)
    }

    /// Most bytes of an answer to CONNECT.
    package static let answerBytesMax = 8_192

    private let isSOCKS: Bool
    private var phase: Phase

    /// The first message has been sent.
    package init(isSOCKS: Bool) {
        self.isSOCKS = isSOCKS
        phase = isSOCKS ? .greeted : .requested
    }

    /// Looks at all that has arrived and was not dropped.
    package mutating func receive(_ bytes: RawSpan) -> Action {
        switch phase {
        case .greeted: receiveMethod(bytes)
        case .authenticating: receiveVerdict(bytes)
        case .requested: isSOCKS ? receiveReply(bytes) : receiveAnswer(bytes)
        case .ended: .refused(.proxyAnswerInvalid)
        }
    }

    private mutating func refuse(_ fault: ExchangeFault) -> Action {
        phase = .ended
        return .refused(fault)
    }

    /// RFC 1928, 3.
    private mutating func receiveMethod(_ bytes: RawSpan) -> Action {
        guard bytes.byteCount >= 2 else { return .wait }
        guard bytes.octet(at: 0) == 5 else { return refuse(.proxyAnswerInvalid) }
        switch bytes.octet(at: 1) {
        case 0:
            phase = .requested
            return .request(consumed: 2)
        case 2:
            phase = .authenticating
            return .authenticate(consumed: 2)
        case 0xFF: return refuse(.proxyAuthentication)
        default: return refuse(.proxyAnswerInvalid)
        }
    }

    /// RFC 1929, 2.
    private mutating func receiveVerdict(_ bytes: RawSpan) -> Action {
        guard bytes.byteCount >= 2 else { return .wait }
        guard bytes.octet(at: 0) == 1 else { return refuse(.proxyAnswerInvalid) }
        guard bytes.octet(at: 1) == 0 else { return refuse(.proxyAuthentication) }
        phase = .requested
        return .request(consumed: 2)
    }

    /// RFC 1928, 6. The bound address is of no use and its length depends on its type.
    private mutating func receiveReply(_ bytes: RawSpan) -> Action {
        guard bytes.byteCount >= 5 else { return .wait }
        guard bytes.octet(at: 0) == 5 else { return refuse(.proxyAnswerInvalid) }
        guard bytes.octet(at: 1) == 0 else { return refuse(.proxyRefused) }
        let addressByteCount: Int
        switch bytes.octet(at: 3) {
        case 1: addressByteCount = 4
        case 3: addressByteCount = 1 + Int(bytes.octet(at: 4))
        case 4: addressByteCount = 16
        default: return refuse(.proxyAnswerInvalid)
        }
        let byteCount = 4 + addressByteCount + 2
        guard bytes.byteCount >= byteCount else { return .wait }
        phase = .ended
        return .established(consumed: byteCount)
    }

    /// A head with a status of 2xx, behind as many interim ones as fit; their fields mean nothing here.
    private mutating func receiveAnswer(_ bytes: RawSpan) -> Action {
        // Whether it came at once or in pieces, the same answers are too long.
        let limit = min(bytes.byteCount, Self.answerBytesMax)
        var start = 0
        while let end = Self.endOfHead(in: bytes, from: start, to: limit) {
            guard let status = Self.status(bytes.extracting(start..<end)) else {
                return refuse(.proxyAnswerInvalid)
            }
            switch status {
            // There is nothing to switch to.
            case 101: return refuse(.proxyAnswerInvalid)
            case 100..<200: start = end + 4
            case 200..<300:
                phase = .ended
                return .established(consumed: end + 4)
            case 407: return refuse(.proxyAuthentication)
            default: return refuse(.proxyRefused)
            }
        }
        return bytes.byteCount >= Self.answerBytesMax ? refuse(.proxyAnswerInvalid) : .wait
    }

    /// Where the empty line of a head begins.
    private static func endOfHead(in bytes: RawSpan, from start: Int, to limit: Int) -> Int? {
        var end = start
        while end + 4 <= limit {
            if bytes.extracting(end..<end + 4).isEqual(to: "\r\n\r\n") { return end }
            end += 1
        }
        return nil
    }

    /// The status of `HTTP/1.x NNN …`.
    private static func status(_ head: RawSpan) -> Int? {
        guard head.byteCount >= 12, head.extracting(0..<7).isEqual(to: "HTTP/1."),
            head.octet(at: 8) == OctetClass.space,
            head.byteCount == 12 || head.octet(at: 12) == OctetClass.space
                || head.octet(at: 12) == OctetClass.carriageReturn
        else { return nil }
        var status = 0
        for index in 9..<12 {
            let digit = head.octet(at: index)
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            status = status * 10 + Int(digit - 0x30)
        }
        return status
    }
}
