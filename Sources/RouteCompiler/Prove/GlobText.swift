/// Literal text with stars, as the texts around the stars.
enum GlobText {
    /// Whether `bytes` is `texts` with any bytes in between.
    ///
    /// The first fitting place of each text in the middle leaves the most room for the others.
    static func matches(_ texts: [[UInt8]], _ bytes: [UInt8]) -> Bool {
        guard let first = texts.first, let last = texts.last, texts.count > 1,
            bytes.count >= first.count + last.count, bytes.starts(with: first),
            bytes.reversed().starts(with: last.reversed())
        else { return false }
        var position = first.count
        let end = bytes.count - last.count
        for text in texts.dropFirst().dropLast() {
            while position + text.count <= end,
                !bytes[position..<(position + text.count)].elementsEqual(text)
            { position += 1 }
            guard position + text.count <= end else { return false }
            position += text.count
        }
        return true
    }
}
