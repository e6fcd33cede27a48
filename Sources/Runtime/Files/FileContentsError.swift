/// Why the contents of a file can't be had.
enum FileContentsError: Error, Equatable {
    case system(SystemError)
    /// A pipe, a device or a socket.
    case notRegularFile
    case tooLarge(byteCountMax: Int)

    /// A clause without a full stop, to follow the name of the file.
    var description: String {
        switch self {
        case .system(let error): error.description
        case .notRegularFile: "is no regular file"
        case .tooLarge(let byteCountMax): "is larger than \(byteCountMax) bytes"
        }
    }
}
