/// `config` of a middleware of type `dynamic_route`.
package struct DynamicRoutePolicy: Equatable, Sendable {
    /// A value and the index of the service that it picks.
    package struct Choice: Equatable, Sendable {
        package var value: String
        package var service: Int

        package init(value: String, service: Int) {
            self.value = value
            self.service = service
        }
    }

    package var from: RequestKey
    /// In the order of the source; values are unique.
    package var choices: [Choice]
    /// Index of the service for other values; nil keeps the route's target.
    package var defaultService: Int?

    package init(from: RequestKey, choices: [Choice], defaultService: Int?) {
        self.from = from
        self.choices = choices
        self.defaultService = defaultService
    }
}
