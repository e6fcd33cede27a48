import Diagnostics
import RouteSyntax
import Testing
import Validate

@Suite("Configuration")
struct ConfigurationTests {
    private static let service = "services: {web: {url: \"http://127.0.0.1:9001\"}}\n"

    private func configuration(_ text: String) throws -> Configuration {
        let result = try read(text)
        return try #require(result.configuration, "\(result.text)")
    }

    @Test("Without listeners there is one for each port that is named, on all addresses")
    func defaultListeners() throws {
        let configuration = try configuration(
            Self.service + """
                advanced: {port: 8000}
                host_rules:
                  - {pattern: a, port: 80, target: web}
                  - {pattern: b, port: 8000, target: web}
                  - {pattern: c, port: 80, target: web}
                """)
        #expect(configuration.listeners.map(\.port) == [8000, 80])
        #expect(configuration.listeners.allSatisfy { $0.address == .any && $0.tls == nil })
        #expect(configuration.listeners.map { $0.range?.start.line } == [nil, 4])
    }

    @Test("The top-level routes join the host `*`, or become it")
    func defaultHost() throws {
        let joined = try configuration(
            Self.service + """
                route_rules: [{pattern: /b, target: web}]
                host_rules:
                  - {pattern: "*", port: 81, target: web}
                  - {pattern: "*", target: web, route_rules: [{pattern: /a}]}
                """)
        #expect(joined.hosts.count == 2)
        #expect(joined.hosts[1].routes.map(\.patternText) == ["/a", "/b"])
        let alone = try configuration(Self.service + "route_rules: [{pattern: /b, target: web}]")
        #expect(alone.hosts.map(\.pattern.value) == [.any])
        #expect(alone.hosts[0].target == nil)
    }

    @Test("A route without an action goes to the target of its host")
    func hostTarget() throws {
        let configuration = try configuration(
            """
            services: {a: {url: "http://a"}, b: {url: "http://b"}}
            host_rules: [{pattern: x, target: b, route_rules: [{pattern: /p}, {pattern: /q, target: a}]}]
            """)
        let services = configuration.hosts[0].routes.map { route -> [Int] in
            guard case .forward(let members) = route.action else { return [] }
            return members.map(\.service)
        }
        #expect(services == [[1], [0]])
    }

    @Test("Disabled middlewares leave the chains; their names still count")
    func disabledMiddlewares() throws {
        let configuration = try configuration(
            Self.service + """
                middlewares:
                  - {name: a, type: headers}
                  - {name: b, type: headers, enabled: false}
                  - {name: c, type: headers, is_global: true}
                  - {name: d, type: headers, is_global: true, enabled: false}
                host_rules: [{pattern: x, target: web, middlewares: [b, a]}]
                """)
        #expect(configuration.hosts[0].middlewares == [0])
        #expect(configuration.globalMiddlewares == [2])
        #expect(configuration.inertUses.isEmpty)
    }

    @Test("Conditions are normalised and counted")
    func conditions() throws {
        let configuration = try configuration(
            Self.service + """
                route_rules:
                  - pattern: /
                    target: web
                    match:
                      protocol: websocket
                      methods: [post, GET, POST]
                      headers: {X-B: "~*b", X-A: a}
                      client_ip: [10.0.0.1, "fd00::/8"]
                """)
        let conditions = configuration.hosts[0].routes[0].conditions
        #expect(conditions.requestKind == .webSocket)
        #expect(conditions.methods == ["GET", "POST"])
        #expect(conditions.headers.map(\.name) == ["x-b", "x-a"])
        #expect(
            conditions.headers.map(\.test) == [
                .regex(source: "b", ignoresCase: true), .equals("a"),
            ])
        #expect(conditions.count == 5)
        let four = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 10, 0, 0, 1]
        let six = [0xFD] + [UInt8](repeating: 0, count: 15)
        #expect(
            conditions.clientAddresses == [
                AddressRange(address: four, prefixLength: 128),
                AddressRange(address: six, prefixLength: 8),
            ])
    }

    @Test("Durations and sizes become milliseconds and bytes")
    func units() throws {
        let configuration = try configuration(
            Self.service + """
                advanced:
                  timeout: {read_timeout: 500ms, write_timeout: 1.5, dial_timeout: 5m, header_timeout: 1h}
                  security: {max_header_bytes: 64KiB, max_body_bytes: 1.5MB}
                  buffer_size: {read_buffer: 4096}
                route_rules: [{pattern: "/*", target: web}]
                """)
        let settings = configuration.settings
        #expect(settings.readTimeoutMilliseconds == 500)
        #expect(settings.writeTimeoutMilliseconds == 1500)
        #expect(settings.dialTimeoutMilliseconds == 300_000)
        #expect(settings.headerTimeoutMilliseconds == 3_600_000)
        #expect(settings.idleTimeoutMilliseconds == nil)
        #expect(settings.headerBytesMax == 65536)
        #expect(settings.bodyBytesMax == 1_500_000)
        #expect(settings.readBufferBytes == 4096)
    }

    @Test("Fragments are read by name, and no path in the configuration is absolute")
    func fragments() throws {
        let files = MemoryFiles(files: [
            "/etc/ws/main.yaml": "config_dir: ./conf.d/\n" + Self.service,
            "/etc/ws/conf.d/b.yml": "route_rules: [{pattern: /b, target: web}]",
            "/etc/ws/conf.d/a.yaml": "route_rules: [{pattern: /a, target: web}]",
            "/etc/ws/conf.d/.hidden.yaml": "broken: [",
            "/etc/ws/conf.d/notes.txt": "broken: [",
        ])
        let result = try ConfigurationReader.read(
            "/etc/ws/main.yaml", from: files, environment: Environment())
        let configuration = try #require(result.configuration, "\(result.text)")
        #expect(configuration.files == ["main.yaml", "conf.d/a.yaml", "conf.d/b.yml"])
        #expect(
            result.sources.texts.map(\.name)
                == ["/etc/ws/main.yaml", "/etc/ws/conf.d/a.yaml", "/etc/ws/conf.d/b.yml"])
        #expect(configuration.hosts[0].routes.map(\.patternText) == ["/a", "/b"])
        #expect(configuration.hosts[0].routes.map(\.pattern.range.file.index) == [1, 2])
    }

    @Test("A main file that is not there is an error of its own")
    func missingMainFile() {
        #expect(throws: FileSourceError.self) {
            _ = try ConfigurationReader.read(
                "nowhere.yaml", from: MemoryFiles(files: [:]), environment: Environment())
        }
    }

    @Test(
        "Two routes tie only if nothing tells them apart",
        arguments: [
            ("{pattern: '/a/{x}', target: web}", "{pattern: '/a/{y}', target: web}", true),
            ("{pattern: '/a/*', target: web}", "{pattern: '/a/{y...}', target: web}", true),
            ("{pattern: '/a/*', target: web}", "{pattern: '/a/{y}', target: web}", false),
            ("{pattern: '^/a', target: web}", "{pattern: '~^/a', target: web}", true),
            ("{pattern: '~*^/a', target: web}", "{pattern: '~^/a', target: web}", false),
            ("{pattern: /a, target: web, priority: 1}", "{pattern: /a, target: web}", false),
            (
                "{pattern: /a, target: web, match: {headers: {A: x, B: y}}}",
                "{pattern: /a, target: web, match: {headers: {b: y, a: x}}}", true
            ),
            (
                "{pattern: /a, target: web, match: {headers: {A: x}}}",
                "{pattern: /a, target: web, match: {cookies: {A: x}}}", false
            ),
        ])
    func ties(first: String, second: String, tie: Bool) throws {
        let result = try read(Self.service + "route_rules:\n  - \(first)\n  - \(second)\n")
        #expect(result.codes == (tie ? ["WR012"] : []), "\(result.text)")
    }

    @Test("Secrets by reference stay references")
    func secrets() throws {
        let configuration = try configuration(
            Self.service + """
                middlewares:
                  - {name: a, type: auth, is_global: true, config: {jwt_secret: {env: SECRET}}}
                  - {name: b, type: auth, is_global: true, config: {jwt_secret: {file: /run/secret}}}
                  - {name: c, type: auth, is_global: true, config: {jwt_secret: literal}}
                route_rules: [{pattern: "/*", target: web}]
                """)
        let secrets = configuration.middlewares.map { middleware -> Secret? in
            guard case .auth(let policy) = middleware.configuration else { return nil }
            return policy.jwt?.secret
        }
        #expect(secrets == [.environment("SECRET"), .file("/run/secret"), .literal("literal")])
    }

    @Test("What is inert can be reported at the severity that the caller chooses")
    func inertSeverity() throws {
        var result = try read(
            """
            services: {web: {url: "http://a"}}
            route_rules: [{pattern: "/*", target: web}]
            """)
        var configuration = try #require(result.configuration)
        // Nothing of the language is inert at present.
        #expect(configuration.inertUses == [])
        let place = configuration.services[0].name.range
        configuration.inertUses = [InertUse(feature: "`later`", at: place)]
        result = ValidationResult(
            configuration: configuration, diagnostics: [], sources: result.sources,
            omittedCount: 0, hasUnreadableFile: false)
        #expect(result.codes == [])
        let errors = result.diagnostics(inertSeverity: .error)
        #expect(errors.map(\.code) == [.inert])
        #expect(errors.map(\.severity) == [.error])
        #expect(result.diagnostics(inertSeverity: .warning).map(\.severity) == [.warning])
    }
}
