import Diagnostics
import RouteSyntax

/// `fallback`: what is done about requests that a service has failed.
extension ConfigurationDecoder {
    /// The steps of a `fallback` but for `service`, which is resolved when all names are known.
    mutating func fallback(_ node: Node, in section: Section) -> Fallback {
        var fallback = Fallback()
        guard let fields = fields(of: node, in: section) else { return fallback }
        let steps = section.keys
        if fields.hasOnlyKnownKeys, !steps.contains(where: { fields.has($0) }) {
            let list = steps.dropLast().map { "`\($0)`" }.joined(separator: ", ")
            sink.error(
                .missingKey, at: fields.range, "\(section.place) needs \(list) or `answer`")
        }
        if let node = fields["last_good"] { fallback.lastGood = lastGood(node) }
        if let node = fields["answer"] { fallback.answer = fallbackAnswer(node) }
        return fallback
    }

    /// `fallback` of a service: a map, or `none` where nothing of the top level is wanted.
    mutating func serviceFallback(_ node: Node, of name: String) -> Fallback {
        if case .scalar(let scalar) = node.kind, !scalar.isUnresolved {
            if scalar.text == "none" {
                if let index = serviceNames[name] {
                    observations.withoutFallback[index] = node.range
                }
            } else {
                wrongType(
                    node, "`fallback` must be a map or `none`",
                    suggestion: serviceNames[scalar.text] == nil
                        ? nil : "write `{service: \(scalar.text)}`")
            }
            return Fallback()
        }
        return fallback(node, in: .fallback)
    }

    private mutating func lastGood(_ node: Node) -> LastGoodPolicy {
        var policy = LastGoodPolicy()
        guard let fields = fields(of: node, in: .lastGood) else { return policy }
        if let node = fields["max_stale"], let time = duration(node, "max_stale") {
            policy.staleMillisecondsMax = time
            if !LastGoodPolicy.staleMilliseconds.contains(time) {
                sink.error(.outOfRange, at: node.range, "`max_stale` must be from 1s to 168h")
            }
        }
        if let node = fields["max_size"],
            let byteCount = size(node, "max_size", LastGoodPolicy.answerBytes)
        {
            policy.answerBytesMax = UInt32(byteCount)
        }
        if let node = fields["max_total"],
            let byteCount = size(node, "max_total", LastGoodPolicy.totalBytes)
        {
            policy.totalBytesMax = UInt32(byteCount)
        }
        if policy.totalBytesMax < policy.answerBytesMax,
            let range = fields.keyRange("max_total") ?? fields.keyRange("max_size")
        {
            sink.error(
                .outOfRange, at: range, "`max_total` is less than `max_size`: no answer would fit")
        }
        return policy
    }

    /// Gives services the steps of the top level that they don't have themselves.
    mutating func inheritFallback(_ sections: [Fields], into services: inout [Service]) {
        guard let node = single("fallback", in: sections) else {
            if !gaps.mayLack("fallback", in: sections) { noteIdleRefusals(by: services) }
            return
        }
        let common = fallback(node, in: .commonFallback)
        for index in services.indices where observations.withoutFallback[index] == nil {
            let own = services[index].fallback
            services[index].fallback.lastGood = own.lastGood ?? common.lastGood
            services[index].fallback.answer = own.answer ?? common.answer
        }
    }

    /// Where the top level has no `fallback`, none of it can be refused. Who has another service take over
    /// beside that may think that it does not.
    private mutating func noteIdleRefusals(by services: [Service]) {
        for (index, service) in services.enumerated() where service.fallbackService != nil {
            guard let range = observations.withoutFallback[index] else { continue }
            noteIdle(
                "`fallback: none` has no effect: the top level has no `fallback` to be left out, "
                    + "and `fallback_service` holds beside it",
                "remove one of the two", at: range)
        }
    }

    /// Resolves the services that take over, now that all names are known.
    mutating func resolveFallbacks(_ declarations: [Declaration], into services: inout [Service]) {
        for (index, declaration) in declarations.enumerated() {
            guard case .mapping(let entries) = declaration.body.kind else { continue }
            let direct = entries.first { $0.key.text == "fallback_service" }
            var nested: Node.Entry?
            if let fallback = entries.first(where: { $0.key.text == "fallback" })?.value,
                case .mapping(let steps) = fallback.kind
            {
                nested = steps.first { $0.key.text == "service" }
            }
            if let direct, let nested {
                sink.error(
                    .conflictingKeys, at: nested.keyRange,
                    "`service` of `fallback` and `fallback_service` say the same",
                    notes: [.init(range: direct.keyRange, message: "it is here already")],
                    suggestion: "remove one of them")
            }
            guard let entry = nested ?? direct, !entry.value.isNull else { continue }
            services[index].fallbackService = service(entry.value, entry.key.text)
            observations.fallbackRanges[index] = entry.value.range
        }
    }

    // MARK: The answer

    /// - Returns: Its index among all answers.
    private mutating func fallbackAnswer(_ node: Node) -> Int? {
        guard let fields = fields(of: node, in: .fallbackAnswer) else { return nil }
        var answer = FallbackAnswer()
        if let node = fields["status"], let status = integer(node, "status", 200...599) {
            answer.status = UInt16(status)
        }
        readBody(of: fields, into: &answer)
        if let node = fields["headers"] { answer.fields = answerFields(node) }
        if let node = fields["retry_after"], let time = duration(node, "retry_after") {
            answer.retryAfterSeconds = (time + 999) / 1_000
        }
        fallbackAnswers.append(answer)
        return fallbackAnswers.count - 1
    }

    private mutating func readBody(of fields: Fields, into answer: inout FallbackAnswer) {
        if let range = fields.keyRange("body_file"), let other = fields.keyRange("body") {
            sink.error(
                .conflictingKeys, at: range, "an answer has `body` or `body_file`, not both",
                notes: [.init(range: other, message: "`body` is here")])
        }
        if let node = fields["body"] {
            answer.body = bodyText(node).map { Array($0.utf8) } ?? []
            if !answer.body.isEmpty { answer.contentType = "text/plain; charset=utf-8" }
        }
        if let node = fields["body_file"], !fields.has("body"),
            let path = text(node, "body_file")
        {
            answer.bodyFile = Located(path, at: node.range)
            answer.contentType = Self.contentType(ofFile: path) ?? ""
            if answer.contentType.isEmpty, fields["content_type"] == nil {
                sink.error(
                    .missingKey, at: node.range, "what `\(path)` holds can't be told by its name",
                    suggestion: "say it with `content_type`")
            }
        }
        let bodyRange = fields.keyRange("body") ?? fields.keyRange("body_file")
        if let bodyRange, [204, 205, 304].contains(answer.status),
            answer.bodyFile != nil || !answer.body.isEmpty
        {
            sink.error(
                .invalidStatus, at: bodyRange,
                "an answer with status \(answer.status) has no body")
        }
        guard let node = fields["content_type"], let text = text(node, "content_type") else {
            return
        }
        answer.contentType = text
        if !HeaderText.isValue(text) {
            sink.error(
                .invalidHeader, at: node.range, "`content_type` has a character outside ASCII")
        }
        if let range = fields.keyRange("content_type"), bodyRange == nil {
            sink.error(
                .missingKey, at: range, "`content_type` needs `body` or `body_file` beside it")
        }
    }

    private static func contentType(ofFile path: String) -> String? {
        let types = [
            "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8",
            "txt": "text/plain; charset=utf-8", "json": "application/json",
            "xml": "application/xml", "svg": "image/svg+xml",
        ]
        guard let dot = path.lastIndex(of: ".") else { return nil }
        return types[HostText.lowercased(String(path[path.index(after: dot)...]))]
    }

    private mutating func answerFields(_ node: Node) -> [FallbackAnswer.Field] {
        guard case .mapping(let entries) = node.kind else {
            wrongType(node, "`headers` must be a map of header names and values")
            return []
        }
        let fields = entries.compactMap { answerField($0) }
        let byteCount = fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
        if byteCount > FallbackAnswer.fieldsByteCountMax {
            let limit = FallbackAnswer.fieldsByteCountMax
            sink.error(
                .outOfRange, at: node.range, "`headers` must have at most \(limit) bytes together")
        }
        return fields
    }

    private mutating func answerField(_ entry: Node.Entry) -> FallbackAnswer.Field? {
        let name = entry.key.text
        guard HeaderText.isToken(name) else {
            sink.error(
                .invalidHeader, at: entry.keyRange, "`\(name)` can't be the name of a header")
            return nil
        }
        let keys = ["content-type": "content_type", "retry-after": "retry_after"]
        if let key = keys[HostText.lowercased(name)] {
            sink.error(
                .invalidHeader, at: entry.keyRange, "`\(name)` has a key of its own",
                suggestion: "write `\(key)` beside `headers`")
            return nil
        }
        let isOurs = ["age", "date", "server"].contains(HostText.lowercased(name))
        if isOurs || HeaderText.isReserved(name) {
            sink.error(
                .invalidHeader, at: entry.keyRange,
                "`\(name)` is stated by the proxy itself and can't be given")
            return nil
        }
        guard let value = text(entry.value, name, allowsEmpty: true) else { return nil }
        guard HeaderText.isValue(value) else {
            sink.error(
                .invalidHeader, at: entry.value.range,
                "the value of `\(name)` is not ASCII or has more than 8192 bytes")
            return nil
        }
        return FallbackAnswer.Field(name: name, value: value)
    }
}
