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

/// Configurations that several tests use.
enum SampleConfiguration {
    static let chat = """
        services:
          chat: {url: "ws://127.0.0.1:9001"}
          web: {url: "http://127.0.0.1:9002"}
        middlewares:
          - {name: access, type: logging, config: {format: json}}
        host_rules:
          - pattern: "ws.example.com"
            target: web
            middlewares: [access]
            route_rules:
              - {pattern: "/rooms/{room}", name: room, target: chat, match: {protocol: websocket}, rewrite: {path: "/r/{room}"}}
              - {pattern: "/rooms/*", target: web}
              - {pattern: "/old", redirect: {to: "https://{host}/new", status: 308}}
              - {pattern: "~^/v[0-9]+/x", target: web, match: {headers: {X-Env: beta}}}
        """

    /// A guard that does nothing yet.
    static let inert = """
        services:
          chat: {url: "ws://127.0.0.1:9001", health_check: {path: /}}
        route_rules:
          - {pattern: "/*", target: chat}
        """

    static let misspelt = """
        services:
          chat: {url: "ws://127.0.0.1:9001"}
        rout_rules:
          - {pattern: "/*", target: chat}
        """
}
