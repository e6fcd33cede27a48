package import TableFormat

/// Parts of the request matched last that guards ask for.
extension Matcher {
    /// Finds what a piece of a value stands for.
    ///
    /// - Parameter route: The route that took the request; nil where the host's target takes it.
    /// - Returns: False if a regex could not be run within its limits; else ``capturedText()`` holds the text
    ///   until the next call.
    package mutating func findPart(
        _ kind: PieceKind, _ value: UInt32, by route: RouteIndex?, in table: borrowing LoadedTable
    ) -> Bool {
        regexes.beginRequest(steps: table.requestStepsMax)
        text.removeAll()
        let capture = RouteCapture(kind: kind, value: value)
        // Without a route there are only the host's captures; a made-up table may ask for others.
        if kind == .routeGroup, route == nil { return true }
        return fillCapture(capture, of: route?.rawValue ?? 0, in: table) && !text.isOverfull
    }

    /// Finds the first parameter of a query with this name, both decoded.
    ///
    /// - Returns: Whether there is one; then ``parameterText()`` holds its value until the next call.
    package mutating func findParameter(_ name: [UInt8], in query: RawSpan) -> Bool {
        var start = 0
        // SAFETY: octets have no padding.
        let wanted = unsafe name.span.bytes
        return nextParameter(named: wanted, in: query, from: &start) && !value.isOverfull
    }

    /// What ``findParameter(_:in:)`` has found.
    @_lifetime(borrow self)
    package func parameterText() -> RawSpan { value.span }

    /// The service that a `dynamic_route` picks for a parameter of a query, which may have none of this name; nil if it
    /// names none for it. Uses the same memory as ``findParameter(_:in:)``.
    package mutating func service(
        forParameter name: [UInt8], of query: RawSpan, by policy: UInt32,
        in table: borrowing LoadedTable
    ) -> ServiceIndex? {
        guard findParameter(name, in: query) else {
            return table.service(for: RawSpan(), by: policy)
        }
        return table.service(for: parameterText(), by: policy)
    }
}
