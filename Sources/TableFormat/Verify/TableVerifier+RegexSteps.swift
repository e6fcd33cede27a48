extension TableVerifier {
    /// Each walk stays inside of its steps and comes to the last of them.
    func checkRegexSteps() throws(TableDamage) {
        let stepCount = count(.regexSteps)
        var start: UInt32 = 0
        while start < stepCount {
            var end = start
            while !isLast(end) {
                end += 1
                try require(
                    end < stepCount && Int(end - start) < TableLimits.regexStepCountMax,
                    .regexSteps, end - 1)
            }
            for index in start...end { try checkStep(index, in: start...end) }
            start = end + 1
        }
    }

    private func isLast(_ index: UInt32) -> Bool {
        let kind = RegexStepKind(rawValue: view.regexStep(index).kind)
        return kind == .end || kind == .match
    }

    private func checkStep(
        _ index: UInt32, in steps: ClosedRange<UInt32>
    ) throws(TableDamage) {
        let step = view.regexStep(index)
        let isSet = UInt32(step.set) < count(.byteSets) && step.literalByteCount == 0
        let isWayOn = UInt32(step.distance) < steps.upperBound - index
        let isSound =
            switch RegexStepKind(rawValue: step.kind) {
            case .literal:
                (1...RegexStepRecord.literalBytesMax).contains(Int(step.literalByteCount))
                    && step.literal >> UInt64(8 * step.literalByteCount) == 0
            case .set:
                isSet && step.countMin <= step.countMax && step.countMax > 0
                    && step.literal >> 48 == 0
            case .choose: isSet && isWayOn && step.literal >> 32 == 0
            case .skip: isWayOn && step.isWay
            case .again: step.isWay && UInt32(step.distance) <= index - steps.lowerBound
            case .end, .match: step.literalByteCount == 0 && step.literal == 0
            case nil: false
            }
        try require(isSound, .regexSteps, index)
    }
}

extension RegexStepRecord {
    /// Nothing but a distance is said.
    fileprivate var isWay: Bool {
        literalByteCount == 0 && literal == UInt64(distance) << 16
    }
}
