import RouteCompiler
import Validate

/// A small configuration with something in every part of a table.
enum SampleTable {
    static let configuration: Configuration = {
        var test = TestConfiguration()
        test.configuration.settings.trustedProxies = [
            AddressRange(address: [UInt8](repeating: 0, count: 16), prefixLength: 0)
        ]
        test.configuration.listeners = [
            Listener(
                address: .ipv4([127, 0, 0, 1]), port: 8_443,
                tls: ListenerTLS(
                    certificates: [.init(certificate: "c.pem", key: "k.pem")],
                    minimumVersion: .tls13, clientAuthority: "ca.pem",
                    clientVerification: .optional), acceptsProxyProtocol: true, range: nil)
        ]
        let place = test.nextRange()
        test.configuration.middlewares = [
            Middleware(
                name: Located("log", at: place), isEnabled: true, isGlobal: true,
                configuration: .logging(.init())),
            Middleware(
                name: Located("guard", at: place), isEnabled: true, isGlobal: false,
                configuration: .auth(guardPolicy)),
            Middleware(
                name: Located("off", at: place), isEnabled: false, isGlobal: false,
                configuration: .cors(.init())),
            Middleware(
                name: Located("events", at: place), isEnabled: true, isGlobal: false,
                configuration: .sse(.init())),
            Middleware(
                name: Located("frames", at: place), isEnabled: true, isGlobal: false,
                configuration: .webSocket(framePolicy)),
        ]
        test.configuration.globalMiddlewares = [0]
        addGuards(to: &test)
        var answer = FallbackAnswer()
        answer.body = Array("Sorry".utf8)
        answer.contentType = "text/plain"
        answer.fields = [.init(name: "X-From", value: "table")]
        test.configuration.fallbackAnswers = [answer]
        let failing = test.service("fallback")
        test.configuration.services[failing].fallback.answer = 0
        test.configuration.services[failing].fallback.lastGood = LastGoodPolicy()
        addExactHost(to: &test)
        addOtherHosts(to: &test)
        test.configuration.alerts = [
            Alert(
                name: Located("slow", at: place), metric: .latency, subject: .route("a"),
                threshold: 250_000, webhook: .init(service: 0, path: "/hook"))
        ]
        return test.configuration
    }()

    private static func addGuards(to test: inout TestConfiguration) {
        let place = test.nextRange()
        func add(_ name: String, _ configuration: MiddlewareConfiguration) {
            test.configuration.middlewares.append(
                Middleware(
                    name: Located(name, at: place), isEnabled: true, isGlobal: true,
                    configuration: configuration))
            test.configuration.globalMiddlewares.append(test.configuration.middlewares.count - 1)
        }
        var filter = IPFilterPolicy()
        filter.deny = [AddressRange(address: [UInt8](repeating: 0, count: 16), prefixLength: 128)]
        add("filter", .ipFilter(filter))
        var headers = HeadersPolicy()
        headers.request.set = [
            .init(
                name: "X-User",
                value: ValueTemplate(pieces: [
                    .literal("u-"), .placeholder("claim.sub"), .placeholder("client_ip"),
                ]))
        ]
        headers.response.remove = ["Server"]
        add("headers", .headers(headers))
        var cors = CORSPolicy()
        cors.allowedOrigins = ["https://example.com:443"]
        add("cors", .cors(cors))
        add(
            "limit",
            .rateLimit(
                RateLimitPolicy(requestsPerMinute: 60, burstSize: 2, key: .header("x-key"))))
        add(
            "canary",
            .dynamicRoute(
                DynamicRoutePolicy(
                    from: .cookie("canary"), choices: [.init(value: "1", service: 0)],
                    defaultService: nil)))
    }

    private static var guardPolicy: AuthPolicy {
        var policy = AuthPolicy()
        var jwt = AuthPolicy.JWT()
        jwt.algorithms = ["HS256", "ES256"]
        jwt.secret = .environment("SECRET")
        jwt.publicKey = "key.pem"
        jwt.issuer = "me"
        jwt.audience = ["web"]
        jwt.leewayMilliseconds = 5_000
        policy.jwt = jwt
        policy.roles = ["admin"]
        policy.expiredCloseCode = 4_001
        policy.tokenSources = [
            .header("authorization"), .cookie("token"), .query("token"), .subprotocol,
        ]
        return policy
    }

    private static var framePolicy: WebSocketPolicy {
        var policy = WebSocketPolicy()
        policy.pathPatterns = ["/ws", "/ws/{id}/*.x", "~^/ws/[0-9]+$"].map {
            .init(text: $0, pattern: PatternText.path($0))
        }
        policy.messageBytesMax = 1_000
        policy.checksOrigin = true
        policy.allowedOrigins = ["https://example.com"]
        policy.subprotocols = ["chat"]
        return policy
    }

    private static func addExactHost(to test: inout TestConfiguration) {
        test.host("example.com", target: "fallback")
        test.route("/", "root") { $0.middlewares = [1, 0, 2, 3] }
        test.route("/a", "a") { route in
            route.conditions.requestKind = .http
            route.conditions.methods = ["GET", "POST"]
            route.conditions.headers = [.init(name: "x-env", test: .equals("beta"))]
            route.conditions.query = [
                .init(name: "v", test: .regex(source: "^[0-9]$", ignoresCase: false))
            ]
            route.conditions.cookies = [.init(name: "sid", test: .equals("x"))]
            route.conditions.clientAddresses = [
                AddressRange(
                    address: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 0],
                    prefixLength: 104)
            ]
        }
        let heavy = test.service("heavy")
        let light = test.service("light")
        test.route("/a", "weighted") { route in
            route.action = .forward([
                .init(service: heavy, weight: 3), .init(service: light, weight: 1),
            ])
        }
        test.route("/api/v1/users/{id}", "user") { route in
            route.rewrite = PathRewrite(
                path: Template(pieces: [.literal("/u/"), .capture("id")]))
        }
        test.route("/ws/*", "ws") { route in
            route.rewrite = PathRewrite(stripPrefix: "/ws", addPrefix: "/v2")
            route.middlewares = [4]
        }
        test.route("/static/*.js", "script")
        test.route("~^/x/(?<rest>[a-z]+)/z$", "regex") { route in
            route.rewrite = PathRewrite(path: Template(pieces: [.literal("/"), .capture("rest")]))
        }
        test.route("~needle", "inner")
        test.route("~c$", "short")
        test.route("~\\.b\\.c$", "suffix")
    }

    private static func addOtherHosts(to test: inout TestConfiguration) {
        test.host("*.example.com", port: 8080)
        test.route("/old/{path...}", "redirect") { route in
            route.action = .redirect(
                to: Template(pieces: [.literal("https://"), .host, .path, .query]), status: 308)
        }
        test.route("/*", "wild")
        test.host("~^(?<tenant>[a-z])\\.b\\.example\\.com$")
        test.route("/*", "tenant") { route in
            route.rewrite = PathRewrite(
                path: Template(pieces: [.literal("/"), .capture("tenant"), .path]))
        }
        test.host("[::1]")
        // More shapes than are probed one by one: this host has a trie.
        for mask in 0..<34 {
            let segments = (0..<6).map { mask >> $0 & 1 == 0 ? "/{x}" : "/a" }
            test.route(segments.joined() + "/{x}", "trie")
        }
        test.host("*")
        test.route("/files/*", "files") { route in
            route.action = .respond(status: 418, body: "short", contentType: "text/plain")
        }
    }

    static let compiled = compile(configuration)

    /// One host and one route: small enough to damage every byte.
    static let smallest = compile(TestConfiguration.routes([("/ws/*", "ws")]))

    private static func compile(_ configuration: Configuration) -> CompiledTable {
        do throws(CompileFailure) { return try RouteCompiler.compile(configuration) } catch {
            preconditionFailure("the sample does not compile: \(error.problems.map(\.message))")
        }
    }
}
