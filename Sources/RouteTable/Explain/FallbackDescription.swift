/// What is done about requests that a service has failed, step by step.
package struct FallbackDescription: Equatable, Sendable {
    /// The answer where nothing else is left.
    package struct Answer: Equatable, Sendable {
        package var status: UInt16
        /// Empty where there is no body.
        package var contentType: String
        package var bodyByteCount: UInt32
        /// `Name: value`
        package var fields: [String]
        package var retryAfterSeconds: UInt32?
    }

    /// The service that takes over.
    package var service: String?
    package var answer: Answer?

    init() {}

    package var isEmpty: Bool { service == nil && answer == nil }

    /// `service chat-b, answer 503 with 120 bytes of text/html`
    package var text: String {
        var steps: [String] = []
        if let service { steps.append("service \(service)") }
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
            json.key("answer")
            guard let answer else { return json.null() }
            json.object { json in
                json.member("status", answer.status)
                json.member("content_type", answer.contentType)
                json.member("body_bytes", answer.bodyByteCount)
                json.member("headers", answer.fields)
                json.member("retry_after", answer.retryAfterSeconds)
            }
        }
    }
}
