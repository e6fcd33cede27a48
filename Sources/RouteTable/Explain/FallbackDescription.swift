import JSON

/// What is done about requests that a service has failed, step by step.
package struct FallbackDescription: Equatable, Sendable {
    /// The answer where nothing else is left.
    package struct Answer: Equatable, Sendable {
        package var status: UInt16
        /// Empty where there is no body.
        package var contentType: String
        package var bodyByteCount: UInt32
        /// A hash of the body, which tells one from another.
        package var bodyHash: UInt64
        /// `Name: value`
        package var fields: [String]
        package var retryAfterSeconds: UInt32?
    }

    /// Answers that are kept.
    package struct LastGood: Equatable, Sendable {
        package var staleMilliseconds: UInt32
        package var answerByteCount: UInt32
        package var totalByteCount: UInt32
    }

    /// The service that takes over.
    package var service: String?
    package var lastGood: LastGood?
    package var answer: Answer?

    init() {}

    package var isEmpty: Bool { service == nil && lastGood == nil && answer == nil }

    /// `service chat-b, then the last good answer up to 600 s old, then answer 503 with 120 bytes of text/html`
    package var text: String {
        var steps: [String] = []
        if let service { steps.append("service \(service)") }
        if let lastGood {
            let seconds = lastGood.staleMilliseconds / 1_000
            steps.append("the last good answer up to \(seconds) s old")
        }
        if let answer {
            let content =
                answer.bodyByteCount == 0
                ? "without a body" : "with \(answer.bodyByteCount) bytes of \(answer.contentType)"
            steps.append("answer \(answer.status) \(content)")
        }
        return steps.joined(separator: ", then ")
    }

    func write(to json: inout JSONText) {
        json.object { json in
            json.member("service", service)
            json.key("last_good")
            if let lastGood {
                json.object { json in
                    json.member("max_stale_ms", lastGood.staleMilliseconds)
                    json.member("max_size_bytes", lastGood.answerByteCount)
                    json.member("max_total_bytes", lastGood.totalByteCount)
                }
            } else {
                json.null()
            }
            json.key("answer")
            guard let answer else { return json.null() }
            json.object { json in
                json.member("status", answer.status)
                json.member("content_type", answer.contentType)
                json.member("body_bytes", answer.bodyByteCount)
                json.member("body_hash", String(answer.bodyHash, radix: 16))
                json.member("headers", answer.fields)
                json.member("retry_after", answer.retryAfterSeconds)
            }
        }
    }
}
