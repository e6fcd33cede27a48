package import Validate

/// A request that shows what a proof says.
package struct ProofRequest: Equatable, Sendable {
    /// A header, query parameter or cookie.
    package struct Field: Equatable, Sendable {
        package let name: String
        package let value: String
    }

    package let kind: MatchConditions.RequestKind
    package let method: String
    package let host: String
    /// The port of the listener; nil where it does not count.
    package let port: UInt16?
    package let path: [UInt8]
    package let headers: [Field]
    package let query: [Field]
    package let cookies: [Field]
    /// Sixteen bytes, as ``Validate/AddressRange`` has them; nil where the client does not count.
    package let client: UInt128?

    /// One line that `wsroute explain` could be asked, but for what a URL can't say.
    package var text: String {
        var text = kind == .webSocket ? "ws://" : "http://"
        text += host
        if let port { text += ":\(port)" }
        text += String(decoding: path, as: UTF8.self)
        if !query.isEmpty {
            let pairs = query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
            text += "?" + pairs.joined(separator: "&")
        }
        if kind != .webSocket { text = "\(method) \(text)" }
        var fields = headers.map { "\($0.name): \($0.value)" }
        if kind == .sse { fields.append("accept: text/event-stream") }
        fields += cookies.map { "cookie: \($0.name)=\($0.value)" }
        if let client { fields.append("client \(AddressShown.text(client))") }
        return fields.isEmpty ? "`\(text)`" : "`\(text)` (\(fields.joined(separator: ", ")))"
    }

    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return result
    }
}
