/// Labels as the text format of Prometheus has them: `name="value"`.
enum Label {
    static func route(_ name: String) -> [UInt8] { text("route", name) }

    static func service(_ name: String) -> [UInt8] { text("service", name) }

    static func endpoint(_ endpoint: String, of service: String) -> [UInt8] {
        text("service", service) + Array(",".utf8) + text("endpoint", endpoint)
    }

    /// A name of letters, and any value.
    static func text(_ name: String, _ value: String) -> [UInt8] {
        var bytes = Array("\(name)=\"".utf8)
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes += Array("\\\\".utf8)
            case UInt8(ascii: "\""): bytes += Array("\\\"".utf8)
            case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        return bytes
    }
}
