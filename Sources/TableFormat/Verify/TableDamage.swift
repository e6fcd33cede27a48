/// Why the content of a table is refused although all of its checksums fit.
package enum TableDamage: Error, Equatable, Sendable {
    /// A record holds a value that no compiler writes.
    case invalidRecord(section: SectionKind, record: Int)
    /// The limits or the worst case in the header are not those of the table.
    case limitsMismatch
}
