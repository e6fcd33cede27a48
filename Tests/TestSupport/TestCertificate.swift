/// A self-signed certificate and its key, made with the `openssl` program.
package struct TestCertificate: Sendable {
    /// PEM file.
    package let certificatePath: String
    /// PEM file.
    package let keyPath: String

    /// - Parameters:
    ///   - directory: Where the files go. Files of the same name are written over.
    ///   - name: Its common name (empty: it has no subject), and the start of the file names, so that one
    ///     directory may hold several.
    ///   - subjectNames: As OpenSSL writes them, such as `DNS:localhost` or `IP:127.0.0.1`.
    ///   - isExpired: It was good until yesterday.
    package init(
        in directory: TemporaryDirectory, name: String = "server",
        subjectNames: [String] = ["DNS:localhost", "IP:127.0.0.1"], isExpired: Bool = false
    ) throws {
        certificatePath = directory.file("\(name).crt")
        keyPath = directory.file("\(name).key")
        var arguments = [
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
            name.isEmpty ? "/" : "/CN=\(name)", "-addext",
            "subjectAltName=\(subjectNames.joined(separator: ","))", "-keyout", keyPath,
        ]
        if isExpired {
            let request = directory.file("\(name).csr")
            try Self.run(arguments + ["-out", request])
            // `req` refuses to make what is over.
            arguments = [
                "x509", "-req", "-in", request, "-signkey", keyPath, "-days", "-1",
                "-copy_extensions", "copy",
            ]
        } else {
            arguments += ["-x509", "-days", "2"]
        }
        try Self.run(arguments + ["-out", certificatePath])
    }

    /// YAML of two listeners: one that shows this certificate, with port 8443, and a plain one with port 8080.
    ///
    /// - Parameter more: What else stands in `tls`, with a comma before it.
    package func listeners(_ more: String = "") -> String {
        """
        listeners:
          - address: 127.0.0.1
            port: 8443
            tls: {certificate: "\(certificatePath)", key: "\(keyPath)"\(more)}
          - {address: 127.0.0.1, port: 8080}
        """
    }

    private static func run(_ arguments: [String]) throws {
        let result = try RunningProgram.run("openssl", arguments)
        guard result.exit == .code(0) else {
            throw TestSupportError("openssl made no certificate: \(result.errors)")
        }
    }
}
