/// A request to the admin listener that may be answered.
package struct AdminRequest: Equatable, Sendable {
    package var method: Method
    /// Without the query, as it was sent: no path of ours has anything to decode.
    package var path: String
    /// Decoded names and values, in their order.
    package var query: [AdminQueryItem]
    /// `Accept` names plain text and not JSON.
    package var prefersText: Bool
    package var keepsAlive: Bool

    /// The first value of a name.
    package func value(_ name: String) -> String? { query.first { $0.name == name }?.value }
}
