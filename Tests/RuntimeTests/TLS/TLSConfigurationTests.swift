import Glibc
import RouteTable
import Runtime
import TestSupport
import Testing

@Suite("TLS configuration")
struct TLSConfigurationTests {
    private let authority = TestAuthority()

    private func message(certificate: String, key: String, authority file: String? = nil) -> String?
    {
        do throws(TLSConfigurationError) {
            _ = try TLSServerContext(
                ListenerDescription.TLS(
                    certificates: [.init(certificate: certificate, key: key)], requiresTLS13: true,
                    clientAuthority: file, clientVerification: file == nil ? .none : .require),
                ticketKeys: TLSTicketKeys())
            return nil
        } catch {
            return error.message
        }
    }

    @Test("Good files are taken")
    func good() {
        let files = authority.issue(.init(names: "DNS:a.example"))
        #expect(message(certificate: files.certificate, key: files.key) == nil)
        let withAuthority = message(
            certificate: files.certificate, key: files.key, authority: authority.file)
        #expect(withAuthority == nil)
    }

    @Test("Each fault names its file")
    func faults() {
        let one = authority.issue(.init(names: "DNS:a.example"))
        let two = authority.issue(.init(names: "DNS:b.example"))
        let junk = authority.write(text: "not a certificate\n")
        let missing = authority.directory + "/missing.pem"
        let directory = authority.directory
        #expect(
            message(certificate: missing, key: one.key)
                == "certificate \(missing): no such file or directory")
        #expect(
            message(certificate: directory, key: one.key)
                == "certificate \(directory): is a directory")
        #expect(
            message(certificate: one.certificate, key: missing)
                == "key \(missing): no such file or directory")
        #expect(
            message(certificate: junk, key: one.key)
                == "certificate \(junk): holds no PEM certificate")
        #expect(
            message(certificate: one.certificate, key: junk)
                == "key \(junk): holds no PEM key")
        #expect(
            message(certificate: one.certificate, key: two.key)
                == "key \(two.key): does not fit the certificate \(one.certificate)")
        #expect(
            message(certificate: one.certificate, key: one.key, authority: missing)
                == "authority \(missing): no such file or directory")
        #expect(
            message(certificate: one.certificate, key: one.key, authority: junk)
                == "authority \(junk): holds no PEM certificate")
    }

    /// Goal: nobody who reads files waits for others.
    @Test("What is no file is refused and not waited for")
    func pipe() throws {
        let files = authority.issue(.init(names: "DNS:a.example"))
        let directory = try TemporaryDirectory()
        let pipe = directory.file("pipe")
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        #expect(
            message(certificate: pipe, key: files.key) == "certificate \(pipe): is no regular file")
        #expect(
            message(certificate: files.certificate, key: pipe)
                == "key \(pipe): is no regular file")
        for path in [pipe, "/dev/null"] {
            #expect(
                message(certificate: files.certificate, key: files.key, authority: path)
                    == "authority \(path): is no regular file")
        }
    }

    @Test("A key with a passphrase is told of as such", arguments: [[], ["-traditional"]])
    func passphrase(form: [String]) throws {
        let files = authority.issue(.init(names: "DNS:a.example"))
        let directory = try TemporaryDirectory()
        let key = directory.file("key.pem")
        let made = try RunningProgram.run(
            "openssl",
            ["pkey", "-in", files.key, "-aes256", "-passout", "pass:secret", "-out", key] + form)
        try #require(made.exit == .code(0), "\(made.errors)")
        #expect(
            message(certificate: files.certificate, key: key)
                == "key \(key): has a passphrase, which nobody can type here; write it without one:"
                + " openssl pkey -in OLD -out NEW")
    }

    @Test("The chain behind a certificate is read to its end, and has to be sound")
    func chain() throws {
        let files = authority.issueWithRoot(.init(names: "DNS:a.example"))
        #expect(message(certificate: files.certificate, key: files.key) == nil)
        let damaged = authority.write(
            text: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        #expect(
            message(certificate: damaged, key: files.key)
                == "certificate \(damaged): holds no PEM certificate")
        authority.append(text: "-----BEGIN CERTIFICATE-----\nAAAA\n", to: files.certificate)
        #expect(message(certificate: files.certificate, key: files.key) != nil)
    }
}
