/// What is wrong with a request, and the status that says so.
enum RequestFault: Error, Equatable {
    case malformed
    case headTooLarge
    case unknownTransferCoding
    case unknownVersion

    var status: Int {
        switch self {
        case .malformed: 400
        case .headTooLarge: 431
        case .unknownTransferCoding: 501
        case .unknownVersion: 505
        }
    }
}
