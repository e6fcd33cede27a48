/// Why a table file was refused. All cases can be caused by a damaged file, so none of them traps.
package enum TableError: Error, Equatable, Sendable {
    case notARouteTable

    /// One line for the user, without the file's name.
    package var message: String { "not a route table" }
}
