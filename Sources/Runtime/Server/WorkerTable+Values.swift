import RouteTable
import TableFormat

/// Parts of the request matched last, for headers. Changes nothing but scratch memory; `mutating` as
/// ``appendForwardPath(endpoint:to:)`` is.
extension WorkerTable {
    mutating func appendHost(to writer: inout ByteWriter) {
        matcher.withCanonicalHost { writer.append($0) }
    }

    mutating func appendPath(to writer: inout ByteWriter) {
        matcher.withCanonicalPath { writer.append($0) }
    }

    /// - Returns: False if a regex could not be run within its limits.
    mutating func appendPart(
        _ kind: PieceKind, _ value: UInt32, by route: RouteIndex?,
        in table: borrowing LoadedTable, to writer: inout ByteWriter
    ) -> Bool {
        guard matcher.findPart(kind, value, by: route, in: table) else { return false }
        writer.append(matcher.capturedText())
        return true
    }

    /// The service that the value of a query's parameter picks; nil if the query has no such parameter.
    mutating func service(
        forParameter name: [UInt8], of query: RawSpan, by policy: UInt32,
        in table: borrowing LoadedTable
    ) -> ServiceIndex? {
        matcher.service(forParameter: name, of: query, by: policy, in: table)
    }
}
