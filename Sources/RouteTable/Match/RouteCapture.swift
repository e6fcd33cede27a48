import TableFormat

/// Where a named part of a pattern stands in a request that matches it.
package struct RouteCapture: Sendable {
    let kind: PieceKind
    /// Position of the segment, or number of the group.
    let value: UInt32
}

extension LoadedTable {
    /// The routes that capture `name`, and where. Cold.
    package func captures(named name: String) -> [RouteIndex: RouteCapture] {
        var result: [RouteIndex: RouteCapture] = [:]
        for index in 0..<routeCount {
            for capture in routeDescription(index).captures where capture.name == name {
                result[RouteIndex(UInt32(index))] = RouteCapture(
                    kind: capture.kind, value: capture.value)
            }
        }
        return result
    }
}

extension Matcher {
    /// Finds what a route has captured of the request matched last.
    ///
    /// - Returns: Whether there is something; then ``capturedText()`` holds it until the next call.
    package mutating func findCapture(
        _ capture: RouteCapture, by route: RouteIndex, in table: borrowing LoadedTable
    ) -> Bool {
        regexes.beginRequest(steps: table.requestStepsMax)
        text.removeAll()
        fillCapture(capture, of: route.rawValue, in: table)
        return text.count > 0 && !text.isOverfull
    }

    /// What ``findCapture(_:by:in:)`` has found.
    @_lifetime(borrow self)
    package func capturedText() -> RawSpan { text.span }
}
