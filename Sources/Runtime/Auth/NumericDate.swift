internal import Glibc

/// A date as tokens have it: seconds since 1970, not always whole ones (RFC 7519, 2).
enum NumericDate {
    /// More digits than any date has.
    private static let digitsMax = 31
    /// Seconds that still are whole numbers in milliseconds: three hundred times the age of mankind.
    private static let secondsMax = 1e14

    /// The date in milliseconds, or nil if it is out of all reason.
    ///
    /// - Parameter text: A number of JSON.
    static func milliseconds(_ text: ArraySlice<UInt8>) -> Int64? {
        guard text.count <= digitsMax else { return nil }
        var digits = InlineArray<32, CChar>(repeating: 0)
        for (index, byte) in text.enumerated() { digits[index] = CChar(bitPattern: byte) }
        let span = digits.span
        // SAFETY: the text ends with a NUL, for there is one more byte than the most digits. The process never
        // sets a locale, so the decimal point is a point.
        let seconds = unsafe span.withUnsafeBufferPointer { text in
            unsafe text.baseAddress.map { unsafe strtod($0, nil) } ?? .nan
        }
        guard seconds.isFinite, abs(seconds) <= secondsMax else { return nil }
        return Int64((seconds * 1_000).rounded(.down))
    }
}
