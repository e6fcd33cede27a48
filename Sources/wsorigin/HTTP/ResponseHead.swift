/// Writes status lines and fields.
struct ResponseHead {
    private(set) var bytes: [UInt8]

    /// - Parameter status: Three digits.
    init(_ status: Int) {
        precondition((100...999).contains(status), "\(status) is not a status")
        bytes = Array("HTTP/1.1 \(status) \(Self.reason(status))\r\n".utf8)
        if status >= 200 || status == 101 { add("Server", "wsorigin") }
    }

    /// - Parameter value: Without line ends.
    mutating func add(_ name: String, _ value: String) {
        add(name, bytes: Array(value.utf8))
    }

    /// - Parameter value: Without line ends; what a parser let through has none.
    mutating func add(_ name: String, bytes value: [UInt8]) {
        bytes += name.utf8
        bytes += ": ".utf8
        bytes += value
        bytes += "\r\n".utf8
    }

    /// The head with the empty line behind it.
    var finished: [UInt8] { bytes + [0x0d, 0x0a] }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 103: "Early Hints"
        case 200: "OK"
        case 204: "No Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 426: "Upgrade Required"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: "Status"
        }
    }
}
