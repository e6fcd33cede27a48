/// Finds a dot in a regex that was most likely meant as a dot.
enum UnescapedDot {
    private static let extensions: Set<String> = [
        "js", "mjs", "css", "map", "html", "htm", "json", "xml", "txt", "php", "asp", "aspx", "jsp",
        "ico",
        "png", "jpg", "jpeg", "gif", "svg", "webp", "woff", "woff2", "ttf", "pdf", "zip", "gz",
        "wasm",
        "m3u8", "mp4", "webm", "com", "org", "net", "io", "dev", "local", "internal",
    ]

    /// The first such dot with the words around it, or nil.
    ///
    /// - Parameter besideExtensionsOnly: The word behind it must be an ending of files or hosts. Otherwise letters
    ///   or digits on both sides are enough.
    static func find(in source: String, besideExtensionsOnly: Bool) -> String? {
        let bytes = Array(source.utf8)
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"):
                guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "Q") else {
                    index += 2
                    continue
                }
                index = endOfQuote(bytes, index)
                continue
            case UInt8(ascii: "["): index = endOfClass(bytes, index)
            case UInt8(ascii: "."):
                let part = besideExtensionsOnly ? ending(bytes, index) : between(bytes, index)
                if let part { return part }
            default: break
            }
            index += 1
        }
        return nil
    }

    /// The words on both sides of a dot, if there are any.
    private static func between(_ bytes: [UInt8], _ dot: Int) -> String? {
        let before = word(bytes[..<dot].reversed())
        let after = word(bytes[(dot + 1)...])
        guard !before.isEmpty, !after.isEmpty, !isEscaped(bytes, dot - before.count) else {
            return nil
        }
        return String(decoding: before.reversed() + [0x2E] + after, as: UTF8.self)
    }

    /// A dot and the ending behind it, of which there may be several in a group, with the word before it.
    private static func ending(_ bytes: [UInt8], _ dot: Int) -> String? {
        var rest = bytes[(dot + 1)...]
        for opening in ["(?:", "("] where rest.starts(with: opening.utf8) {
            rest = rest.dropFirst(opening.utf8.count)
            break
        }
        let after = word(rest)
        guard extensions.contains(String(decoding: after, as: UTF8.self)) else { return nil }
        var before = word(bytes[..<dot].reversed())
        if isEscaped(bytes, dot - before.count) { before = [] }
        return String(decoding: before.reversed() + [0x2E] + after, as: UTF8.self)
    }

    /// The letters, digits, `-` and `_` that come first.
    private static func word(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        Array(
            bytes.prefix { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            })
    }

    /// Whether the word that begins at `start` is one letter of an escape, as in `\d.x`.
    private static func isEscaped(_ bytes: [UInt8], _ start: Int) -> Bool {
        start > 0 && bytes[start - 1] == UInt8(ascii: "\\")
    }

    private static func endOfQuote(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start + 2
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "E") {
                return index + 2
            }
            index += 1
        }
        return bytes.count
    }

    /// The place of the bracket that closes a class.
    private static func endOfClass(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start + 1
        if index < bytes.count, bytes[index] == UInt8(ascii: "^") { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "]") { index += 1 }
        while index < bytes.count, bytes[index] != UInt8(ascii: "]") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index, bytes.count)
    }
}
