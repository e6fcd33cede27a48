/// The table that ``MatchEntry`` asks: hosts and routes of every kind, on which every rewrite can go wrong.
enum MatchConfiguration {
    static let text = #"""
        advanced:
          security: {deny_hidden_files: true}
        services:
          web: {url: "http://127.0.0.1:9001"}
          base: {url: "http://127.0.0.1:9002/base"}
        host_rules:
          - pattern: example.com
            target: web
            route_rules:
              - {pattern: /, target: base}
              - {pattern: /ws, target: web, match: {protocol: websocket}}
              - {pattern: /events/*, target: web, match: {protocol: sse}}
              - {pattern: "/users/{id}/chat", target: web, rewrite: {path: "/rooms/{id}"}}
              - {pattern: /files/*.js, target: web, rewrite: {strip_prefix: /files}}
              - {pattern: "/rest/{path...}", target: web, rewrite: {path: "/{path}"}}
              - {pattern: /old/*, redirect: {to: "https://{host}{path}", status: 308}}
              - {pattern: "/go/{to}", redirect: {to: "https://{to}.example.org/", status: 302}}
              - {pattern: /status, respond: {status: 200, body: "fine", content_type: text/plain}}
              - {pattern: "~^/v(?<major>[0-9]+)/(?<rest>.*)$", target: web, rewrite: {path: "/{rest}/{major}"}}
              - {pattern: "~*needle(a+)+$", target: web}
              - {pattern: /add/*, target: web, rewrite: {add_prefix: /more}}
              - pattern: /when/*
                target: web
                match:
                  methods: [GET, POST]
                  headers: {X-Env: beta, X-A: "~^b"}
                  query: {v: "2"}
                  cookies: {sid: x}
                  client_ip: [192.0.2.0/24]
              - {pattern: /split/*, targets: [{service: web, weight: 3}, {service: base, weight: 1}]}
          - {pattern: "*.example.com", target: web}
          - pattern: '~^(?<tenant>[a-z]+)\.example\.net$'
            route_rules:
              - {pattern: "/{id}", target: web, rewrite: {path: "/{tenant}/{id}"}}
          - {pattern: "[::1]", target: web}
          - {pattern: admin.example.com, port: 8080, target: base}
        route_rules:
          - {pattern: /private/*, respond: {status: 403, body: "no", content_type: text/plain}}
          - {pattern: /private/open/*, target: base}
          - {pattern: /*, target: web}
        """#
}
