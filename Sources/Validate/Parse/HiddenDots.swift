/// Dot segments that only a backend would see: behind escapes of escapes, encoded slashes or parameters. Requests with
/// such a path are refused before any route is asked.
package enum HiddenDots {
    /// Whether a segment, which is neither `.` nor `..` itself, hides one of them.
    package static func areIn(_ segment: some Collection<UInt8>) -> Bool {
        guard segment.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: ";") }) else {
            return false
        }
        return pieces(of: segment).contains { piece in
            let name = piece.prefix { $0 != UInt8(ascii: ";") }
            return name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8)
        }
    }

    /// What backends may take for segments, decoded as long as there is something to decode.
    package static func pieces(of segment: some Collection<UInt8>) -> [[UInt8]] {
        var decoded: [UInt8] = []
        for byte in segment {
            decoded.append(byte)
            while decoded.count >= 3, decoded[decoded.count - 3] == UInt8(ascii: "%"),
                let high = CanonicalPath.hexValue(decoded[decoded.count - 2]),
                let low = CanonicalPath.hexValue(decoded[decoded.count - 1])
            {
                decoded.removeLast(3)
                decoded.append(high << 4 | low)
            }
        }
        return decoded.split(omittingEmptySubsequences: false) { byte in
            byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
        }.map { Array($0) }
    }
}
