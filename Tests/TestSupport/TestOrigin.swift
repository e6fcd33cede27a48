/// A running `wsorigin`.
package final class TestOrigin: Sendable {
    package let program: RunningProgram
    /// The port on 127.0.0.1.
    package let port: UInt16

    /// - Parameters:
    ///   - certificate: Makes all connections TLS.
    ///   - tickMilliseconds: Time between two server-sent events.
    ///   - port: 0 for a free one. One that is to be started again has a port of
    ///     ``ScriptedBackend/refusingPort()``, which nobody else gets meanwhile.
    package init(
        certificate: TestCertificate? = nil, tickMilliseconds: Int = 20, port: UInt16 = 0
    ) throws {
        var arguments = ["--listen", "127.0.0.1:\(port)", "--tick", "\(tickMilliseconds)ms"]
        if let certificate {
            arguments += ["--tls-certificate", certificate.certificatePath]
            arguments += ["--tls-key", certificate.keyPath]
        }
        program = try RunningProgram(BuiltPrograms.path("wsorigin"), arguments)
        let line = try program.line(containing: "wsorigin listening on 127.0.0.1:")
        guard let port = line.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw program.failure("printed no port")
        }
        self.port = port
    }

    /// Connections that it has open, without the one that asks.
    package func openConnectionCount() throws -> Int {
        let connection = try TestConnection(port: port)
        let text = try connection.request("GET", "/statistics", fields: ["Connection: close"]).text
        guard let range = text.firstRange(of: "\"connections_open\":"),
            let count = Int(text[range.upperBound...].prefix { $0.isNumber })
        else { throw TestSupportError("no counter in \(text)") }
        return count - 1
    }
}
