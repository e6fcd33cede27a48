import CSchema

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
        // SAFETY: the bytes are constants of the program, as many as it says.
        let bytes = unsafe UnsafeBufferPointer(
            start: cschema_bytes(), count: cschema_byte_count())
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    /// What the decoder accepts. A test holds the schema against it.
    package static var keyTables: [KeyTable] {
        Section.all.map { KeyTable(definition: $0.schemaName, keys: $0.keys) }
    }
}
