/// A question about streams that a worker has not answered to the end.
struct OpenInquiry {
    let inquiry: StreamInquiry
    /// Slots below this one were looked at.
    var next: UInt32 = 0
    /// Streams that were described so far.
    var describedCount = 0

    init(_ inquiry: StreamInquiry) { self.inquiry = inquiry }
}
