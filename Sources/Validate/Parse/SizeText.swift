/// Sizes: a number of bytes, or a number with a unit of 1000s or of 1024s.
enum SizeText {
    static let advice = "a number of bytes, or a number with a unit: `64KiB`, `1MB`"

    private static let units: KeyValuePairs<String, Int> = [
        "": 1, "b": 1, "kb": 1000, "mb": 1_000_000, "gb": 1_000_000_000,
        "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30,
    ]

    /// The number of bytes, or nil if it is not a size or more than an exbibyte.
    static func parse(_ text: String) -> UInt64? {
        guard let (number, factor) = split(text),
            let product = Decimal(number)?.times(factor, max: 1 << 60)
        else { return nil }
        return UInt64(product)
    }

    /// Whether it is a size of more than an exbibyte.
    static func isTooLarge(_ text: String) -> Bool {
        guard let (number, factor) = split(text) else { return false }
        guard let decimal = Decimal(number) else {
            return Decimal.isLong(number) && number.firstIndex(of: UInt8(ascii: ".")) ?? 16 > 15
        }
        return decimal.times(factor, max: 1 << 60) == nil
    }

    /// The number and how many bytes its unit has, or nil without a unit that is known.
    private static func split(_ text: String) -> (number: ArraySlice<UInt8>, factor: Int)? {
        let bytes = Array(text.utf8)
        let digitCount = bytes.prefix {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
        }.count
        let unit = String(decoding: bytes[digitCount...], as: UTF8.self).lowercased()
        guard let factor = units.first(where: { $0.key == unit })?.value else { return nil }
        return (bytes[..<digitCount], factor)
    }
}
