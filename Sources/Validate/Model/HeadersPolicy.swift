/// `config` of a middleware of type `headers`.
package struct HeadersPolicy: Equatable, Sendable {
    /// One header and its value, which may hold placeholders.
    package struct Field: Equatable, Sendable {
        /// As written.
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What is done to one head: remove, then set, then add.
    package struct Changes: Equatable, Sendable {
        package var set: [Field] = []
        package var add: [Field] = []
        package var remove: [String] = []

        package init() {}
    }

    package var request = Changes()
    package var response = Changes()

    package init() {}
}
