/// Configurations that several tests use.
enum SampleConfiguration {
    /// Sound, with a middleware that this version does not act on.
    static let guarded = """
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
              - pattern: "/rooms/{room}"
                name: room
                target: chat
                match: {protocol: websocket}
                rewrite: {path: "/r/{room}"}
              - {pattern: "/rooms/*", target: web}
              - {pattern: "/old", redirect: {to: "https://{host}/new", status: 308}}
              - {pattern: "~^/v[0-9]+/x", target: web, match: {headers: {X-Env: beta}}}
        """

    /// The same without the middleware.
    static let chat = """
        services:
          chat: {url: "ws://127.0.0.1:9001"}
          web: {url: "http://127.0.0.1:9002"}
        host_rules:
          - pattern: "ws.example.com"
            target: web
            route_rules:
              - pattern: "/rooms/{room}"
                name: room
                target: chat
                match: {protocol: websocket}
                rewrite: {path: "/r/{room}"}
              - {pattern: "/rooms/*", target: web}
              - {pattern: "/old", redirect: {to: "https://{host}/new", status: 308}}
              - {pattern: "~^/v[0-9]+/x", target: web, match: {headers: {X-Env: beta}}}
        """

    /// What `check` warns of.
    static let unused = """
        services:
          chat: {url: "ws://127.0.0.1:9001"}
          spare: {url: "ws://127.0.0.1:9002"}
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
