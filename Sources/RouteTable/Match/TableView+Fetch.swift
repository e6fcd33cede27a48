import CBytes
import TableFormat

extension TableView {
    /// Asks for the first line of a record without waiting for it. A wrong index does no harm.
    @inline(__always)
    func fetch<Record: TableRecord>(_ type: Record.Type, _ kind: SectionKind, at index: UInt32) {
        // SAFETY: nothing is read from the address.
        unsafe cbytes_fetch(UnsafeRawPointer(bitPattern: address(of: type, kind, at: index)))
    }

    /// Asks for the line of the text section at `offset`, and for the next, in which a text may end.
    @inline(__always)
    func fetchText(at offset: UInt32) {
        let first = textAddress(at: offset)
        // SAFETY: nothing is read from the addresses.
        unsafe cbytes_fetch(UnsafeRawPointer(bitPattern: first))
        unsafe cbytes_fetch(UnsafeRawPointer(bitPattern: first &+ 32))
    }
}
