/// Names an endpoint for good: by its service and what the configuration says of it.
package struct MetricEndpoint: Hashable, Sendable {
    package let service: String
    package let text: String

    package init(service: String, text: String) {
        self.service = service
        self.text = text
    }
}
