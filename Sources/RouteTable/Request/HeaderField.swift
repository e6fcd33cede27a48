/// One field line of a head: where its name and its value stand.
///
/// The value has no white space around it. Names are compared without regard to case.
public struct HeaderField: BitwiseCopyable, Equatable, Sendable {
    public var name: ByteRange
    public var value: ByteRange

    @inlinable
    public init(name: ByteRange, value: ByteRange) {
        self.name = name
        self.value = value
    }
}
