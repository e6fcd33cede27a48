import CBytes
import TableFormat

extension TableView {
    /// Asks for the first line of a record without waiting for it. A wrong index does no harm.
    @inline(__always)
    func fetch<Record: TableRecord>(_ type: Record.Type, _ kind: SectionKind, at index: UInt32) {
        // SAFETY: nothing is read from the address.
        unsafe cbytes_fetch(UnsafeRawPointer(bitPattern: address(of: type, kind, at: index)))
    }

    /// Asks for the two lines in which a route and its pattern mostly lie.
    @inline(__always)
    func fetchRoute(at unit: UInt32) {
        // SAFETY: nothing is read from the addresses.
        unsafe cbytes_fetch(UnsafeRawPointer(bitPattern: routeAddress(at: unit)))
        unsafe cbytes_fetch(UnsafeRawPointer(bitPattern: routeAddress(at: unit) &+ 48))
    }
}
