import TestSupport
import Testing

@Suite("Alerts of a running proxy")
struct AlertTests {
    private static let configuration = """
        route_rules:
          - {pattern: /*, name: all, respond: {status: 200, body: ok}}
        alerts:
          somebody: {metric: connections, above: 0, for: 1ms, severity: critical}
          crowd: {metric: connections, above: 1000, for: 1ms}

        """

    @Test("One that fires is in the metrics, in the log and in the events, and so is its end")
    func firing() throws {
        let admin = try AdminUnderTest(Self.configuration)
        let firing = "wsproxy_alert{alert=\"somebody\",severity=\"critical\"}"
        try admin.awaitSample(firing, 0)
        #expect(try admin.sample("wsproxy_alert{alert=\"crowd\",severity=\"warning\"}") == 0)
        let client = try admin.proxy.connect()
        try admin.awaitSample(firing, 1)
        let line = try admin.proxy.program.line(containing: "alert.firing")
        #expect(line.contains("somebody") && line.contains("critical"), "\(line)")
        #expect(line.contains("the number of connected clients in all"), "\(line)")
        #expect(try admin.sample("wsproxy_alert{alert=\"crowd\",severity=\"warning\"}") == 0)
        client.end()
        try admin.awaitSample(firing, 0)
        _ = try admin.proxy.program.line(containing: "alert.resolved")
    }
}
