/// Messages that a backend got, in a form in which they can be compared.
enum RecordedMessage {
    /// A message with the content of all its chunks in one, if it is in chunks; where chunks end means nothing.
    /// One that can't be read as chunks stays as it is.
    ///
    /// - Parameter message: Each character is a byte.
    static func withOneChunk(_ message: String) -> String {
        let bytes = Array(message.unicodeScalars)
        guard message.contains("Transfer-Encoding: chunked"),
            let head = bytes.firstRange(of: Array("\r\n\r\n".unicodeScalars))
        else { return message }
        var content: ArraySlice<Unicode.Scalar> = []
        var offset = head.upperBound
        while true {
            let digits = bytes[offset...].prefix { $0 != "\r" }
            let begin = offset + digits.count + 2
            guard let count = Int(text(digits), radix: 16), begin + count + 2 <= bytes.count
            else { return message }
            // The last one, of no bytes, stays behind the content with what follows it.
            if count == 0 { break }
            content += bytes[begin..<begin + count]
            offset = begin + count + 2
        }
        guard !content.isEmpty else { return message }
        return text(bytes[..<head.upperBound]) + String(content.count, radix: 16) + "\r\n"
            + text(content) + "\r\n" + text(bytes[offset...])
    }

    private static func text(_ bytes: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(bytes))
    }
}
