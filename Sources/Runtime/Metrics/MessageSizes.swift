internal import CLinux

/// Where the sizes of one side's messages on one route are counted: one worker's words of a histogram.
///
/// Found once for all that is read at a time, so that a message costs no more than finding its bucket.
@safe
package struct MessageSizes: BitwiseCopyable {
    private let words: UnsafeMutablePointer<UInt64>

    /// - Parameter words: As many as a histogram has; they live as long as the process.
    init(_ words: UnsafeMutablePointer<UInt64>) {
        // SAFETY: kept, not used.
        unsafe self.words = words
    }

    /// A message of so many bytes has come.
    @inline(always)
    func note(_ byteCount: UInt64) {
        let bucket = HistogramScale.bytesBucket(of: byteCount)
        // SAFETY: there are fewer buckets than words; a word is written by one thread and read by others in one
        // piece.
        unsafe clinux_count(words + bucket, 1)
        unsafe clinux_count(words + MetricsLayout.sumWord, byteCount)
    }
}
