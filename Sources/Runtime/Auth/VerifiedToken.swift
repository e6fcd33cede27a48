/// A token that was verified, as long as no other is.
struct VerifiedToken: BitwiseCopyable {
    /// Where the worker keeps it.
    let place: UInt32
    /// The time of the day at which it ends, in milliseconds; `.max`: never.
    let endMilliseconds: Int64
}
