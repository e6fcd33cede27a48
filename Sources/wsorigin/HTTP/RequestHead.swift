/// A request line and its fields.
struct RequestHead: Equatable {
    struct Field: Equatable {
        let name: [UInt8]
        let value: [UInt8]
    }

    /// How the body is framed.
    enum Framing: Equatable {
        case none
        case length(UInt64)
        case chunked
    }

    let method: [UInt8]
    let target: [UInt8]
    /// 0 or 1 of HTTP/1.0 and HTTP/1.1.
    let minorVersion: UInt8
    let fields: [Field]
    let framing: Framing

    /// The target up to the question mark.
    var path: ArraySlice<UInt8> { target.prefix { $0 != UInt8(ascii: "?") } }

    var isHead: Bool { method == Array("HEAD".utf8) }

    /// The values of all fields of that name, in order. The name is compared without case.
    func values(_ name: String) -> [[UInt8]] {
        let wanted = Array(name.utf8)
        return fields.filter { $0.name.equalsIgnoringCase(wanted) }.map(\.value)
    }

    /// Whether one of the comma-separated elements of the field is `token`, without case.
    func lists(_ name: String, _ token: String) -> Bool {
        elements(name).contains { $0.equalsIgnoringCase(Array(token.utf8)) }
    }

    /// The comma-separated elements of all fields of that name, without spaces around them.
    func elements(_ name: String) -> [[UInt8]] {
        values(name).flatMap { value in
            value.split(separator: UInt8(ascii: ",")).map { Array($0.trimmed) }
        }
    }

    /// The value of a query parameter as it stands in the target, not decoded.
    func query(_ name: String) -> ArraySlice<UInt8>? {
        let parameters = target.dropFirst(path.count + 1).split(separator: UInt8(ascii: "&"))
        for parameter in parameters {
            let key = parameter.prefix { $0 != UInt8(ascii: "=") }
            if key.elementsEqual(name.utf8) { return parameter.dropFirst(key.count + 1) }
        }
        return nil
    }

    /// Whether the connection stays open when this exchange is over.
    var keepsAlive: Bool {
        minorVersion == 1 ? !lists("Connection", "close") : lists("Connection", "keep-alive")
    }
}
