/// A fast source of numbers that need not be secret: weighted choices, request identifiers.
///
/// SplitMix64 (Steele, Lea, Flood 2014).
package struct RandomBits {
    private var state: UInt64

    /// - Parameter seed: The same one gives the same numbers.
    package init(seed: UInt64) { state = seed }

    /// Any number, each as likely as the others.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits &>> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits &>> 31)
    }
}

extension RandomBits {
    /// A number from 0 up to, not including, `bound`, each as likely as the others.
    ///
    /// - Precondition: `bound` is above 0.
    package mutating func next(below bound: UInt64) -> UInt64 {
        precondition(bound > 0, "there is no number below 0")
        // The upper half of the product (Lemire 2019), without the correction: the bias is below
        // one in 2³² for the bounds used here.
        return next().multipliedFullWidth(by: bound).high
    }
}
