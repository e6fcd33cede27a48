/// Why a request to the admin listener is not served: a status, and a sentence for whoever sent it.
package struct AdminRefusal: Error, Equatable, Sendable {
    package let status: HTTPStatus
    package let reason: String

    package init(_ status: HTTPStatus, _ reason: String) {
        self.status = status
        self.reason = reason
    }
}
