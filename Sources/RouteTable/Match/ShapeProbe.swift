/// Where the key of a path in one shape would stand.
struct ShapeProbe: BitwiseCopyable {
    var key: UInt64
    var slot: UInt32
}
