/// A self-signed certificate and its key, made with the `openssl` program.
package struct TestCertificate: Sendable {
    /// PEM file.
    package let certificatePath: String
    /// PEM file.
    package let keyPath: String

    /// - Parameters:
    ///   - directory: Where the files go.
    ///   - name: Start of the file names, so that one directory may hold several.
    ///   - subjectNames: As OpenSSL writes them, such as `DNS:localhost` or `IP:127.0.0.1`.
    package init(
        in directory: TemporaryDirectory, name: String = "server",
        subjectNames: [String] = ["DNS:localhost", "IP:127.0.0.1"]
    ) throws {
        certificatePath = directory.file("\(name).crt")
        keyPath = directory.file("\(name).key")
        let result = try RunningProgram.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2", "-subj", "/CN=\(name)", "-addext",
                "subjectAltName=\(subjectNames.joined(separator: ","))", "-keyout", keyPath, "-out",
                certificatePath,
            ])
        guard result.exit == .code(0) else {
            throw TestSupportError("openssl made no certificate: \(result.errors)")
        }
    }
}
