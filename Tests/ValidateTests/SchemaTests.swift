import Diagnostics
import RouteSyntax
import Testing
import Validate

@Suite("JSON schema")
struct SchemaTests {
    private static let path = "\(Fixtures.packageRoot)/schema/wsroute.schema.json"

    /// The schema as a tree: JSON is YAML.
    private func schema() throws -> Node {
        let text = try #require(Fixtures.text(Self.path))
        var sink = DiagnosticSink()
        var sources = SourceList()
        let source = SourceText(name: "schema", text: text)
        let file = sources.add(source)
        // `${` is meant literally here.
        let escaped = SourceText(name: "schema", text: text.replacing("${", with: "$${"))
        let tree = SyntaxReader.read(escaped, as: file, environment: Environment(), into: &sink)
        #expect(sink.ordered().isEmpty)
        return try #require(tree)
    }

    @Test("The programs carry the text of the file")
    func embedded() throws {
        let text = try #require(Fixtures.text(Self.path))
        #expect(ConfigurationSchema.text == text)
    }

    @Test("The schema and the decoder know the same keys")
    func keys() throws {
        let schema = try schema()
        let definitions = try #require(schema["$defs"])
        for table in ConfigurationSchema.keyTables {
            let definition =
                table.definition == "configuration" ? schema : definitions[table.definition]
            let properties = definition?["properties"]
            #expect(properties?.keys.sorted() == table.keys.sorted(), "\(table.definition)")
            #expect(definition?["additionalProperties"]?.text == "false", "\(table.definition)")
        }
        let described = Set(ConfigurationSchema.keyTables.map(\.definition))
        for name in definitions.keys
        where definitions[name]?["additionalProperties"]?.text == "false" {
            #expect(described.contains(name), "the decoder has no \(name)")
        }
    }

    @Test("Every reference of the schema names a definition")
    func references() throws {
        let schema = try schema()
        let names = Set(try #require(schema["$defs"]).keys)
        let references = schema.references
        #expect(references.count > 100)
        for reference in references {
            #expect(names.contains(String(reference.dropFirst("#/$defs/".count))), "\(reference)")
        }
    }
}

extension Node {
    fileprivate subscript(key: String) -> Node? {
        guard case .mapping(let entries) = kind else { return nil }
        return entries.first { $0.key.text == key }?.value
    }

    fileprivate var keys: [String] {
        guard case .mapping(let entries) = kind else { return [] }
        return entries.map(\.key.text)
    }

    fileprivate var text: String? {
        guard case .scalar(let scalar) = kind else { return nil }
        return scalar.text
    }

    /// The values of all `$ref` in the tree.
    fileprivate var references: [String] {
        switch kind {
        case .scalar: []
        case .sequence(let items): items.flatMap(\.references)
        case .mapping(let entries):
            entries.flatMap { entry in
                let own = entry.key.text == "$ref" ? [entry.value.text].compactMap { $0 } : []
                return own + entry.value.references
            }
        }
    }
}
