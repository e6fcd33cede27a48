import Foundation
import TestSupport
import Testing

/// A real Prometheus that scrapes one proxy.
final class Prometheus: Sendable {
    private let program: RunningProgram
    private let directory: TemporaryDirectory
    private let port: UInt16

    /// Where a program of Prometheus is; nil if it is not installed.
    static func path(_ name: String) -> String? {
        ["/usr/bin/\(name)", "/usr/local/bin/\(name)"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// Whether it is installed. A test that needs it is skipped with ``advice`` where it is not.
    static func has(_ name: String) -> Bool { path(name) != nil }

    static let advice: Comment = "run Scripts/bootstrap --tests, which installs prometheus"

    init(_ path: String, scraping adminPort: UInt16, token: String) throws {
        directory = try TemporaryDirectory()
        let configuration = try directory.write(
            "prometheus.yml",
            """
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: wsproxy
                authorization: {credentials: \(token)}
                static_configs: [{targets: ["127.0.0.1:\(adminPort)"]}]

            """)
        program = try RunningProgram(
            path,
            [
                "--config.file=\(configuration)", "--web.listen-address=127.0.0.1:0",
                "--storage.tsdb.path=\(directory.file("data"))",
            ])
        let line = try program.line(containing: "Listening on")
        guard
            let address = line.split(whereSeparator: { $0 == "=" || $0 == " " || $0 == "\"" })
                .first(where: { $0.hasPrefix("127.0.0.1:") }),
            let port = address.split(separator: ":").last.flatMap({ UInt16($0) })
        else { throw program.failure("printed no address: \(line)") }
        self.port = port
    }

    /// The value of a query that has one result; nil if it has none yet.
    func value(_ query: String) throws -> String? {
        guard
            let encoded = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        else { throw TestSupportError("a query that can't be encoded: \(query)") }
        let answer = try TestConnection(port: port).request(
            "GET", "/api/v1/query?query=\(encoded)", fields: ["Connection: close"])
        // It answers before it can.
        guard answer.status == 200 else { return nil }
        let object = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        let data = object?["data"] as? [String: Any]
        let results = data?["result"] as? [[String: Any]]
        return (results?.first?["value"] as? [Any])?.last as? String
    }
}
