import TableFormat

/// What the shapes of one host are asked, by their number; nil for shapes that the path has not.
@safe
struct ShapeProbes: ~Copyable {
    private let probes: UnsafeMutablePointer<ShapeProbe?>

    init() {
        // SAFETY: memory of this value's own, of this capacity, given back in `deinit`.
        unsafe probes = .allocate(capacity: TableLimits.shapeCountMax)
        unsafe probes.initialize(repeating: nil, count: TableLimits.shapeCountMax)
    }

    deinit { unsafe probes.deallocate() }

    subscript(number: UInt32) -> ShapeProbe? {
        @inline(__always)
        get {
            precondition(number < TableLimits.shapeCountMax, "a host has too many shapes")
            // SAFETY: checked above.
            return unsafe probes[Int(number)]
        }
        @inline(__always)
        nonmutating set {
            precondition(number < TableLimits.shapeCountMax, "a host has too many shapes")
            // SAFETY: checked above.
            unsafe probes[Int(number)] = newValue
        }
    }
}
