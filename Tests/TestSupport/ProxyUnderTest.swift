/// A running `wsproxy` with a table that the real `wsroute` compiled.
package final class ProxyUnderTest: Sendable {
    package let program: RunningProgram
    /// Where the configuration and the table are.
    package let directory: TemporaryDirectory
    /// The ports of the listeners, in the order in which they were asked for.
    package let ports: [UInt16]

    /// The port of the first listener.
    package var port: UInt16 { ports[0] }

    /// Compiles and starts.
    ///
    /// - Parameters:
    ///   - configuration: YAML text.
    ///   - listen: Values of `--listen`, each for a free port of 127.0.0.1; none: the table's listeners.
    ///   - options: Further options of wsproxy.
    ///   - compileOptions: Further options of `wsroute compile`.
    ///   - descriptorCountMax: How many descriptors the process may open.
    ///   - inheritedCount: Descriptors that whoever starts the process leaves open in it, where there is a most.
    package init(
        _ configuration: String, listen: [String] = ["127.0.0.1:0=8080"], options: [String] = [],
        compileOptions: [String] = [], environment: [String: String] = [:],
        directory: TemporaryDirectory? = nil, descriptorCountMax: Int? = nil,
        inheritedCount: Int = 0
    ) throws {
        let directory = try directory ?? TemporaryDirectory()
        let table = try Self.compile(configuration, in: directory, options: compileOptions)
        self.directory = directory
        let limited = descriptorCountMax.map {
            [
                "/bin/bash", "-c",
                "for ((i = 0; i < \(inheritedCount); i++)); do exec {left}</dev/null; done;"
                    + " ulimit -n \($0); exec \"$0\" \"$@\"",
            ]
        }
        let command = (limited ?? []) + [BuiltPrograms.path("wsproxy")]
        program = try RunningProgram(
            command[0],
            command.dropFirst() + ["--routes", table, "--log-format", "json"]
                + listen.flatMap { ["--listen", $0] } + options,
            environment: environment)
        let line = try program.line(containing: "listeners")
        ports = Self.ports(in: line)
        guard listen.isEmpty || ports.count == listen.count else {
            throw program.failure("printed \(ports.count) ports for \(listen.count) listeners")
        }
    }

    /// Compiles into `routes.bin` of the directory.
    ///
    /// - Returns: The path of the table.
    @discardableResult
    package static func compile(
        _ configuration: String, in directory: TemporaryDirectory, options: [String] = []
    ) throws -> String {
        let source = try directory.write("config.yaml", configuration)
        let table = directory.file("routes.bin")
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsroute"), ["compile", source, "-o", table] + options)
        guard result.exit == .code(0) else {
            throw TestSupportError(
                "wsroute compile: \(result.exit)\n\(result.output)\(result.errors)\(configuration)")
        }
        return table
    }

    /// A configuration that sends every request to one port of 127.0.0.1.
    package static func everything(to port: UInt16, service: String = "", top: String = "")
        -> String
    {
        """
        \(top)
        services:
          origin:
            url: "http://127.0.0.1:\(port)"
            \(service.split(separator: "\n").joined(separator: "\n    "))
        route_rules:
          - pattern: /*
            name: everything
            target: origin

        """
    }

    /// A new connection to the first listener.
    package func connect() throws -> TestConnection { try TestConnection(port: port) }

    /// Sends one request on a connection of its own.
    package func request(
        _ method: String = "GET", _ target: String, fields: [String] = [], body: String = ""
    ) throws -> HTTPAnswer {
        try connect().request(method, target, fields: fields, body: body)
    }

    /// Waits for the access line of a request whose target contains `path`.
    package func accessLine(_ path: String) throws -> String {
        try program.line(containing: "\"path\":\"\(path)")
    }

    /// Has the proxy reload, and waits until it has adopted what there is.
    ///
    /// - Parameter configuration: Compiled before; nil: the table stays, files that it names may be others.
    package func reload(_ configuration: String? = nil) throws {
        if let configuration { try Self.compile(configuration, in: directory) }
        let lineCount = program.lines.count
        program.send(1)
        try program.line(containing: "reload.adopted", from: lineCount)
    }

    /// Asks the proxy to end and waits for it.
    package func terminate() throws -> RunningProgram.Exit {
        program.send(15)
        return try program.exit()
    }

    /// Waits until the proxy has as many descriptors open as before.
    package func awaitDescriptorCount(_ count: Int) throws {
        try Deadline.poll("the proxy is back at \(count) descriptors") {
            try program.descriptorCount() <= count
        }
    }

    /// The ports of all `ADDRESS:PORT` behind the word `listeners`.
    private static func ports(in line: String) -> [UInt16] {
        guard let range = line.firstRange(of: "listeners") else { return [] }
        return line[range.upperBound...].split { !$0.isNumber && $0 != "." && $0 != ":" }
            .filter { $0.contains(".") }
            .compactMap { $0.split(separator: ":").last.flatMap { UInt16($0) } }
    }
}
