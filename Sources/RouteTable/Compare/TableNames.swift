import TableFormat

/// The names that a table knows, to tell a slip of the finger from a wrong expectation.
package struct TableNames: Sendable {
    package let services: [String]
    package let middlewares: [String]
    /// Names of routes, and the patterns of all.
    package let routes: [String]

    /// - Complexity: O(*n*) for *n* routes.
    package init(of table: borrowing LoadedTable) {
        services = table.services().map(\.name)
        var middlewares: [String] = []
        for index in 0..<table.recordCount(of: .middlewares) {
            let middleware: MiddlewareRecord = table.record(index, of: .middlewares)
            middlewares.append(table.string(middleware.name))
        }
        self.middlewares = middlewares
        var names: [String] = []
        var patterns: [String] = []
        for index in 0..<table.routeCount {
            let source: RouteSourceRecord = table.record(index, of: .routeSources)
            let name = table.details(of: source).name
            if !name.isNone { names.append(table.string(name)) }
            patterns.append(table.string(source.pattern))
        }
        routes = names + patterns
    }
}
