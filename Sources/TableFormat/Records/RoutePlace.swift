/// Where the record of a route begins.
public struct RoutePlace: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 4 }

    /// In units of ``RouteRecord/unit``.
    public var unit: UInt32

    @inlinable
    public init(unit: UInt32) { self.unit = unit }

    @inlinable public init(reading bytes: RecordBytes) { unit = bytes.uint32(at: 0) }

    @inlinable public func write(to bytes: inout RecordBuffer) { bytes.put(unit, at: 0) }
}
