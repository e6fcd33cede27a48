/// Looks for the end of a head that comes in pieces, so that it is not parsed for each of them.
enum HeadEnd {
    /// Whether the bytes behind `known` end the head, contain a fault or pass a limit.
    static func isWorthParsing(_ bytes: RawSpan, known: Int, limits: HeadLimits) -> Bool {
        let count = bytes.byteCount
        let lineByteCountMax = limits.targetByteCountMax + HeadLimits.methodByteCountMax
        if count > limits.headByteCountMax
            || (known <= lineByteCountMax && count > lineByteCountMax)
        {
            return true
        }
        var offset = OctetScan.controlOffset(in: bytes, from: known - 1)
        while offset < count {
            switch bytes.octet(at: offset) {
            case OctetClass.carriageReturn:
                guard offset + 1 < count else { return false }
                guard bytes.octet(at: offset + 1) == OctetClass.lineFeed else { return true }
            case OctetClass.lineFeed:
                guard offset > 0, bytes.octet(at: offset - 1) == OctetClass.carriageReturn else {
                    return true
                }
                if offset >= 3, bytes.octet(at: offset - 2) == OctetClass.lineFeed { return true }
            default: return true
            }
            offset = OctetScan.controlOffset(in: bytes, from: offset + 1)
        }
        return false
    }
}
