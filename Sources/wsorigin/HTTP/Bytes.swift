/// What HTTP asks of byte strings.
extension Collection where Element == UInt8 {
    /// Whether both are the same when `A` to `Z` count as `a` to `z`.
    func equalsIgnoringCase(_ other: some Collection<UInt8>) -> Bool {
        count == other.count
            && zip(self, other).allSatisfy { $0.asciiLowercase == $1.asciiLowercase }
    }

    /// Whether this is a `token` of RFC 9110, 5.6.2.
    var isToken: Bool {
        !isEmpty
            && allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// The number that these decimal digits write, if they are digits only and fit.
    var decimalNumber: UInt64? { number(radix: 10) }

    /// The number that these hexadecimal digits write, if they are digits only and fit.
    var hexadecimalNumber: UInt64? { number(radix: 16) }

    private func number(radix: UInt64) -> UInt64? {
        guard !isEmpty else { return nil }
        var number: UInt64 = 0
        for byte in self {
            let digit: UInt64
            switch byte.asciiLowercase {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                digit = UInt64(byte.asciiLowercase - UInt8(ascii: "a")) + 10
            default: return nil
            }
            let (product, productOverflow) = number.multipliedReportingOverflow(by: radix)
            let (sum, sumOverflow) = product.addingReportingOverflow(digit)
            guard digit < radix, !productOverflow, !sumOverflow else { return nil }
            number = sum
        }
        return number
    }
}

extension ArraySlice<UInt8> {
    /// Without spaces and tabs at both ends.
    var trimmed: ArraySlice<UInt8> {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let head = drop(while: isSpace)
        guard let last = head.lastIndex(where: { !isSpace($0) }) else { return [] }
        return head[...last]
    }
}

extension UInt8 {
    fileprivate var asciiLowercase: UInt8 {
        self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self
    }
}
