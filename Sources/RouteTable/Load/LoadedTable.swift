/// A verified table: after loading, no lookup can leave its bytes or loop.
///
/// Owns its memory (a mapping or a copy). Immutable, so all workers may read it at once.
package struct LoadedTable: ~Copyable, Sendable {
    /// The first 16 hexadecimal digits of the digest that defines "same table".
    package var digestText: String { "" }

    package var routeCount: Int { 0 }

    /// Maps and verifies the file at `path`.
    package init(path: String) throws(TableError) { throw TableError.notARouteTable }

    /// Verifies a table in memory. Precompiled patterns are used only if `isTrusted`.
    package init(checking bytes: [UInt8], isTrusted: Bool) throws(TableError) {
        throw TableError.notARouteTable
    }

    package func listeners() -> [ListenerDescription] { [] }

    package func services() -> [ServiceDescription] { [] }

    package func settings() -> RuntimeSettings { RuntimeSettings() }

    /// The name of a route, or its pattern where it has none. For logs.
    @_lifetime(borrow self)
    package func name(of route: RouteIndex) -> RawSpan { RawSpan() }

    /// The source file of a route as the compiler was given it; never absolute. For logs.
    @_lifetime(borrow self)
    package func file(of route: RouteIndex) -> RawSpan { RawSpan() }

    /// The line of a route's pattern in its file, counted from 1.
    package func line(of route: RouteIndex) -> UInt32 { 0 }

    /// The answer of a route for which matching said ``MatchOutcome/respond(_:)``.
    @_lifetime(borrow self)
    package func response(of route: RouteIndex) -> StaticResponse {
        StaticResponse(status: 404, contentType: RawSpan(), body: RawSpan())
    }

    /// The status of a route for which matching said ``MatchOutcome/redirect(_:)``.
    package func redirectStatus(of route: RouteIndex) -> UInt16 { 308 }
}
