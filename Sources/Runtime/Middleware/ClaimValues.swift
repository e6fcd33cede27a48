import RouteTable
internal import Synchronization

/// The claims of the verified token that guards of the table look at, by their index in its list of names.
///
/// Filled by authentication, read by the guards behind it.
struct ClaimValues: ~Copyable {
    private var bytes = ByteWriter(capacity: Limits.claimBytesMax)
    private var ranges = InlineArray<64, ByteRange>(repeating: .empty)
    /// One bit for each claim that is there.
    private var present: UInt64 = 0
    /// Holds the value to its place, as that of `LoadedTable` does: it is 600 bytes. Never used.
    private let anchor = Atomic<UInt8>(0)

    /// Forgets all claims.
    mutating func removeAll() {
        bytes.clear()
        present = 0
    }

    /// Keeps the value of a claim. What does not fit is not there, as if the token did not have it.
    ///
    /// - Parameter value: Any bytes: who puts it into a head looks at them.
    mutating func set(_ index: UInt32, _ value: RawSpan) {
        precondition(index < 64, "a claim that no table has room for")
        let start = bytes.count
        bytes.append(value)
        guard !bytes.isOverflowed else { return }
        ranges[Int(index)] = ByteRange(from: start, to: bytes.count)
        present |= 1 &<< UInt64(index)
    }

    /// Appends the claims that are there: index, length, value.
    func write(to writer: inout ByteWriter) {
        for index in UInt32(0)..<64 where contains(index) {
            let value = value(of: index)
            writer.append(byte: UInt8(index))
            writer.append(byte: UInt8(truncatingIfNeeded: value.byteCount))
            writer.append(byte: UInt8(truncatingIfNeeded: value.byteCount &>> 8))
            writer.append(value)
        }
    }

    /// Puts back what ``write(to:)`` wrote.
    mutating func read(_ written: RawSpan) {
        removeAll()
        var offset = 0
        while offset < written.byteCount {
            let count =
                Int(written.octet(at: offset + 1)) | Int(written.octet(at: offset + 2)) &<< 8
            let start = offset + 3
            set(UInt32(written.octet(at: offset)), written.extracting(start..<start + count))
            offset = start + count
        }
    }

    /// Whether the token has the claim.
    func contains(_ index: UInt32) -> Bool { present &>> UInt64(index) & 1 != 0 }

    /// The value of a claim; empty if it is not there. The borrow ends before the next change.
    @_lifetime(borrow self)
    func value(of index: UInt32) -> RawSpan {
        bytes.written.octets(contains(index) ? ranges[Int(index)] : .empty)
    }
}
