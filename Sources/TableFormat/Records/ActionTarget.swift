/// What matching wants to know of an action: where the request goes. The first fields of an
/// ``ActionRecord``.
public struct ActionTarget {
    /// An ``ActionKind``.
    public let kind: UInt8
    /// The service, or none.
    public let service: UInt32
    /// First of several weighted targets.
    public let firstTarget: UInt32
    /// Their number; 0 if there is one service.
    public let targetCount: UInt32

    @inlinable @inline(__always)
    init(reading bytes: RecordBytes) {
        kind = bytes.uint8(at: 0)
        service = bytes.uint32(at: 4)
        firstTarget = bytes.uint32(at: 8)
        targetCount = bytes.uint32(at: 12)
    }
}
