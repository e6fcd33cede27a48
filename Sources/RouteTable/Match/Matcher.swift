/// What one worker needs to match against one table: scratch memory and its own regex state.
///
/// Belongs to one thread. Valid for the table that it was made for; all calls take that table.
package struct Matcher: ~Copyable {
    /// - Parameter table: The only table that may be passed to the other methods.
    package init(for table: borrowing LoadedTable) {}

    /// Canonicalises the request and finds what the table says about it. Does not allocate.
    ///
    /// - Parameter draw: A random number that picks among weighted targets.
    package mutating func match(
        _ request: borrowing RequestView, in table: borrowing LoadedTable, draw: UInt32
    ) -> MatchOutcome { .notFound }

    /// The canonical path of the request matched last.
    @_lifetime(borrow self)
    package func canonicalPath() -> RawSpan { RawSpan() }

    /// The canonical host of the request matched last.
    @_lifetime(borrow self)
    package func canonicalHost() -> RawSpan { RawSpan() }

    /// Applies the rewrite of `route` to the request matched last, and canonicalises the result.
    ///
    /// - Parameter route: The route that took the request; nil gives the canonical path itself.
    /// - Returns: nil, or why the rewritten path is refused; on nil ``forwardPath()`` holds the path.
    package mutating func rewrite(
        by route: RouteIndex?, in table: borrowing LoadedTable
    ) -> RequestRefusal? { nil }

    /// The path that ``rewrite(by:in:)`` made: what the upstream is sent, without base path and query.
    @_lifetime(borrow self)
    package func forwardPath() -> RawSpan { RawSpan() }

    /// Fills in the redirect of `route` for the request matched last.
    ///
    /// - Returns: Whether it fits and is safe to send; then ``redirectLocation()`` holds it.
    package mutating func makeRedirect(
        by route: RouteIndex, request: borrowing RequestView, in table: borrowing LoadedTable
    ) -> Bool { false }

    /// The value for Location that ``makeRedirect(by:request:in:)`` made.
    @_lifetime(borrow self)
    package func redirectLocation() -> RawSpan { RawSpan() }
}
