import TableFormat

extension LoadedTable {
    /// The answer that services' policies name by its index.
    @_lifetime(borrow self)
    package func fallbackAnswer(at index: UInt32) -> FallbackAnswer {
        let record = view.record(FallbackAnswerRecord.self, .fallbackAnswers, at: index)
        // SAFETY: the texts lie in the memory that this value owns.
        let contentType = unsafe view.text(record.contentType)
        let body = unsafe view.text(record.body)
        let fields = unsafe view.text(record.fields)
        return unsafe _overrideLifetime(
            FallbackAnswer(
                status: record.status, contentType: RawSpan(_unsafeBytes: contentType),
                body: RawSpan(_unsafeBytes: body), fieldLines: RawSpan(_unsafeBytes: fields),
                retryAfterSeconds: record.retryAfterSeconds == 0 ? nil : record.retryAfterSeconds),
            borrowing: self)
    }

    /// The status of that answer.
    package func fallbackStatus(at index: UInt32) -> UInt16 {
        view.record(FallbackAnswerRecord.self, .fallbackAnswers, at: index).status
    }

    /// What is done about requests that a service has failed, for people.
    func fallbackDescription(ofService index: UInt32) -> FallbackDescription {
        let record = view.record(ServicePolicyRecord.self, .servicePolicies, at: index)
        var fallback = FallbackDescription()
        if record.fallbackService != .none {
            fallback.service = serviceName(record.fallbackService)
        }
        if record.staleMillisecondsMax > 0 {
            fallback.lastGood = FallbackDescription.LastGood(
                staleMilliseconds: record.staleMillisecondsMax,
                answerByteCount: record.answerBytesMax, totalByteCount: record.totalBytesMax)
        }
        guard record.fallbackAnswer != .none else { return fallback }
        let answer = view.record(
            FallbackAnswerRecord.self, .fallbackAnswers, at: record.fallbackAnswer)
        fallback.answer = FallbackDescription.Answer(
            status: answer.status, contentType: string(answer.contentType),
            bodyByteCount: answer.body.byteCount,
            bodyHash: TableHash.bytes(policyBytes(answer.body), seed: 0),
            fields: string(answer.fields).split(separator: "\r\n").map(String.init),
            retryAfterSeconds: answer.retryAfterSeconds == 0 ? nil : answer.retryAfterSeconds)
        return fallback
    }
}
