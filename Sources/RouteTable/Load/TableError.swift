package import TableFormat

/// Why a table file was refused. All cases can be caused by a damaged file, so none of them traps.
package enum TableError: Error, Equatable, Sendable {
    /// The file cannot be opened or read: `errno`.
    case unreadable(number: Int32)
    case isSymbolicLink
    case isDirectory
    case notRegularFile
    case isEmpty
    /// The magic is missing.
    case notARouteTable
    /// Another format version.
    case unsupportedVersion(major: UInt16, minor: UInt16)
    /// Required feature bits that this program does not know.
    case unknownFeatures(bits: UInt64)
    case tooLarge(byteCount: Int)
    /// The file has not the length that its header states.
    case wrongLength(stated: UInt64, found: Int)
    /// Header or directory do not have the checksum that the header states.
    case headerDamaged
    /// A section is missing, misplaced or of a wrong size.
    case directoryDamaged(kind: UInt32)
    /// A section does not have its checksum.
    case sectionDamaged(SectionKind)
    /// Header, directory and sections are not those that the digest was made of.
    case digestMismatch
    /// A key was given, and nobody has signed the table.
    case unsigned
    /// A key was given, and the table is signed by the key of this name.
    case signedByOther(String)
    /// The table names the key that was given, but the signature is not that key's, or what was signed has changed.
    case wrongSignature
    /// A record holds a value that no compiler writes.
    case invalidRecord(section: SectionKind, record: Int)
    /// The limits or the worst case in the header are not those of the table.
    case limitsMismatch
    /// The file of a table in use was written to all the same.
    case changedInUse
    /// One request could cost more than is allowed.
    case tooExpensive(WorstCaseCeilings.Excess)

    /// A section without its checksum.
    init(damaged entry: SectionEntry) {
        self =
            SectionKind(rawValue: entry.kind).map(TableError.sectionDamaged)
            ?? .directoryDamaged(kind: entry.kind)
    }

    init(_ damage: TableDamage) {
        switch damage {
        case .invalidRecord(let section, let record):
            self = .invalidRecord(section: section, record: record)
        case .limitsMismatch: self = .limitsMismatch
        }
    }

    /// One line for the user, without the file's name.
    package var message: String {
        switch self {
        case .unreadable(let number): "it cannot be read: \(Self.text(of: number))"
        case .isSymbolicLink: "it is a symbolic link; name the file itself"
        case .isDirectory: "it is a directory"
        case .notRegularFile: "it is not a regular file"
        case .changedInUse: "its file was written to while it was in use"
        case .isEmpty: "it is empty"
        case .notARouteTable: "it is not a route table (`wsroute compile` makes one)"
        case .unsupportedVersion(let major, let minor):
            "it has format version \(major).\(minor); this program reads "
                + "\(TableHeader.major).x: compile it again"
        case .unknownFeatures(let bits):
            "it needs features that this program does not have (bits 0x\(String(bits, radix: 16)))"
        case .tooLarge(let byteCount): "it has \(byteCount) bytes; at most 2147483647 are read"
        case .wrongLength(let stated, let found):
            "it has \(found) bytes where its header states \(stated): it is truncated or damaged"
        case .headerDamaged: "its header is damaged (checksum)"
        case .directoryDamaged(let kind): "its directory is damaged (section kind \(kind))"
        case .sectionDamaged(let kind): "its section `\(kind)` is damaged (checksum)"
        case .digestMismatch: "its digest does not fit its content"
        case .unsigned: "it is not signed (`wsroute compile --sign` signs)"
        case .signedByOther(let name): "it is signed by another key (\(name))"
        case .wrongSignature: "its signature is wrong: it was changed after it was signed"
        case .invalidRecord(let section, let record):
            "its section `\(section)` is damaged (record \(record))"
        case .limitsMismatch: "its limits are not those of its content"
        case .tooExpensive(let excess): excess.message
        }
    }
}
