import RouteTable
import Runtime
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
                == "key \(junk): holds no PEM key without a passphrase")
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
}
