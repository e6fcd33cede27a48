import TableFormat

extension LoadedTable {
    func source(of route: RouteIndex) -> RouteSourceRecord {
        view.record(RouteSourceRecord.self, .routeSources, at: route.rawValue)
    }

    /// The name of a route, or its pattern where it has none. For logs.
    @_lifetime(borrow self)
    package func name(of route: RouteIndex) -> RawSpan {
        let source = source(of: route)
        let name = details(of: source).name
        // SAFETY: the text lies in the memory that this value owns.
        let bytes = unsafe view.text(name.isNone ? source.pattern : name)
        return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }

    /// The source file of a route as the compiler was given it; never absolute. For logs.
    @_lifetime(borrow self)
    package func file(of route: RouteIndex) -> RawSpan {
        let index = UInt32(source(of: route).file)
        let file = view.record(SourceFileRecord.self, .sourceFiles, at: index)
        // SAFETY: the text lies in the memory that this value owns.
        let bytes = unsafe view.text(file.name)
        return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }

    /// The line of a route's pattern in its file, counted from 1.
    package func line(of route: RouteIndex) -> UInt32 { source(of: route).line }

    /// The answer of a route for which matching said ``MatchOutcome/respond(_:)``.
    @_lifetime(borrow self)
    package func response(of route: RouteIndex) -> StaticResponse {
        let action = view.action(view.route(route.rawValue).action)
        // SAFETY: both texts lie in the memory that this value owns.
        let contentType = unsafe view.text(action.contentType)
        let body = unsafe view.text(action.body)
        return unsafe _overrideLifetime(
            StaticResponse(
                status: action.status, contentType: RawSpan(_unsafeBytes: contentType),
                body: RawSpan(_unsafeBytes: body)), borrowing: self)
    }

    /// The status of a route for which matching said ``MatchOutcome/redirect(_:)``.
    package func redirectStatus(of route: RouteIndex) -> UInt16 {
        view.action(view.route(route.rawValue).action).status
    }
}
