import Glibc

extension TableError {
    /// The system's words for an `errno`.
    static func text(of number: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        // SAFETY: the GNU and the POSIX variants both write at most `buffer.count` bytes, with a zero.
        let result = unsafe strerror_r(number, &buffer, buffer.count)
        guard result == 0 else { return "error \(number)" }
        return String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
