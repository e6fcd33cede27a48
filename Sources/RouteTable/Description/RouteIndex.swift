/// Names a route of one table.
package struct RouteIndex: BitwiseCopyable, Hashable, Sendable {
    package let rawValue: UInt32

    @inlinable
    package init(_ rawValue: UInt32) { self.rawValue = rawValue }
}
