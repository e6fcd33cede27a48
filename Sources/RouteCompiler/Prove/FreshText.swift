/// Text that no pattern of a host has, for what patterns leave open.
struct FreshText {
    let bytes: [UInt8]
    /// The byte is in no glob of the host. Otherwise a glob that matches the text proves nothing.
    let isProof: Bool

    /// In the order of preference.
    private static let candidates = Array(
        "xyzqwkjvabcdefghilmnoprstu0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_-~".utf8)

    /// - Parameter forms: The routes of the host.
    init(_ forms: [PathForm]) {
        var inGlobs = ByteSet()
        /// For each byte, how often it stands in a row at most.
        var runs = [Int](repeating: 0, count: 256)
        func count(_ text: [UInt8]) {
            var run = 0
            var previous: UInt8?
            for byte in text {
                run = byte == previous ? run + 1 : 1
                previous = byte
                if run > runs[Int(byte)] { runs[Int(byte)] = run }
            }
        }
        for form in forms {
            for segment in form.segments {
                switch segment {
                case .literal(let text): count(text)
                case .glob(let texts):
                    for text in texts {
                        count(text)
                        for byte in text { inGlobs.insert(byte) }
                    }
                case .wildcard, .anything: break
                }
            }
        }
        let free = Self.candidates.filter { !inGlobs.contains($0) }
        isProof = !free.isEmpty
        let choices = free.isEmpty ? Self.candidates : free
        let byte = choices.min { runs[Int($0)] < runs[Int($1)] } ?? UInt8(ascii: "x")
        bytes = [UInt8](repeating: byte, count: runs[Int(byte)] + 1)
    }
}
