/// `config` of a middleware of type `headers`.
package struct HeadersPolicy: Equatable, Sendable {
    /// One header and its value, which may hold placeholders.
    package struct Field: Equatable, Sendable {
        /// As written.
        package var name: String
        package var value: ValueTemplate

        package init(name: String, value: ValueTemplate) {
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

    /// What is set or added, in the order in which it is done.
    package var fields: [Field] {
        [request, response].flatMap { changes in changes.set + changes.add }
    }

    /// The names that are filled into values.
    package var placeholders: [String] { fields.flatMap(\.value.placeholders) }

    package var request = Changes()
    package var response = Changes()

    package init() {}
}
