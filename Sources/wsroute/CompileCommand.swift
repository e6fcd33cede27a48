import Arguments
import Diagnostics
import RouteCompiler

/// `wsroute compile CONFIG -o FILE`
enum CompileCommand {
    static let declaration = Command(
        "compile", summary: "Make a route table from a configuration.",
        details: """
            The table is written beside FILE and renamed, so that a reader never sees half of it. Equal
            configurations give equal bytes.

            With --sign the table carries a signature, which wsproxy --verify-key and wsroute verify
            --key check. `openssl genpkey -algorithm ed25519 -out KEY.pem` makes a key,
            `openssl pkey -in KEY.pem -pubout -out PUBLIC.pem` the other half of it.
            """,
        positionals: [.one("CONFIG", "The configuration, a YAML file.")],
        options: [
            .value("output", short: "o", "FILE", "Where to write the table.", isRequired: true),
            .value(
                "sign", "KEYFILE",
                "Sign with this Ed25519 private key (PEM, readable by its owner only)."),
            .flag("strict", "Warnings count as errors."),
            .allowInert,
        ] + CommandOption.ceilings)

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let source = arguments.positionals[0]
        guard let output = arguments.value("output") else {
            preconditionFailure("--output is required by the declaration")
        }
        // A key that is not to be had is told before the work.
        let keyPath = arguments.value("sign")
        let key: SigningKey? = if let keyPath { try SigningKeyFile.read(keyPath) } else { nil }
        let loaded = try LoadedConfiguration(path: source)
        let compilation = loaded.compiled(
            allowsInert: arguments.flag("allow-inert"), isStrict: arguments.flag("strict"),
            ceilings: try arguments.ceilings())
        Output.report(compilation.report)
        guard var table = compilation.table else { return compilation.failureStatus }
        if let key { table = table.signed(with: key) }
        try TableWriter.write(table.bytes, to: output, notOver: loaded.paths)
        let signature = keyPath == nil ? "" : ", signed"
        try Output.print("\(output): \(table.summary)\(signature), \(compilation.warningText)\n")
        return .fine
    }
}
