import TableFormat

/// Runs a regex that needs no way back: the next byte tells where to go on, and the first step that can't be taken
/// ends the walk.
///
/// Costs a few steps for each byte of the subject at most, and one or two lines of the table, where code of PCRE2's
/// would bring its own. Ends whatever the table says: ways back without a byte between them are few.
enum RegexWalk {
    /// Whether the regex whose steps begin at `first` matches.
    static func matches(
        _ subject: UnsafeRawBufferPointer, firstStep: UInt32, in view: TableView
    ) -> Bool {
        var position = 0
        var index = firstStep
        var lastReturn = -1
        var returnCount = 0
        while true {
            let step = view.regexStep(index)
            switch step.kind {
            case RegexStepKind.literal.rawValue:
                let end = position &+ Int(step.literalByteCount)
                // SAFETY: the bytes lie in the subject.
                guard end <= subject.count,
                    unsafe word(of: subject, position..<end) == step.literal
                else { return false }
                position = end
            case RegexStepKind.set.rawValue:
                let most =
                    step.countMax == RegexStepRecord.unbounded
                    ? subject.count
                    : min(subject.count, position &+ Int(step.countMax))
                let set = view.byteSet(step.set)
                let start = position
                // SAFETY: the place is below the count of the subject.
                while position < most, unsafe ByteSetRecord.contains(subject[position], in: set) {
                    position &+= 1
                }
                guard position &- start >= Int(step.countMin) else { return false }
            case RegexStepKind.choose.rawValue:
                // SAFETY: the place is below the count of the subject.
                if unsafe position == subject.count
                    || !ByteSetRecord.contains(subject[position], in: view.byteSet(step.set))
                {
                    index &+= UInt32(step.distance)
                }
            case RegexStepKind.skip.rawValue: index &+= UInt32(step.distance)
            case RegexStepKind.again.rawValue:
                // A loop at the end of another one's body goes back at the same byte as that one does.
                if position > lastReturn { returnCount = 0 }
                guard returnCount < TableLimits.regexLoopDepthMax else { return false }
                returnCount &+= 1
                lastReturn = position
                index &-= UInt32(step.distance) &+ 1
            case RegexStepKind.end.rawValue: return position == subject.count
            default: return true
            }
            index &+= 1
        }
    }

    /// At most six bytes of the subject as a number, the first one lowest.
    @inline(__always)
    private static func word(
        of subject: UnsafeRawBufferPointer, _ range: Range<Int>
    ) -> UInt64 {
        // SAFETY: the caller saw that the range lies in the subject; eight bytes are read only if there are as many.
        if range.lowerBound &+ 8 <= subject.count {
            let bytes = unsafe subject.loadUnaligned(
                fromByteOffset: range.lowerBound, as: UInt64.self)
            return UInt64(littleEndian: bytes) & (1 &<< UInt64(8 &* range.count) &- 1)
        }
        var word: UInt64 = 0
        for index in range.reversed() { word = unsafe word &<< 8 | UInt64(subject[index]) }
        return word
    }
}
