extension TableVerifier {
    /// Answers are written as they are, in one piece: their texts are short enough, and their fields are
    /// whole lines.
    func checkFallbackAnswers() throws(TableDamage) {
        for index in 0..<count(.fallbackAnswers) {
            let answer = view.record(FallbackAnswerRecord.self, .fallbackAnswers, at: index)
            try require(
                (200...599).contains(answer.status) && isText(answer.fields)
                    && isText(answer.contentType) && isText(answer.body)
                    && answer.body.byteCount <= FallbackAnswerRecord.bodyByteCountMax
                    && UInt64(answer.fields.byteCount) + UInt64(answer.contentType.byteCount)
                        <= UInt64(FallbackAnswerRecord.fieldsByteCountMax)
                    && isValue(answer.contentType) && areLines(answer.fields),
                .fallbackAnswers, index)
        }
    }

    /// What is kept fits the blocks that answers wait in, and what is allowed in all.
    func isLastGoodSound(_ policy: ServicePolicyRecord) -> Bool {
        guard policy.staleMillisecondsMax > 0 else {
            return policy.answerBytesMax == 0 && policy.totalBytesMax == 0
        }
        return policy.answerBytesMax <= 131_072 && policy.answerBytesMax <= policy.totalBytesMax
            && policy.totalBytesMax <= 1 << 30
    }

    private func isValue(_ text: TextReference) -> Bool {
        // SAFETY: the text was found to lie in the table, which outlives this check.
        unsafe view.text(text).allSatisfy { Self.isValueByte($0) }
    }

    /// Whether each line is a name, a colon and a value, and ends as lines do.
    private func areLines(_ text: TextReference) -> Bool {
        // SAFETY: as above.
        let bytes = unsafe view.text(text)
        var nameCount = 0
        var isInName = true
        var offset = 0
        while offset < bytes.count {
            // SAFETY: `offset` is below the count.
            let byte = unsafe bytes[offset]
            if byte == 0x0D {
                // SAFETY: as above.
                guard !isInName, offset + 1 < bytes.count, unsafe bytes[offset + 1] == 0x0A else {
                    return false
                }
                offset += 1
                nameCount = 0
                isInName = true
            } else if isInName, byte == 0x3A {
                guard nameCount > 0 else { return false }
                isInName = false
            } else {
                guard Self.isValueByte(byte), !isInName || byte > 0x20 else { return false }
                nameCount += 1
            }
            offset += 1
        }
        return isInName && nameCount == 0
    }

    private static func isValueByte(_ byte: UInt8) -> Bool {
        byte == 0x09 || (0x20...0x7E).contains(byte)
    }
}
