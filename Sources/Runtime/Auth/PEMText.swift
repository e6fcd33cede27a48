/// What can be said of a file of keys without decoding it.
enum PEMText {
    /// Whether `marker` stands somewhere in the text.
    static func holds(_ marker: StaticString, in text: [UInt8]) -> Bool {
        let octets = marker.octets
        guard text.count >= octets.byteCount else { return false }
        for start in 0...(text.count - octets.byteCount) {
            var index = 0
            while index < octets.byteCount, text[start + index] == octets.octet(at: index) {
                index += 1
            }
            if index == octets.byteCount { return true }
        }
        return false
    }
}
