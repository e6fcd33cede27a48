package import RouteTable

/// The field lines of one head: an array of fixed capacity with one owner, reused by a worker.
///
/// Beside each field it keeps what the name stands for and whether `Connection` names it, so that
/// the names are looked at once.
@safe
package struct HeaderFields: ~Copyable {
    private let fields: UnsafeMutablePointer<HeaderField>
    private let kinds: UnsafeMutablePointer<KnownHeader>
    private let nominated: UnsafeMutablePointer<Bool>

    /// Most fields of one head. Never changes.
    package let capacity: Int
    /// Number of fields.
    package private(set) var count = 0
    private var presentKinds: UInt64 = 0

    /// - Parameter capacity: Most fields of one head, at least 1.
    package init(capacity: Int = 128) {
        precondition(capacity > 0, "a head needs room for a field")
        self.capacity = capacity
        // SAFETY: owned until `deinit`; only the first `count` elements are ever read, and those
        // are written.
        unsafe fields = .allocate(capacity: capacity)
        unsafe kinds = .allocate(capacity: capacity)
        unsafe nominated = .allocate(capacity: capacity)
    }

    deinit {
        unsafe fields.deallocate()
        unsafe kinds.deallocate()
        unsafe nominated.deallocate()
    }

    /// The fields, in the order in which they came. The borrow ends before the array can change.
    package var span: Span<HeaderField> {
        @_lifetime(borrow self)
        get {
            // SAFETY: the first `count` elements are initialised; the span borrows the owner.
            let elements = unsafe UnsafeBufferPointer(start: fields, count: count)
            return unsafe _overrideLifetime(Span(_unsafeElements: elements), borrowing: self)
        }
    }

    /// The field at `index`.
    package subscript(index: Int) -> HeaderField {
        precondition(index >= 0 && index < count, "field index outside the head")
        // SAFETY: the first `count` elements are initialised.
        return unsafe fields[index]
    }

    /// What the name of the field at `index` stands for.
    package func kind(at index: Int) -> KnownHeader {
        precondition(index >= 0 && index < count, "field index outside the head")
        // SAFETY: the first `count` elements are initialised.
        return unsafe kinds[index]
    }

    /// Whether the field at `index` ends here: `Connection` names it (RFC 9110, 7.6.1), or it was dropped.
    package func isNominated(at index: Int) -> Bool {
        precondition(index >= 0 && index < count, "field index outside the head")
        // SAFETY: the first `count` elements are initialised.
        return unsafe nominated[index]
    }

    /// Whether any field is of this kind. O(1).
    package func contains(_ kind: KnownHeader) -> Bool { presentKinds & kind.bit != 0 }

    /// Forgets all fields.
    package mutating func removeAll() {
        count = 0
        presentKinds = 0
    }

    /// Adds a field line.
    ///
    /// - Returns: `false`, and nothing changed, if the array is full.
    mutating func append(_ field: HeaderField, kind: KnownHeader) -> Bool {
        guard count < capacity else { return false }
        // SAFETY: `count` is below the capacity of all three arrays.
        unsafe fields[count] = field
        unsafe kinds[count] = kind
        unsafe nominated[count] = false
        count += 1
        presentKinds |= kind.bit
        return true
    }

    /// Takes all fields of a kind away, as if they had not come.
    mutating func removeAll(of kind: KnownHeader) {
        guard contains(kind) else { return }
        var kept = 0
        // SAFETY: both are below the number of initialised elements.
        for index in 0..<count where unsafe kinds[index] != kind {
            unsafe fields[kept] = fields[index]
            unsafe kinds[kept] = kinds[index]
            unsafe nominated[kept] = nominated[index]
            kept += 1
        }
        count = kept
        presentKinds &= ~kind.bit
    }

    /// Has the field at `index` end here, as if `Connection` named it.
    package mutating func drop(at index: Int) { nominate(at: index) }

    /// Gives the field at `index` a value that stands elsewhere in the same head.
    mutating func replaceValue(at index: Int, by value: ByteRange) {
        precondition(index >= 0 && index < count, "field index outside the head")
        // SAFETY: the first `count` elements are initialised.
        unsafe fields[index].value = value
    }

    /// Notes that `Connection` names the field at `index`, or that it goes no further for another reason.
    mutating func nominate(at index: Int) {
        precondition(index >= 0 && index < count, "field index outside the head")
        // SAFETY: the first `count` elements are initialised.
        unsafe nominated[index] = true
    }
}
