import TableFormat
import Validate

extension TableEmitter {
    /// Writes the answers that services fall back on, in the order of the configuration.
    mutating func emitFallbackAnswers() {
        for answer in configuration.fallbackAnswers {
            var record = FallbackAnswerRecord()
            record.fields = sections.add(Self.lines(of: answer.fields))
            record.contentType = sections.add(answer.body.isEmpty ? "" : answer.contentType)
            record.body = sections.add(answer.body)
            record.retryAfterSeconds = answer.retryAfterSeconds ?? 0
            record.status = answer.status
            sections.append(record, to: .fallbackAnswers)
        }
    }

    /// What stands for a failure must not be kept by a cache, unless somebody says so.
    private static func lines(of fields: [FallbackAnswer.Field]) -> String {
        let isStorable = fields.contains { $0.name.lowercased() == "cache-control" }
        return fields.reduce(isStorable ? "" : "Cache-Control: no-store\r\n") { lines, field in
            lines + "\(field.name): \(field.value)\r\n"
        }
    }
}
