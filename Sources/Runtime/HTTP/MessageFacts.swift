import RouteTable

/// What the fields of a request and of a response mean alike: framing, persistence, upgrade.
struct MessageFacts {
    private(set) var contentLength: UInt64?
    /// Whether Transfer-Encoding is there, and is exactly `chunked`.
    private(set) var isChunked = false
    private(set) var connection: ConnectionOptions = []
    private(set) var upgradesToWebSocket = false

    private var isCodingUnknown = false
    private var connectionBudget = HeadLimits.connectionOptionCountMax

    /// Takes a field into account if it is one of those.
    ///
    /// - Returns: What is wrong with it, or with it beside the ones before.
    @inline(always)
    mutating func read(
        _ kind: KnownHeader, _ value: ByteRange, in bytes: RawSpan
    ) -> HeadFault? {
        switch kind {
        case .contentLength: return readContentLength(value, in: bytes)
        case .transferEncoding: return readTransferEncoding(value, in: bytes)
        case .connection:
            connection.read(value, in: bytes, budget: &connectionBudget)
            return connectionBudget < 0 ? .tooManyConnectionOptions : nil
        case .upgrade:
            var list = ListCursor(value)
            while let name = list.next(in: bytes) {
                if bytes.equalsIgnoringCase(name, "websocket") { upgradesToWebSocket = true }
            }
            return nil
        default: return nil
        }
    }

    /// What is wrong with the framing as a whole, once all fields were read (RFC 9112, 6).
    func framingFault(version: HTTPVersion) -> HeadFault? {
        guard isChunked || isCodingUnknown else { return nil }
        if version == .http10 { return .transferEncodingBeforeHTTP11 }
        if contentLength != nil { return .lengthWithTransferEncoding }
        return isChunked
            ? (isCodingUnknown ? .unknownTransferCoding : nil) : .invalidTransferEncoding
    }

    /// Whether the sender lets the connection persist after this message (RFC 9112, 9.3).
    func keepsAlive(_ version: HTTPVersion) -> Bool {
        if connection.contains(.close) { return false }
        return version == .http11 || connection.contains(.keepAlive)
    }

    private mutating func readContentLength(
        _ value: ByteRange, in bytes: RawSpan
    ) -> HeadFault? {
        guard contentLength == nil else { return .repeatedContentLength }
        guard !value.isEmpty, value.count <= HeadLimits.contentLengthDigitCountMax else {
            return .invalidContentLength
        }
        var number: UInt64 = 0
        for offset in value.offsets {
            let byte = bytes.octet(at: offset)
            guard OctetClass.isDigit(byte) else { return .invalidContentLength }
            // Nineteen digits fit 64 bits.
            number = number &* 10 &+ UInt64(byte &- 0x30)
        }
        // Others count in 63 bits and a sign.
        guard number <= UInt64(Int64.max) else { return .invalidContentLength }
        contentLength = number
        return nil
    }

    private mutating func readTransferEncoding(
        _ value: ByteRange, in bytes: RawSpan
    ) -> HeadFault? {
        // Every element is looked at here, empty ones too: where peers read a list differently, one
        // of them reads a body that the other does not.
        var offset = value.first
        while true {
            var end = offset
            while end < value.limit, bytes.octet(at: end) != 0x2C { end += 1 }
            if let fault = readCoding(trimmed(offset, end, in: bytes), in: bytes) { return fault }
            if end >= value.limit { return nil }
            offset = end + 1
        }
    }

    private mutating func readCoding(_ coding: ByteRange, in bytes: RawSpan) -> HeadFault? {
        guard !coding.isEmpty else { return .invalidTransferEncoding }
        // `chunked` must be the last coding and be applied once (RFC 9112, 6.1).
        guard !isChunked else { return .invalidTransferEncoding }
        if bytes.equalsIgnoringCase(coding, "chunked") {
            isChunked = true
            return nil
        }
        isCodingUnknown = true
        for offset in coding.offsets where !OctetClass.isToken(bytes.octet(at: offset)) {
            return .invalidTransferEncoding
        }
        return nil
    }

    private func trimmed(_ start: Int, _ end: Int, in bytes: RawSpan) -> ByteRange {
        var first = start
        var last = end
        while first < last, OctetClass.isBlank(bytes.octet(at: first)) { first += 1 }
        while last > first, OctetClass.isBlank(bytes.octet(at: last - 1)) { last -= 1 }
        return ByteRange(from: first, to: last)
    }
}
