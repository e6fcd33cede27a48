import RouteCompiler
import RouteTable
import TableFormat
import Testing
import Validate

@Suite("Cold data")
struct ColdDataTests {
    @Test("A dump tells what is done where a service fails")
    func fallbacks() throws {
        let table = try LoadedTable(checking: SampleTable.compiled.bytes, isTrusted: true)
        let dump = TableDump(of: table)
        #expect(
            dump.text.contains(
                "    fallback the last good answer up to 600 s old, "
                    + "then answer 503 with 5 bytes of text/plain\n"))
        let json = """
            "fallback":{"service":null,"last_good":{"max_stale_ms":600000,"max_size_bytes":65536,\
            "max_total_bytes":8388608},"answer":{"status":503,"content_type":"text/plain",\
            "body_bytes":5,"headers":["Cache-Control: no-store","X-From: table"],"retry_after":null}}
            """
        #expect(dump.json.contains(json))
    }

    @Test("Listeners come back as they were written")
    func listeners() throws {
        let table = try LoadedTable(checking: SampleTable.compiled.bytes, isTrusted: true)
        let tls = ListenerDescription.TLS(
            certificates: [.init(certificate: "c.pem", key: "k.pem")], requiresTLS13: true,
            clientAuthority: "ca.pem", clientVerification: .optional)
        #expect(
            table.listeners() == [
                ListenerDescription(
                    address: [127, 0, 0, 1], port: 8_443, tls: tls, acceptsProxyProtocol: true)
            ])
    }

    @Test("Guards come back as they were written")
    func guards() throws {
        let table = try LoadedTable(checking: SampleTable.compiled.bytes, isTrusted: true)
        var description = AuthDescription(name: "guard")
        description.algorithms = TokenAlgorithm.hs256.bit | TokenAlgorithm.es256.bit
        description.secret = .environment("SECRET")
        description.publicKey = "key.pem"
        description.issuer = "me"
        description.audiences = ["web"]
        description.leewayMilliseconds = 5_000
        description.roles = ["admin"]
        description.expiredCloseCode = 4_001
        description.sources = [
            .header("authorization"), .cookie("token"), .query("token"), .subprotocol,
        ]
        #expect(table.authPolicies() == [description])
    }

    @Test("Services inherit times from `advanced`, then from the defaults")
    func services() throws {
        var test = TestConfiguration()
        let plain = test.service("plain")
        let own = test.service("own")
        test.configuration.settings.readTimeoutMilliseconds = 7_000
        test.configuration.services[own].readTimeoutMilliseconds = 1_000
        test.configuration.services[own].proxyHost = "chat.example.com"
        test.configuration.services[own].strategy = .weightedRoundRobin
        test.configuration.services[own].tls.skipsVerification = true
        test.configuration.services[own].tls.minimumVersion = .tls13
        let table = try TestTable(test.configuration)
        let services = table.table.services()
        #expect(services.map(\.name) == ["plain", "own"])
        #expect(services[plain].readTimeoutMilliseconds == 7_000)
        #expect(services[plain].writeTimeoutMilliseconds == 60_000)
        #expect(services[plain].dialTimeoutMilliseconds == 10_000)
        #expect(services[own].readTimeoutMilliseconds == 1_000)
        #expect(services[own].proxyHost == "chat.example.com")
        #expect(services[own].strategy == .weightedRoundRobin)
        #expect(services[own].tls.skipsVerification && services[own].tls.requiresTLS13)
        #expect(services[own].endpoints.map(\.text) == ["http://127.0.0.1:9000"])
    }

    @Test("Settings are the defaults where nothing is written")
    func settings() throws {
        let table = try TestTable(TestConfiguration.routes([]))
        #expect(table.table.settings() == RuntimeSettings())
    }

    @Test("Routes name their place")
    func places() throws {
        var table = try TestTable(TestConfiguration.routes([("/a", "first"), ("/b", "second")]))
        guard case .forward(let route?, _) = table.match(TestRequest("/b")) else {
            Issue.record("no route")
            return
        }
        #expect(TestTable.text(table.table.name(of: route)) == "second")
        #expect(TestTable.text(table.table.file(of: route)) == "main.yaml")
        #expect(table.table.line(of: route) > 1)
        let isGenuine = table.table.hasGenuineContent()
        #expect(isGenuine)
    }

    @Test("Weighted targets share by their weights")
    func weights() throws {
        var test = TestConfiguration()
        test.host("*")
        let heavy = test.service("heavy")
        let light = test.service("light")
        test.route("/", "both") { route in
            route.action = .forward([
                .init(service: heavy, weight: 3), .init(service: light, weight: 1),
            ])
        }
        var table = try TestTable(test.configuration)
        func service(_ draw: UInt32) -> Int? {
            guard case .forward(_, let service) = table.match(TestRequest("/"), draw: draw) else {
                return nil
            }
            return Int(service.rawValue)
        }
        #expect(service(0) == heavy && service(0xBFFF_FFFF) == heavy)
        #expect(service(0xC000_0000) == light && service(.max) == light)
    }
}
