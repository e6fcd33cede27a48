/// A part of a request that a guard looks at.
public enum RequestKeyKind: UInt8, Sendable {
    case clientAddress = 0
    case header = 1
    case cookie = 2
    case query = 3
    case claim = 4
}
