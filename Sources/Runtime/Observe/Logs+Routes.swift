internal import RouteTable

extension TableGeneration {
    /// The files that its `logging` middlewares write to, each once.
    var logPaths: Set<String> {
        Set(loggingRules.map(\.output).filter { $0 != "stdout" && $0 != "stderr" })
    }
}

extension Logs {
    /// What the `logging` middlewares of a table say, with the queues that its files have by now.
    func routeLogs(of generation: TableGeneration) -> [RouteLogging] {
        zip(generation.loggingRules, generation.logTemplates).map { rule, template in
            let queue: LogQueue =
                switch rule.output {
                case "stdout": access
                case "stderr": events.queue
                default: outputs.queue(of: rule.output) ?? access
                }
            let form: LogForm =
                if let template {
                    .template(template)
                } else {
                    switch rule.format {
                    case .text: .format(.text)
                    case .json: .format(.json)
                    case .usual, .template: .format(format)
                    }
                }
            return RouteLogging(
                queue: queue, form: form, level: rule.level,
                samplePerMillion: rule.samplePerMillion)
        }
    }
}
