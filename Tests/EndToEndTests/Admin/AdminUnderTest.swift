import Foundation
import TestSupport

/// A proxy with an admin listener on a free port of 127.0.0.1.
final class AdminUnderTest: Sendable {
    let proxy: ProxyUnderTest
    let adminPort: UInt16

    /// - Parameter token: Asked for, if there is one.
    init(
        _ configuration: String =
            "route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]\n",
        token: String? = nil, options: [String] = [], environment: [String: String] = [:],
        descriptorCountMax: Int? = nil, inheritedCount: Int = 0
    ) throws {
        let directory = try TemporaryDirectory()
        var options = options + ["--admin", "127.0.0.1:0"]
        if let token {
            options += ["--admin-token-file", try directory.write("token", token + "\n")]
        }
        proxy = try ProxyUnderTest(
            configuration, options: options, environment: environment, directory: directory,
            descriptorCountMax: descriptorCountMax, inheritedCount: inheritedCount)
        let line = try proxy.program.line(containing: "admin=")
        guard
            let word = line.split(separator: " ").first(where: { $0.hasPrefix("admin=") }),
            let port = word.split(separator: ":").last.flatMap({ UInt16($0) })
        else { throw TestSupportError("no admin address in \(line)") }
        adminPort = port
    }

    func connect() throws -> TestConnection { try TestConnection(port: adminPort) }

    /// Sends one request on a connection of its own, as a program of this machine would.
    func request(
        _ method: String = "GET", _ target: String, fields: [String] = [], body: String = ""
    ) throws -> HTTPAnswer {
        let host = fields.contains { $0.hasPrefix("Host:") } ? [] : ["Host: 127.0.0.1:\(adminPort)"]
        return try connect().request(method, target, fields: host + fields, body: body)
    }

    /// The value of a sample, by its name with labels as they are written; nil if it is not shown.
    func sample(_ name: String) throws -> Double? {
        let lines = try request("GET", "/metrics").text.split(separator: "\n")
        return lines.first { $0.hasPrefix("\(name) ") }?.split(separator: " ").last
            .flatMap { Double($0) }
    }

    /// Waits until a sample has a value.
    func awaitSample(_ name: String, _ value: Double) throws {
        try Deadline.poll("\(name) is \(value)") { try self.sample(name) == value }
    }

    /// What a path answers, as JSON.
    func object(_ target: String) throws -> [String: Any] {
        let answer = try request("GET", target)
        guard answer.status == 200,
            let object = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        else { throw TestSupportError("no JSON object: \(answer.status) \(answer.text)") }
        return object
    }
}
