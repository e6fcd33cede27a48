/// A path, with a query or without, that is sent as it is written (RFC 9112, 3.2; RFC 3986, 3.3 and 3.4).
enum RequestTargetText {
    /// The first character that can't be sent in it.
    struct Misplaced: Equatable {
        /// As a message calls it.
        let name: String
        let suggestion: String
    }

    /// nil: all of it can be sent.
    static func misplaced(in text: String) -> Misplaced? {
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() where !mayStand(scalar) {
            guard scalar == "%" else { return misplaced(scalar) }
            let digits = scalars[(index + 1)...].prefix(2)
            if digits.count == 2, digits.allSatisfy({ isHexadecimal($0) }) { continue }
            return Misplaced(
                name: "`%` without two hexadecimal digits", suggestion: "write it as `%25`")
        }
        return nil
    }

    /// What to write instead of one that does not begin with `/`; nil if that alone doesn't mend it.
    static func advice(forRelative path: String) -> String? {
        if path.contains("://") { return "write only the path: host and port are the service's" }
        return misplaced(in: path) == nil ? "write `/\(path)`" : nil
    }

    private static func misplaced(_ scalar: Unicode.Scalar) -> Misplaced {
        let name =
            switch scalar.value {
            case 0x20: "a space"
            case ..<0x20, 0x7F: "a control character"
            default: "`\(scalar)`"
            }
        let encoded = scalar.utf8.map { byte in
            (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }.joined()
        return Misplaced(
            name: name,
            suggestion: scalar == "#"
                ? "remove what begins with it, or write it as `\(encoded)`"
                : "write it as `\(encoded)`")
    }

    /// `%` is none of them.
    private static func mayStand(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "A"..."Z", "a"..."z": true
        default: "-._~!$&'()*+,;=:@/?[]".unicodeScalars.contains(scalar)
        }
    }

    private static func isHexadecimal(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && CanonicalPath.hexValue(UInt8(scalar.value)) != nil
    }
}
