/// One field line of a head: where its name and its value stand.
///
/// The value has no white space around it. Names are compared without regard to case.
package struct HeaderField: BitwiseCopyable, Equatable, Sendable {
    package var name: ByteRange
    package var value: ByteRange

    @inlinable
    package init(name: ByteRange, value: ByteRange) {
        self.name = name
        self.value = value
    }
}
