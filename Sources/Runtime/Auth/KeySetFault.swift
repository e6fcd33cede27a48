/// Why a file is no set of keys.
enum KeySetFault: Error, Equatable {
    case notJSON(JSONFault)
    case noKeys
    case tooManyKeys
    case sameName

    /// A clause without a full stop, about a file.
    var message: String {
        switch self {
        case .notJSON(.repeatedName): "has an object with two members of one name"
        case .notJSON: "is not JSON"
        case .noKeys: "has no list `keys` at its top"
        case .tooManyKeys: "holds more than \(KeySetReader.keyCountMax) keys"
        case .sameName: "has two keys with the same `kid` for the same algorithm"
        }
    }
}
