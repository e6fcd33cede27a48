import Foundation
import TestSupport

/// Real proxies, on free ports of 127.0.0.1.
struct TestProxies {
    /// Whether a program is installed; `Scripts/bootstrap --tests` installs all of them.
    static func has(_ name: String) -> Bool {
        ["/usr/bin", "/usr/sbin", "/usr/local/bin"].contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
        }
    }

    let program: RunningProgram
    let port: UInt16

    private init(_ name: String, _ arguments: [String], port: UInt16) throws {
        program = try RunningProgram(name, arguments)
        self.port = port
        try Deadline.poll("\(name) listens") { (try? TestConnection(port: port)) != nil }
    }

    /// A SOCKS5 proxy.
    static func microsocks(user: String? = nil, password: String? = nil) throws -> TestProxies {
        let port = try ScriptedBackend.refusingPort()
        var arguments = ["-i", "127.0.0.1", "-p", "\(port)"]
        if let user, let password { arguments += ["-u", user, "-P", password] }
        return try TestProxies("microsocks", arguments, port: port)
    }

    /// An HTTP proxy.
    static func tinyproxy(
        in directory: TemporaryDirectory, credentials: String? = nil
    ) throws -> TestProxies {
        let port = try ScriptedBackend.refusingPort()
        let file = try directory.write(
            "tinyproxy-\(port).conf",
            """
            Port \(port)
            Listen 127.0.0.1
            MaxClients 50
            LogLevel Connect
            \(credentials.map { "BasicAuth \($0)" } ?? "")

            """)
        return try TestProxies("tinyproxy", ["-d", "-c", file], port: port)
    }

    /// TLS in front of another port.
    static func stunnel(
        to port: UInt16, _ certificate: TestCertificate, in directory: TemporaryDirectory
    ) throws -> TestProxies {
        let own = try ScriptedBackend.refusingPort()
        let file = try directory.write(
            "stunnel-\(own).conf",
            """
            foreground = yes
            pid =
            [proxy]
            accept = 127.0.0.1:\(own)
            connect = 127.0.0.1:\(port)
            cert = \(certificate.certificatePath)
            key = \(certificate.keyPath)

            """)
        return try TestProxies("stunnel4", [file], port: own)
    }
}
