import Diagnostics
import RouteSyntax

extension ConfigurationDecoder {
    private static let typeNames = [
        "websocket", "sse", "auth", "rate_limit", "cors", "headers", "ip_filter", "logging",
        "dynamic_route",
    ]

    /// Declares the middlewares of all files, under both names of the section.
    mutating func declareMiddlewares(_ sections: [Fields]) -> [Declaration] {
        var declarations: [Declaration] = []
        for fields in sections {
            for key in ["middlewares", "middleware_services"] {
                guard let node = fields[key] else { continue }
                guard let items = list(node, key) else {
                    gaps.skip(node)
                    continue
                }
                for item in items {
                    guard let name = definedName(item, in: .middleware),
                        checkName(name, of: "a middleware")
                    else { continue }
                    let declaration = Declaration(name: name, body: item, section: .middleware)
                    if middlewareNames.declare(name) != nil {
                        declarations.append(declaration)
                    } else {
                        reportTwice(
                            name, .duplicateMiddleware, "the middleware",
                            earlierIn: middlewareNames)
                    }
                }
            }
        }
        return declarations
    }

    mutating func decodeMiddleware(_ declaration: Declaration) -> Middleware {
        let errorCount = sink.errorCount
        var middleware = middleware(of: declaration)
        middleware.isKnown = sink.errorCount == errorCount && !gaps.touches(declaration.body)
        return middleware
    }

    private mutating func middleware(of declaration: Declaration) -> Middleware {
        var middleware = Middleware(
            name: declaration.name, isEnabled: true, isGlobal: false,
            configuration: .logging(LoggingPolicy()))
        let errorCount = sink.errorCount
        guard let fields = fields(of: declaration.body, in: .middleware) else { return middleware }
        middleware.isEnabled = flag("enabled", of: fields) ?? true
        middleware.isGlobal = flag("is_global", of: fields) ?? false
        if !middleware.isEnabled, let index = middlewareNames[declaration.name.value] {
            disabledMiddlewares.insert(index)
        }
        let isScopeUnknown =
            sink.errorCount > errorCount || fields.mayMean("is_global", "enabled")
            || gaps.touches(fields["is_global"]) || gaps.touches(fields["enabled"])
        if isScopeUnknown { observations.mayLackGlobalMiddlewares = true }
        guard let type = middlewareType(declaration.name, fields) else { return middleware }
        let empty = Node(kind: .mapping([]), range: declaration.name.range)
        let noted = observations
        let configuration = decodePolicy(type, fields["config"] ?? empty)
        if !middleware.isEnabled {
            // What is switched off refuses nothing, and has no effect on purpose.
            observations.closedOrigins = noted.closedOrigins
            observations.idleSettings = noted.idleSettings
        }
        if let configuration { middleware.configuration = configuration }
        return middleware
    }

    private mutating func middlewareType(_ name: Located<String>, _ fields: Fields) -> String? {
        let typeNode = fields["type"]
        if typeNode == nil, fields.meantKeys.contains("type") { return nil }
        guard let type = typeNode.map({ text($0, "type") }) ?? name.value else { return nil }
        if Self.typeNames.contains(type) { return type }
        let list = Self.typeNames.map { "`\($0)`" }.joined(separator: ", ")
        let advice = DidYouMean.suggestion(for: type, among: Self.typeNames)
        sink.error(
            .unknownMiddlewareType, at: typeNode?.range ?? name.range,
            typeNode == nil
                ? "the middleware `\(type)` has no `type`, and its name is not that of a type"
                : "there is no type of middleware `\(type)`",
            suggestion: advice ?? "the types are \(list)")
        return nil
    }

    private mutating func decodePolicy(_ type: String, _ node: Node) -> MiddlewareConfiguration? {
        switch type {
        case "websocket": return webSocketPolicy(node).map { .webSocket($0) }
        case "sse": return eventStreamPolicy(node).map { .sse($0) }
        case "auth": return authPolicy(node).map { .auth($0) }
        case "rate_limit": return rateLimitPolicy(node).map { .rateLimit($0) }
        case "cors": return corsPolicy(node).map { .cors($0) }
        case "headers": return headersPolicy(node).map { .headers($0) }
        case "ip_filter": return ipFilterPolicy(node).map { .ipFilter($0) }
        case "logging": return loggingPolicy(node).map { .logging($0) }
        case "dynamic_route": return dynamicRoutePolicy(node).map { .dynamicRoute($0) }
        default: preconditionFailure("a type of middleware without a decoder")
        }
    }
}
