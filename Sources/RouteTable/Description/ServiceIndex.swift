/// Names a service of one table: its place in what ``LoadedTable/services()`` returns.
package struct ServiceIndex: BitwiseCopyable, Hashable, Sendable {
    package let rawValue: UInt32

    @inlinable
    package init(_ rawValue: UInt32) { self.rawValue = rawValue }
}
