/// The JSON schema of configurations, for editors, and the keys that it must describe.
package enum ConfigurationSchema {
    /// One kind of map and its keys.
    package struct KeyTable: Sendable {
        /// The name of its definition in the schema; `configuration` is the schema itself.
        package let definition: String
        package let keys: [String]
    }

    /// The text of `schema/wsroute.schema.json`.
    package static var text: String {
        // In parts, so that no source file is too long to look at.
        [schemaText1, schemaText2, schemaText3, ""].joined(separator: "\n")
    }

    /// What the decoder accepts. A test holds the schema against it.
    package static var keyTables: [KeyTable] {
        Section.all.map { KeyTable(definition: $0.schemaName, keys: $0.keys) }
    }
}
