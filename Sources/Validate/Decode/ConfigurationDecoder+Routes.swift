import Diagnostics
import RouteSyntax

extension ConfigurationDecoder {
    /// Decodes one route.
    ///
    /// - Parameters:
    ///   - hostTarget: Where the host's other requests go, if anywhere that is known.
    ///   - hostCaptures: The names that the host's pattern captures; nil if it is not known.
    ///   - isTargetKnown: Whether the host says no more of a target than `hostTarget`. If it does, that was
    ///     reported, and its routes need no second message.
    /// - Returns: nil where it is not known which requests the route takes, or before which others.
    mutating func decodeRoute(
        _ node: Node, hostTarget: Int?, hostCaptures: [String]?, isTargetKnown: Bool = true
    ) -> RouteRule? {
        guard let fields = fields(of: node, in: .route) else { return nil }
        let patternNode = required("pattern", of: fields)
        let patternText = patternNode.flatMap { text($0, "pattern") }
        var parsed: (pattern: PathPattern, captures: [String])?
        if let patternNode, let patternText { parsed = pathPattern(patternText, patternNode) }

        // Names that can't be known must not be called unknown.
        var captures: [String]?
        if let parsed, let hostCaptures { captures = parsed.captures + hostCaptures }
        let isRegex = parsed.map { $0.pattern.isRegex } ?? false
        var errorCount = sink.errorCount
        var unknown: UnknownParts = []
        let action = decodeAction(
            fields, hostTarget: hostTarget, isTargetKnown: isTargetKnown, captures: captures,
            isRegex: isRegex)
        let rewrite = fields["rewrite"].flatMap {
            decodeRewrite($0, captures: captures, isRegex: isRegex)
        }
        checkRewriteHasTarget(fields)
        if let parsed { checkStripPrefix(of: rewrite, parsed.pattern, fields) }
        if let parsed { noteRedirect(action, parsed, hostCaptures: hostCaptures, fields) }
        if sink.errorCount > errorCount || action == nil
            || fields.mayMean("target", "targets", "redirect", "respond", "rewrite")
        {
            unknown.insert(.action)
        }
        errorCount = sink.errorCount
        let middlewares = middlewareChain(fields["middlewares"])
        if sink.errorCount > errorCount || fields.mayMean("middlewares") {
            unknown.insert(.middlewares)
        }
        errorCount = sink.errorCount
        let conditions = fields["match"].map { decodeMatch($0) } ?? MatchConditions()
        var priority: Int32 = 0
        if let node = fields["priority"],
            let value = integer(node, "priority", -1_000_000...1_000_000)
        {
            priority = Int32(value)
        }
        let isSelectionKnown =
            sink.errorCount == errorCount && !fields.mayMean("pattern", "match", "priority")
            && !gaps.touches(node)
        let name = text("name", of: fields)

        guard let parsed, let patternNode, let patternText, isSelectionKnown else {
            if let name { observations.lostRouteNames.insert(name) }
            return nil
        }
        return RouteRule(
            pattern: Located(parsed.pattern, at: patternNode.range), patternText: patternText,
            action: action ?? .forward([]), name: name, conditions: conditions,
            middlewares: middlewares, priority: priority, rewrite: rewrite, unknown: unknown)
    }

    private mutating func checkRewriteHasTarget(_ fields: Fields) {
        guard let range = fields.keyRange("rewrite") else { return }
        for key in ["redirect", "respond"] {
            guard let other = fields.keyRange(key) else { continue }
            sink.error(
                .conflictingKeys, at: range, "`rewrite` has no effect together with `\(key)`",
                notes: [.init(range: other, message: "`\(key)` is here")])
        }
    }

    /// Keeps where a redirect leads, for ``OpenRedirectRule``. The host's captures are names that it has taken.
    private mutating func noteRedirect(
        _ action: RouteAction?, _ parsed: (pattern: PathPattern, captures: [String]),
        hostCaptures: [String]?, _ fields: Fields
    ) {
        guard case .redirect(let template, _) = action,
            case .mapping(let entries) = fields["redirect"]?.kind,
            let place = entries.first(where: { $0.key.text == "to" })?.value.range
        else { return }
        let own = template.withoutCaptures(hostCaptures ?? [], except: parsed.captures)
        observations.redirects.append((pattern: parsed.pattern, template: own, range: place))
    }

    /// A prefix that no path of the pattern begins with.
    private mutating func checkStripPrefix(
        of rewrite: PathRewrite?, _ pattern: PathPattern, _ fields: Fields
    ) {
        guard let prefix = rewrite?.stripPrefix, !pattern.mayBegin(with: prefix),
            case .mapping(let entries) = fields["rewrite"]?.kind,
            let entry = entries.first(where: { $0.key.text == "strip_prefix" })
        else { return }
        noteIdle(
            "`strip_prefix` has no effect: no path of this route begins with `\(prefix)`",
            "remove it, or correct it", at: entry.keyRange)
    }

    // MARK: Actions

    private mutating func decodeAction(
        _ fields: Fields, hostTarget: Int?, isTargetKnown: Bool, captures: [String]?,
        isRegex: Bool
    ) -> RouteAction? {
        let keyCount = Self.actionKeys.count { fields.has($0) }
        if keyCount > 1 { reportConflict(fields) }
        var action: RouteAction?
        if let node = fields["target"] {
            action = service(node, "target").map { .forward([.init(service: $0, weight: 1)]) }
        }
        if let node = fields["targets"] { action = decodeTargets(node) }
        if let node = fields["redirect"] { action = decodeRedirect(node, captures, isRegex) }
        if let node = fields["respond"] { action = decodeRespond(node) }
        guard keyCount == 0 else { return action }
        if fields.mayMean("target", "targets", "redirect", "respond") { return nil }
        guard let hostTarget else {
            guard isTargetKnown else { return nil }
            sink.error(
                .routeWithoutAction, at: fields["pattern"]?.range ?? fields.range,
                "this route leads nowhere",
                suggestion:
                    "give it `target`, `targets`, `redirect` or `respond`, or its host a `target`")
            return nil
        }
        return .forward([.init(service: hostTarget, weight: 1)])
    }

    private static let actionKeys = ["target", "targets", "redirect", "respond"]

    private mutating func reportConflict(_ fields: Fields) {
        let keys = Self.actionKeys.filter { fields.has($0) }
        guard let range = fields.keyRange(keys[1]) else { return }
        sink.error(
            .conflictingKeys, at: range,
            "a route has one of `target`, `targets`, `redirect` and `respond`",
            notes: fields.keyRange(keys[0]).map {
                [.init(range: $0, message: "`\(keys[0])` is here")]
            } ?? [])
    }

    /// Most services of one route, as in the table's format.
    private static let targetCountMax = 1_024

    private mutating func decodeTargets(_ node: Node) -> RouteAction? {
        guard let items = list(node, "targets") else { return nil }
        if items.isEmpty { sink.error(.emptyValue, at: node.range, "`targets` has no service") }
        guard items.count <= Self.targetCountMax else {
            sink.error(
                .outOfRange, at: node.range,
                "`targets` has \(items.count) services; at most \(Self.targetCountMax) "
                    + "are allowed, because each request goes through them",
                suggestion: "put backends behind one service with `load_balancer`")
            return nil
        }
        var members: [RouteAction.WeightedService] = []
        for item in items {
            guard let fields = fields(of: item, in: .weightedService),
                let node = required("service", of: fields), let index = service(node, "service")
            else { continue }
            members.append(.init(service: index, weight: weight(of: fields)))
        }
        return members.isEmpty ? nil : .forward(members)
    }

    private mutating func decodeRedirect(
        _ node: Node, _ captures: [String]?, _ isRegex: Bool
    ) -> RouteAction? {
        guard let fields = fields(of: node, in: .redirect) else { return nil }
        var status: UInt16 = 302
        if let node = fields["status"], let code = integer(node, "status", 100...599) {
            if [301, 302, 303, 307, 308].contains(code) {
                status = UInt16(code)
            } else {
                sink.error(
                    .invalidStatus, at: node.range, "\(code) is not the status of a redirect",
                    suggestion: "one of 301, 302, 303, 307, 308")
            }
        }
        guard let node = required("to", of: fields), let text = text(node, "to") else { return nil }
        let begins = ["http://", "https://", "/", "{"].contains { text.hasPrefix($0) }
        if !begins || !HeaderText.isValue(text) || text.contains(" ") {
            sink.error(
                .invalidTemplate, at: node.range,
                begins
                    ? "`to` has a space or a character outside ASCII"
                    : "`to` must be a URL or a path",
                suggestion: begins
                    ? "percent-encode it" : "write `https://…` or `/…`")
            return nil
        }
        guard let captures else { return nil }
        let grammar = TemplateText(
            captures: captures, builtins: ["host": .host, "path": .path, "query": .query],
            capturesComeFromRegex: isRegex)
        return template(text, node, grammar).map { .redirect(to: $0, status: status) }
    }

    private mutating func decodeRespond(_ node: Node) -> RouteAction? {
        guard let fields = fields(of: node, in: .respond),
            let statusNode = required("status", of: fields),
            let status = integer(statusNode, "status", 200...599)
        else { return nil }
        let body = fields["body"].flatMap { bodyText($0) } ?? ""
        if !body.isEmpty, [204, 205, 304].contains(status), let range = fields.keyRange("body") {
            sink.error(.invalidStatus, at: range, "an answer with status \(status) has no body")
        }
        var contentType = "text/plain; charset=utf-8"
        if let node = fields["content_type"], let text = text(node, "content_type") {
            contentType = text
            if !HeaderText.isValue(text) {
                sink.error(
                    .invalidHeader, at: node.range, "`content_type` has a character outside ASCII")
            }
        }
        return .respond(status: UInt16(status), body: body, contentType: contentType)
    }

    /// Text of any number of lines.
    mutating func bodyText(_ node: Node) -> String? {
        guard case .scalar(let scalar) = node.kind else {
            wrongType(node, "`body` must be text")
            return nil
        }
        // What the environment gives is text, whatever it looks like.
        let isWritten = scalar.verbatimOffset != nil
        guard !isWritten || !(scalar.isPlainBoolean || scalar.isNumber) else {
            wrongType(
                node, "`body` must be text", suggestion: "put it in quotes: \"\(scalar.text)\"")
            return nil
        }
        guard scalar.text.utf8.count <= 1 << 16 else {
            sink.error(.outOfRange, at: node.range, "`body` must have at most 65536 bytes")
            return nil
        }
        return scalar.text
    }

    // MARK: Rewrites

    private mutating func decodeRewrite(
        _ node: Node, captures: [String]?, isRegex: Bool
    ) -> PathRewrite? {
        guard let fields = fields(of: node, in: .rewrite) else { return nil }
        var rewrite = PathRewrite()
        rewrite.stripPrefix = prefix("strip_prefix", of: fields)
        rewrite.addPrefix = prefix("add_prefix", of: fields)
        guard let node = fields["path"], let text = text(node, "path") else { return rewrite }
        for key in ["strip_prefix", "add_prefix"] {
            guard let other = fields.keyRange(key), let range = fields.keyRange("path") else {
                continue
            }
            sink.error(
                .conflictingKeys, at: range,
                "`path` replaces the whole path, so `\(key)` has no effect",
                notes: [.init(range: other, message: "`\(key)` is here")])
        }
        let isPathOnly = !text.contains { $0 == "?" || $0 == "#" || $0 == " " }
        if !isPathOnly || !(text.hasPrefix("/") || text.hasPrefix("{path}")) {
            sink.error(
                .invalidRewrite, at: node.range,
                isPathOnly
                    ? "the new path begins with `/`"
                    : "a rewrite changes the path only: no `?`, no `#`, no space",
                suggestion: isPathOnly ? "write `/\(text)`" : nil)
            return rewrite
        }
        guard let captures else { return rewrite }
        let grammar = TemplateText(
            captures: captures, builtins: ["host": .host, "path": .path],
            capturesComeFromRegex: isRegex)
        rewrite.path = template(text, node, grammar)
        return rewrite
    }

    /// A canonical path of whole segments without a slash at its end.
    private mutating func prefix(_ key: String, of fields: Fields) -> String? {
        guard let node = fields[key], let text = text(node, key) else { return nil }
        var advice = text.hasPrefix("/") ? text : "/" + text
        while advice.count > 1, advice.hasSuffix("/") { advice.removeLast() }
        guard advice == text, text != "/" else {
            sink.error(
                .invalidRewrite, at: node.range,
                "`\(key)` begins with `/` and does not end with one",
                suggestion: advice == "/" ? "remove it: it changes nothing" : "write `\(advice)`")
            return nil
        }
        let grammar = PathPatternText(keepsEncodedSlash: settings.encodedSlash == .keep)
        do throws(PathPatternText.Fault) {
            guard case .exact = try grammar.parse(text) else {
                sink.error(
                    .invalidRewrite, at: node.range, "`\(key)` is literal: no `*` and no `{name}`",
                    suggestion: "use `path` to build a path from names")
                return nil
            }
            return text
        } catch {
            sink.error(
                .invalidRewrite, at: error.offsets.map { node.range(ofText: $0) } ?? node.range,
                error.code == .malformed ? error.message : "`\(key)` is not in canonical form",
                suggestion: error.suggestion)
            return nil
        }
    }
}
