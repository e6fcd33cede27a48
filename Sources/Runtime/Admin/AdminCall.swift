/// What can be asked of the admin listener.
package enum AdminCall: Equatable, Sendable {
    case health
    case readiness
    case metrics
    case status
    case drain
    /// Snapshots each second, as an event stream.
    case events
    /// What the table in use does with a request.
    case explain
    /// Lists or closes connections.
    case connections
    /// A file of the page, by its place.
    case page(Int)

    /// What a request asks for.
    ///
    /// - Throws: ``AdminRefusal`` if there is no such thing, or not with this method.
    package init(_ request: AdminRequest) throws(AdminRefusal) {
        let isReading = request.method == .get || request.method == .head
        switch request.path {
        case "/healthz": self = .health
        case "/readyz": self = .readiness
        case "/metrics": self = .metrics
        case "/api/status": self = .status
        case "/api/events": self = .events
        case "/api/explain": self = .explain
        case "/api/connections":
            guard isReading || request.method == .delete else {
                throw AdminRefusal(.methodNotAllowed, "GET, HEAD, DELETE")
            }
            self = .connections
            return
        case let path where path.hasPrefix("/api/connections/"):
            guard request.method == .delete else {
                throw AdminRefusal(.methodNotAllowed, "DELETE")
            }
            self = .connections
            return
        case "/api/drain":
            guard request.method == .post else { throw AdminRefusal(.methodNotAllowed, "POST") }
            self = .drain
            return
        default:
            guard let index = AdminPage.index(of: request.path) else {
                throw AdminRefusal(.notFound, "there is nothing at this path")
            }
            self = .page(index)
        }
        guard isReading else { throw AdminRefusal(.methodNotAllowed, "GET, HEAD") }
    }

    /// Whether anybody may ask who can connect: it is no secret and changes nothing.
    static func isOpen(_ path: String, _ method: Method) -> Bool {
        guard method == .get || method == .head else { return false }
        return path == "/healthz" || path == "/readyz" || AdminPage.index(of: path) != nil
    }
}
