import Arguments
import Validate

/// `wsroute schema`
enum SchemaCommand {
    static let declaration = Command(
        "schema", summary: "Print the JSON Schema of configurations, for editors.")

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        try Output.print(ConfigurationSchema.text)
        return .fine
    }
}
