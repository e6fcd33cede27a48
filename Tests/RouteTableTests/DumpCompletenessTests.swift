import Diagnostics
import Foundation
import RouteCompiler
import RouteSyntax
import RouteTable
import TestSupport
import Testing
import Validate

/// Goal: a dump leaves out nothing that a configuration can say.
/// Method: of a configuration with every key of the language one value is changed at a time; the JSON must differ
/// then, the digest and the places left aside. The schema says which keys there are.
@Suite("Dumps are complete")
struct DumpCompletenessTests {
    /// One key, as the schema names it, and a change of its value.
    private struct Edit: CustomTestStringConvertible, Sendable {
        let key: String
        let old: String
        let new: String

        init(_ key: String, _ old: String, _ new: String) {
            self.key = key
            self.old = old
            self.new = new
        }

        var testDescription: String { key }
    }

    private static let configuration = """
        listeners:
          - {address: 127.0.0.1, port: 8443, proxy_protocol: true, tls: {certificate: c.pem,
              key: k.pem,
             certificates: [{certificate: c2.pem, key: k2.pem}], client_ca: ca.pem,
                 client_auth: optional, min_version: "1.3"}}
          - {port: 8080}
        advanced:
          port: 8080
          workers: 3
          timeout: {read_timeout: 41, write_timeout: 42, dial_timeout: 43, header_timeout: 44,
              idle_timeout: 45}
          security: {deny_hidden_files: true, trusted_proxies: [10.0.0.0/8],
              max_header_bytes: 2KiB,
            max_body_bytes: 3KiB, max_url_bytes: 1KiB}
          path: {merge_slashes: true, encoded_slash: keep}
          buffer_size: {read_buffer: 4096, write_buffer: 4096}
          connection_pool: {max_idle_connections: 51, max_active_connections: 52,
              idle_timeout: 53}
          limits: {max_connections: 54, max_connections_per_client: 55}
        services:
          web:
            load_balancer:
              strategy: consistent_hash
              hash_key: header:X-Key
              backends: [{url: "http://10.0.0.1:81/base", weight: 2},
                  {url: "https://10.0.0.2:82", weight: 3}]
              session_affinity: {enabled: true, cookie_name: sid, timeout: 61}
            proxy_host: proxied.example
            health_check: {path: /health, interval: 62, timeout: 6, healthy_threshold: 7,
                unhealthy_threshold: 8, expect: 204}
            ping_interval: 9
            read_timeout: 63
            write_timeout: 64
            dial_timeout: 65
            retry: {attempts: 4, backoff: 66ms, max_backoff: 67s, on: [connect_failure, 502]}
            circuit_breaker: {max_connections: 68, max_pending: 69, consecutive_failures: 70,
                ejection_time: 71}
            fallback_service: spare
            upstream_proxy: socks5://user:pass@10.0.0.9:1080
            tls: {ca: up-ca.pem, certificate: up-c.pem, key: up-k.pem,
                server_name: up.example, insecure_skip_verify: true, min_version: "1.3"}
          spare: {url: "http://10.0.0.3", fallback: {service: last, last_good: {max_stale: 72,
              max_size: 2KiB, max_total: 73KiB},
            answer: {status: 502, body: sorry, content_type: text/x, headers: {X-A: b},
                retry_after: 74}}}
          last: {url: "http://10.0.0.4"}
        fallback: {last_good: {max_stale: 75}, answer: {status: 504}}
        host_rules:
          - pattern: "*.example.com"
            port: 8443
            target: spare
            middlewares: [ws]
            order: declared
            route_rules:
              - {pattern: "/forward/{a}", name: one, priority: 5, target: web,
                  middlewares: [events],
                 match: {protocol: http, methods: [GET], headers: {X-H: one}, query: {q: two},
                     cookies: {c: three}, client_ip: [10.1.0.0/16]},
                 rewrite: {strip_prefix: /forward, add_prefix: /added}}
              - {pattern: "/path/{b}", targets: [{service: web, weight: 4}, {service: spare,
                  weight: 6}], rewrite: {path: "/new/{b}"}}
              - {pattern: "/redirect", redirect: {to: "https://{host}/there", status: 308}}
              - {pattern: "/respond", name: teapot, respond: {status: 418, body: teapot,
                  content_type: text/tea}}
              - {pattern: "~^/(?<x>[ab]+c)*d$", target: web}
        route_rules: [{pattern: "/*", target: web}]
        middlewares:
          - {name: ws, type: websocket, config: {path_patterns: ["/forward/*"],
              ping_interval: 11, pong_timeout: 12,
             read_timeout: 13, write_timeout: 14, max_connections: 15,
                 max_connections_per_client: 16,
             max_messages_per_minute: 17, enable_rate_limit: true, max_message_size: 18KiB,
                 max_frame_size: 19KiB,
             enable_origin_check: true, allowed_origins: ["https://a.example"],
                 subprotocols: [chat], connection_tracking: true}}
          - {name: events, type: sse, config: {heartbeat_interval: 21, retry: 22,
              max_connections: 23, max_connections_per_client: 24, max_duration: 25}}
          - {name: jwt, type: auth, is_global: true, config: {jwt: {algorithms: [HS256,
              RS256], secret: {env: SECRET},
             public_key: pub.pem, issuer: me, audience: us, leeway: 31}, roles: [admin],
                 expired_close_code: 4001, roles_claim: groups,
             token_from: [cookie:T], forward_auth: {url: "http://10.0.0.5/auth",
                 headers: [X-User]}, basic: {users_file: users}}}
          - {name: jwks, type: auth, is_global: true, config: {jwt: {algorithms: [RS256],
              jwks_file: keys.json}}}
          - {name: short, type: auth, is_global: true, config: {jwt_secret: {file: secret}}}
          - {name: rate, type: rate_limit, is_global: true, config: {requests_per_minute: 91,
              burst_size: 92, key: header:X-R}}
          - {name: cors, type: cors, is_global: true,
              config: {allowed_origins: ["https://c.example"], allowed_methods: [PUT],
             allowed_headers: [X-C], allow_credentials: true, max_age: 93}}
          - {name: head, type: headers, is_global: true,
              config: {request: {set: {X-S: "{host}"}, add: {X-D: d}, remove: [X-E]},
             response: {set: {X-F: f}}}}
          - {name: filter, type: ip_filter, is_global: true, config: {allow: [10.2.0.0/16],
              deny: [10.2.3.0/24]}}
          - {name: log, type: logging, is_global: true, config: {log_level: warn,
              format: json, output: stderr, sample: 0.5}}
          - {name: dynamic, type: dynamic_route, is_global: true, config: {from: header:X-T,
              services: {gold: spare}, default: last}}
          - {name: typed, type: sse, is_global: true}
          - {name: off, type: logging, enabled: false, config: {}}
        alerts:
          busy: {metric: latency, route: one, above: 94ms, quantile: 95, window: 96, for: 97,
              severity: critical, webhook: {service: last, path: /hook}}
          failing: {metric: error_rate, service: web, above: 5%}
        """

    private static let edits: [Edit] = [
        Edit("listener.address", "127.0.0.1", "127.0.0.2"),
        Edit("listener.port", "{port: 8080}", "{port: 8081}"),
        Edit("listener.proxy_protocol", "proxy_protocol: true", "proxy_protocol: false"),
        Edit("listenerTLS.certificate", "tls: {certificate: c.pem", "tls: {certificate: d.pem"),
        Edit("listenerTLS.key", "key: k.pem,\n", "key: l.pem,\n"),
        Edit(
            "listenerTLS.certificates",
            ",\n     certificates: [{certificate: c2.pem, key: k2.pem}]", ""),
        Edit("certificate.certificate", "c2.pem", "c3.pem"),
        Edit("certificate.key", "k2.pem", "k3.pem"),
        Edit("listenerTLS.client_ca", "client_ca: ca.pem", "client_ca: cb.pem"),
        Edit("listenerTLS.client_auth", "client_auth: optional", "client_auth: require"),
        Edit(
            "listenerTLS.min_version", "optional, min_version: \"1.3\"",
            "optional, min_version: \"1.2\""),
        Edit("advanced.workers", "workers: 3", "workers: 4"),
        Edit("timeout.read_timeout", "read_timeout: 41", "read_timeout: 40"),
        Edit("timeout.write_timeout", "write_timeout: 42", "write_timeout: 40"),
        Edit("timeout.dial_timeout", "dial_timeout: 43", "dial_timeout: 40"),
        Edit("timeout.header_timeout", "header_timeout: 44", "header_timeout: 40"),
        Edit("timeout.idle_timeout", "idle_timeout: 45", "idle_timeout: 40"),
        Edit("security.deny_hidden_files", "deny_hidden_files: true", "deny_hidden_files: false"),
        Edit("security.trusted_proxies", "[10.0.0.0/8]", "[10.0.0.0/9]"),
        Edit("security.max_header_bytes", "max_header_bytes: 2KiB", "max_header_bytes: 3KiB"),
        Edit("security.max_body_bytes", "max_body_bytes: 3KiB", "max_body_bytes: 4KiB"),
        Edit("security.max_url_bytes", "max_url_bytes: 1KiB", "max_url_bytes: 2KiB"),
        Edit("path.merge_slashes", "merge_slashes: true", "merge_slashes: false"),
        Edit("path.encoded_slash", "encoded_slash: keep", "encoded_slash: refuse"),
        Edit("bufferSize.read_buffer", "read_buffer: 4096", "read_buffer: 8192"),
        Edit("bufferSize.write_buffer", "write_buffer: 4096", "write_buffer: 8192"),
        Edit("connectionPool.max_idle_connections", "51", "56"),
        Edit("connectionPool.max_active_connections", "52", "56"),
        Edit("connectionPool.idle_timeout", "53", "56"),
        Edit("limits.max_connections", "54", "56"),
        Edit("limits.max_connections_per_client", "55", "56"),
        Edit("service.url", "http://10.0.0.3", "http://10.0.0.33"),
        Edit("service.proxy_host", "proxied.example", "other.example"),
        Edit(
            "loadBalancer.strategy", "strategy: consistent_hash\n      hash_key: header:X-Key",
            "strategy: random"),
        Edit("loadBalancer.hash_key", "header:X-Key", "cookie:X-Key"),
        Edit("loadBalancer.backends", "weight: 3}]", "weight: 3}, {url: \"http://10.0.0.7\"}]"),
        Edit("backend.url", "10.0.0.1:81/base", "10.0.0.1:81/bass"),
        Edit("backend.weight", "weight: 2}", "weight: 1}"),
        Edit("sessionAffinity.enabled", "enabled: true", "enabled: false"),
        Edit("sessionAffinity.cookie_name", "sid", "sie"),
        Edit("sessionAffinity.timeout", "timeout: 61", "timeout: 60"),
        Edit("healthCheck.path", "/health", "/other"),
        Edit("healthCheck.interval", "interval: 62", "interval: 60"),
        Edit("healthCheck.timeout", "timeout: 6,", "timeout: 5,"),
        Edit("healthCheck.healthy_threshold", "healthy_threshold: 7", "healthy_threshold: 6"),
        Edit("healthCheck.unhealthy_threshold", "unhealthy_threshold: 8", "unhealthy_threshold: 6"),
        Edit("healthCheck.expect", "expect: 204", "expect: 205"),
        Edit("service.ping_interval", "ping_interval: 9", "ping_interval: 10"),
        Edit("service.read_timeout", "read_timeout: 63", "read_timeout: 60"),
        Edit("service.write_timeout", "write_timeout: 64", "write_timeout: 60"),
        Edit("service.dial_timeout", "dial_timeout: 65", "dial_timeout: 60"),
        Edit("retry.attempts", "attempts: 4", "attempts: 5"),
        Edit("retry.backoff", "66ms", "65ms"),
        Edit("retry.max_backoff", "67s", "66s"),
        Edit("retry.on", "[connect_failure, 502]", "[connect_failure, 503]"),
        Edit("circuitBreaker.max_connections", "max_connections: 68", "max_connections: 60"),
        Edit("circuitBreaker.max_pending", "max_pending: 69", "max_pending: 60"),
        Edit(
            "circuitBreaker.consecutive_failures", "consecutive_failures: 70",
            "consecutive_failures: 60"),
        Edit("circuitBreaker.ejection_time", "ejection_time: 71", "ejection_time: 60"),
        Edit("service.fallback_service", "fallback_service: spare", "fallback_service: last"),
        Edit("service.upstream_proxy", "user:pass@10.0.0.9", "user:pass@10.0.0.8"),
        Edit("upstreamTLS.ca", "up-ca.pem", "up-cb.pem"),
        Edit("upstreamTLS.certificate", "up-c.pem", "up-d.pem"),
        Edit("upstreamTLS.key", "up-k.pem", "up-l.pem"),
        Edit("upstreamTLS.server_name", "up.example", "uq.example"),
        Edit("upstreamTLS.insecure_skip_verify", "skip_verify: true", "skip_verify: false"),
        Edit("upstreamTLS.min_version", "true, min_version: \"1.3\"", "true, min_version: \"1.2\""),
        Edit("fallback.service", "{service: last, last_good", "{last_good"),
        Edit("lastGood.max_stale", "max_stale: 72", "max_stale: 70"),
        Edit("lastGood.max_size", "max_size: 2KiB", "max_size: 3KiB"),
        Edit("lastGood.max_total", "max_total: 73KiB", "max_total: 70KiB"),
        Edit("fallbackAnswer.status", "status: 502", "status: 500"),
        Edit("fallbackAnswer.body", "body: sorry", "body: SORRY"),
        Edit("fallbackAnswer.content_type", "text/x", "text/y"),
        Edit("fallbackAnswer.headers", "{X-A: b}", "{X-A: c}"),
        Edit("fallbackAnswer.retry_after", "retry_after: 74", "retry_after: 70"),
        Edit("commonFallback.last_good", "max_stale: 75", "max_stale: 70"),
        Edit("commonFallback.answer", "status: 504", "status: 500"),
        Edit("hostRule.pattern", "*.example.com", ".example.com"),
        Edit("hostRule.port", "port: 8443\n    target", "port: 8080\n    target"),
        Edit("hostRule.target", "target: spare\n    middlewares", "target: web\n    middlewares"),
        Edit("hostRule.middlewares", "middlewares: [ws]", "middlewares: [ws, events]"),
        Edit("hostRule.order", "order: declared", "order: specific"),
        Edit("route.pattern", "/redirect\"", "/redirected\""),
        Edit("route.name", "name: teapot,", "name: kettle,"),
        Edit("route.priority", "priority: 5", "priority: 6"),
        Edit("route.target", "priority: 5, target: web", "priority: 5, target: last"),
        Edit("route.middlewares", "middlewares: [events]", "middlewares: []"),
        Edit("match.protocol", "protocol: http", "protocol: sse"),
        Edit("match.methods", "methods: [GET]", "methods: [PUT]"),
        Edit("match.headers", "{X-H: one}", "{X-H: ~one}"),
        Edit("match.query", "{q: two}", "{q: too}"),
        Edit("match.cookies", "{c: three}", "{d: three}"),
        Edit("match.client_ip", "10.1.0.0/16", "10.1.0.0/17"),
        Edit("rewrite.strip_prefix", "strip_prefix: /forward", "strip_prefix: /forw"),
        Edit("rewrite.add_prefix", "/added", "/adder"),
        Edit("rewrite.path", "/new/{b}", "/old/{b}"),
        Edit("weightedService.service", "[{service: web", "[{service: last"),
        Edit("weightedService.weight", "weight: 6}", "weight: 7}"),
        Edit("redirect.to", "/there", "/then"),
        Edit("redirect.status", "status: 308", "status: 307"),
        Edit("respond.status", "status: 418", "status: 417"),
        Edit("respond.body", "body: teapot", "body: teapor"),
        Edit("respond.content_type", "text/tea", "text/ted"),
        Edit("middleware.name", "name: log,", "name: lok,"),
        Edit("middleware.type", "name: typed, type: sse", "name: typed, type: logging"),
        Edit("middleware.enabled", "enabled: false", "enabled: true"),
        Edit("middleware.is_global", "logging, is_global: true", "logging, is_global: false"),
        Edit("webSocketPolicy.path_patterns", "[\"/forward/*\"]", "[\"/for/*\"]"),
        Edit("webSocketPolicy.ping_interval", "ping_interval: 11", "ping_interval: 10"),
        Edit("webSocketPolicy.pong_timeout", "pong_timeout: 12", "pong_timeout: 10"),
        Edit("webSocketPolicy.read_timeout", "read_timeout: 13", "read_timeout: 20"),
        Edit("webSocketPolicy.write_timeout", "write_timeout: 14", "write_timeout: 10"),
        Edit("webSocketPolicy.max_connections", "max_connections: 15", "max_connections: 10"),
        Edit("webSocketPolicy.max_connections_per_client", "per_client: 16", "per_client: 10"),
        Edit("webSocketPolicy.max_messages_per_minute", "minute: 17", "minute: 10"),
        Edit(
            "webSocketPolicy.enable_rate_limit", "enable_rate_limit: true",
            "enable_rate_limit: false"),
        Edit("webSocketPolicy.max_message_size", "18KiB", "28KiB"),
        Edit("webSocketPolicy.max_frame_size", "19KiB", "20KiB"),
        Edit("webSocketPolicy.enable_origin_check", "origin_check: true", "origin_check: false"),
        Edit("webSocketPolicy.allowed_origins", "https://a.example", "https://b.example"),
        Edit("webSocketPolicy.subprotocols", "[chat]", "[talk]"),
        Edit("webSocketPolicy.connection_tracking", "tracking: true", "tracking: false"),
        Edit(
            "eventStreamPolicy.heartbeat_interval", "heartbeat_interval: 21",
            "heartbeat_interval: 20"),
        Edit("eventStreamPolicy.retry", "retry: 22", "retry: 20"),
        Edit("eventStreamPolicy.max_connections", "max_connections: 23", "max_connections: 20"),
        Edit("eventStreamPolicy.max_connections_per_client", "per_client: 24", "per_client: 20"),
        Edit("eventStreamPolicy.max_duration", "max_duration: 25", "max_duration: 20"),
        Edit("authPolicy.jwt_secret", "jwt_secret: {file: secret}", "jwt_secret: {env: secret}"),
        Edit("jwt.algorithms", "[HS256,", "[HS384,"),
        Edit("jwt.secret", "secret: {env: SECRET}", "secret: {file: SECRET}"),
        Edit("secret.env", "env: SECRET", "env: OTHER"),
        Edit("secret.file", "file: secret", "file: other"),
        Edit("jwt.public_key", "pub.pem", "pum.pem"),
        Edit("jwt.jwks_file", "keys.json", "key.json"),
        Edit("jwt.issuer", "issuer: me", "issuer: you"),
        Edit("jwt.audience", "audience: us", "audience: them"),
        Edit("jwt.leeway", "leeway: 31", "leeway: 30"),
        Edit("authPolicy.roles", "roles: [admin]", "roles: [user]"),
        Edit("authPolicy.expired_close_code", "code: 4001", "code: 4002"),
        Edit("authPolicy.roles_claim", "roles_claim: groups", "roles_claim: group"),
        Edit("authPolicy.token_from", "[cookie:T]", "[query:T]"),
        Edit("forwardAuth.url", "10.0.0.5/auth", "10.0.0.5/author"),
        Edit("forwardAuth.headers", "[X-User]", "[X-Users]"),
        Edit("basic.users_file", "users_file: users", "users_file: user"),
        Edit("authPolicy.basic", ", basic: {users_file: users}", ""),
        Edit("rateLimitPolicy.requests_per_minute", "minute: 91", "minute: 90"),
        Edit("rateLimitPolicy.burst_size", "burst_size: 92", "burst_size: 90"),
        Edit("rateLimitPolicy.key", "header:X-R", "header:X-Q"),
        Edit("corsPolicy.allowed_origins", "https://c.example", "https://d.example"),
        Edit("corsPolicy.allowed_methods", "allowed_methods: [PUT]", "allowed_methods: [POST]"),
        Edit("corsPolicy.allowed_headers", "allowed_headers: [X-C]", "allowed_headers: [X-B]"),
        Edit("corsPolicy.allow_credentials", "allow_credentials: true", "allow_credentials: false"),
        Edit("corsPolicy.max_age", "max_age: 93", "max_age: 90"),
        Edit("headerChanges.set", "{host}\"}", "{path}\"}"),
        Edit("headerChanges.add", "{X-D: d}", "{X-D: e}"),
        Edit("headerChanges.remove", "[X-E]", "[X-G]"),
        Edit("headersPolicy.request", "remove: [X-E]", "remove: []"),
        Edit("headersPolicy.response", "{X-F: f}", "{X-F: g}"),
        Edit("ipFilterPolicy.allow", "10.2.0.0/16", "10.2.0.0/17"),
        Edit("ipFilterPolicy.deny", "10.2.3.0/24", "10.2.3.0/25"),
        Edit("loggingPolicy.log_level", "log_level: warn", "log_level: error"),
        Edit("loggingPolicy.format", "format: json", "format: \"{status}\""),
        Edit("loggingPolicy.output", "output: stderr", "output: stdout"),
        Edit("loggingPolicy.sample", "sample: 0.5", "sample: 0.25"),
        Edit("dynamicRoutePolicy.from", "header:X-T", "cookie:X-T"),
        Edit("dynamicRoutePolicy.services", "{gold: spare}", "{gold: web}"),
        Edit("dynamicRoutePolicy.default", "default: last", "default: web"),
        Edit(
            "alert.metric", "metric: latency, route: one, above: 94ms, quantile: 95,",
            "metric: error_rate, route: one, above: 9%,"),
        Edit("alert.route", "route: one, ", ""),
        Edit("alert.service", "service: web, above", "service: last, above"),
        Edit("alert.above", "94ms", "93ms"),
        Edit("alert.quantile", "quantile: 95", "quantile: 90"),
        Edit("alert.window", "window: 96", "window: 90"),
        Edit("alert.for", "for: 97", "for: 90"),
        Edit("alert.severity", "severity: critical", "severity: warning"),
        Edit("webhook.service", "webhook: {service: last", "webhook: {service: web"),
        Edit("webhook.path", "/hook", "/hooks"),
    ]

    /// Keys whose values stand for nothing of their own, or that a table does not hold.
    private static let others: Set<String> = [
        // Maps of keys that are changed themselves.
        "listener.tls", "advanced.timeout", "advanced.security", "advanced.path",
        "advanced.buffer_size", "advanced.connection_pool", "advanced.limits",
        "service.load_balancer", "service.health_check", "service.retry",
        "service.circuit_breaker", "service.fallback", "service.tls",
        "loadBalancer.session_affinity",
        "alert.webhook", "fallback.last_good", "fallback.answer", "hostRule.route_rules",
        "route.match", "route.targets", "route.rewrite", "route.redirect", "route.respond",
        "middleware.config", "authPolicy.jwt",
        "authPolicy.forward_auth",
        // Read by `compile`: the table has the body.
        "fallbackAnswer.body_file",
        // Only where there are no listeners.
        "advanced.port",
        // Without effect.
        "advanced.concurrency", "concurrency.max_goroutines", "concurrency.goroutine_stack_size",
    ]

    /// Keys that are compared as far as requests see them: neither names nor what is switched on and not used. Of
    /// another order no more is told than that there is one.
    private static let unseen: Set<String> = [
        "hostRule.order", "route.name", "route.priority", "middleware.enabled",
    ]

    private func table(_ text: String) throws -> LoadedTable {
        let result = try ConfigurationReader.read(
            "dump.yaml", from: OneFile(text: text), environment: Environment())
        let messages = DiagnosticFormat.text.render(
            result.diagnostics.filter { $0.severity == .error }, of: result.sources)
        let configuration = try #require(result.configuration, "\(messages)")
        let compiled = try RouteCompiler.compile(configuration)
        return try LoadedTable(checking: compiled.bytes, isTrusted: true)
    }

    private func dump(_ text: String) throws -> String {
        TableDump(of: try table(text)).json
            .replacing(/"digest":"[0-9a-f]+",/, with: "").replacing(/"line":\d+,/, with: "")
            .replacing(/"place":"[^"]+",/, with: "")
    }

    private func edited(by edit: Edit) throws -> String {
        let range = try #require(Self.configuration.firstRange(of: edit.old), "\(edit.old)")
        return Self.configuration.replacingCharacters(in: range, with: edit.new)
    }

    @Test("Each value that is changed changes the dump", arguments: edits)
    private func change(edit: Edit) throws {
        #expect(try dump(edited(by: edit)) != dump(Self.configuration))
    }

    @Test("Each value that is changed is a difference of the tables", arguments: edits)
    private func difference(edit: Edit) throws {
        let diff = TableDiff(from: try table(Self.configuration), to: try table(edited(by: edit)))
        #expect(diff.isEmpty == Self.unseen.contains(edit.key), "\(diff.text)")
        let rest: TableDiff.Remainder = edit.key == "hostRule.order" ? .order : .unseen
        #expect(diff.remainder == (diff.isEmpty ? rest : .nothing))
    }

    @Test("Every key of the schema is among them")
    func keys() throws {
        let bytes = try Data(
            contentsOf: URL(fileURLWithPath: "\(BuiltPrograms.checkout)/schema/wsroute.schema.json")
        )
        let schema = try #require(
            JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
        var missing: [String] = []
        for (name, definition) in definitions.sorted(by: { $0.key < $1.key })
        where name != "listedService" {
            guard let properties = definition["properties"] as? [String: Any] else { continue }
            for key in properties.keys.sorted() {
                let full = "\(name).\(key)"
                if !Self.others.contains(full), !Self.edits.contains(where: { $0.key == full }) {
                    missing.append(full)
                }
            }
        }
        #expect(missing == [])
    }

    @Test("A dump is JSON that stays the same when it is read and written again")
    func roundTrip() throws {
        let json = try dump(Self.configuration)
        #expect(try dump(Self.configuration) == json)
        var reading = JSONReading(text: Array(json.utf8))
        #expect(try reading.rewritten() == json)
    }
}

private struct OneFile: FileSource {
    let text: String

    func contents(ofFile path: String, byteCountMax: Int) throws(FileSourceError) -> [UInt8] {
        Array(text.utf8)
    }

    func names(inDirectory path: String) throws(FileSourceError) -> [String] { [] }
}
