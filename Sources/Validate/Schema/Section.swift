/// The keys that one kind of map may have. The schema for editors is held against these tables.
struct Section: Sendable {
    /// The name of its definition in the JSON schema.
    let schemaName: String
    /// Where it is, for messages: "a service", "`advanced`".
    let place: String
    let keys: [String]

    init(_ schemaName: String, _ place: String, _ keys: String...) {
        self.schemaName = schemaName
        self.place = place
        self.keys = keys
    }
}
