import TestSupport

/// One run of wsroute to its end.
struct WsrouteRun {
    let status: Int32
    let output: String
    let errors: String

    init(_ arguments: String..., environment: [String: String] = [:]) throws {
        let run = try RunningProgram.run(
            BuiltPrograms.path("wsroute"), arguments, environment: environment)
        guard case .code(let status) = run.exit else {
            throw TestSupportError("wsroute \(arguments) ended by \(run.exit): \(run.errors)")
        }
        self.status = status
        self.output = run.output
        self.errors = run.errors
    }
}
