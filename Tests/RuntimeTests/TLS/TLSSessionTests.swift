import Glibc
import RouteTable
import Runtime
import Testing

@Suite("TLS session")
struct TLSSessionTests {
    private let authority = TestAuthority()

    private func server(
        _ certificates: [TestAuthority.Files],
        verification: ListenerDescription.ClientVerification = .none
    ) throws -> TLSServerContext {
        try TLSServerContext(
            ListenerDescription.TLS(
                certificates: certificates.map { .init(certificate: $0.certificate, key: $0.key) },
                requiresTLS13: false,
                clientAuthority: verification == .none ? nil : authority.file,
                clientVerification: verification),
            ticketKeys: TLSTicketKeys())
    }

    private func server(_ names: String...) throws -> TLSServerContext {
        try server(names.map { authority.issue(.init(names: $0)) })
    }

    private func client(
        authority file: String?, certificate: TestAuthority.Files? = nil,
        skipsVerification: Bool = false
    ) throws -> TLSClientContext {
        try TLSClientContext(
            ServiceDescription.TLS(
                authority: file, certificate: certificate?.certificate, key: certificate?.key,
                serverName: nil, skipsVerification: skipsVerification, requiresTLS13: false))
    }

    @Test("Bytes cross in both directions, and the end is announced")
    func bothDirections() throws {
        var pair = try TLSPair(
            client: client(authority: authority.file), server: server("DNS:a.example"),
            name: "a.example")
        #expect(pair.handshake() == (.done, .done))
        #expect(pair.client.version == "TLSv1.3")
        #expect(pair.client.write(Array("ping".utf8)) == .moved(byteCount: 4))
        #expect(pair.server.read(100).bytes == Array("ping".utf8))
        #expect(pair.server.read(100).progress == .wantsRead)
        #expect(pair.server.write(Array("pong".utf8)) == .moved(byteCount: 4))
        #expect(pair.client.read(3).bytes == Array("pon".utf8))
        #expect(pair.client.read(3).bytes == Array("g".utf8))
        #expect(pair.server.shutdown() == .done)
        #expect(pair.server.shutdown() == .done)
        #expect(pair.client.read(3).progress == .endOfStream)
        #expect(pair.client.write(Array("late".utf8)) == .moved(byteCount: 4))
        #expect(pair.server.read(100).bytes == Array("late".utf8))
    }

    @Test("It is known whether more has arrived, so that nothing is asked for in vain")
    func draining() throws {
        var pair = try TLSPair(
            client: client(authority: authority.file), server: server("DNS:a.example"),
            name: "a.example")
        #expect(pair.handshake() == (.done, .done))
        #expect(pair.client.write(Array("one".utf8)) == .moved(byteCount: 3))
        #expect(pair.server.read(100).bytes == Array("one".utf8))
        #expect(pair.server.isDrained == true)
        // A record that came with another one.
        #expect(pair.client.write(Array("two".utf8)) == .moved(byteCount: 3))
        #expect(pair.client.write(Array("three".utf8)) == .moved(byteCount: 5))
        #expect(pair.server.read(100).bytes == Array("two".utf8))
        #expect(pair.server.isDrained == false)
        #expect(pair.server.read(100).bytes == Array("three".utf8))
        // A part of a record.
        #expect(pair.client.write(Array("four".utf8)) == .moved(byteCount: 4))
        #expect(pair.server.read(3).bytes == Array("fou".utf8))
        #expect(pair.server.isDrained == false)
    }

    @Test("An end without announcement is told apart")
    func truncation() throws {
        var pair = try TLSPair(
            client: client(authority: authority.file), server: server("DNS:a.example"),
            name: "a.example")
        #expect(pair.handshake() == (.done, .done))
        // What the server still has to say after its handshake is read first.
        #expect(pair.client.read(1).progress == .wantsRead)
        pair.cutServer()
        #expect(pair.client.read(1).progress == .truncated)
    }

    @Test("A peer that has ended without announcement is not told so")
    func silentTruncation() throws {
        var pair = try TLSPair(
            client: client(authority: authority.file), server: server("DNS:a.example"),
            name: "a.example")
        #expect(pair.handshake() == (.done, .done))
        #expect(pair.client.read(1).progress == .wantsRead)
        pair.endServer()
        #expect(pair.client.read(1).progress == .truncated)
        #expect(pair.server.read(1).progress == .wantsRead)
    }

    @Test("A socket that was drained is asked again in the next turn")
    func turns() throws {
        var pair = try TLSPair(
            client: client(authority: authority.file), server: server("DNS:a.example"),
            name: "a.example")
        #expect(pair.handshake() == (.done, .done))
        pair.beginTurn()
        #expect(pair.client.write(Array("one".utf8)) == .moved(byteCount: 3))
        #expect(pair.server.read(100).bytes == Array("one".utf8))
        #expect(pair.client.write(Array("two".utf8)) == .moved(byteCount: 3))
        #expect(pair.server.read(100).progress == .wantsRead)
        pair.beginTurn()
        #expect(pair.server.read(100).bytes == Array("two".utf8))
        // An end was announced: it is looked for at once.
        pair.endClient()
        pair.server.beginReading(endSeen: true)
        var room = [UInt8](repeating: 0, count: 10)
        let progress = unsafe room.withUnsafeMutableBytes { unsafe pair.server.read(into: $0) }
        #expect(progress == .truncated)
    }

    @Test("A write that the socket does not take is taken up again from another place")
    func movedWrite() throws {
        var pair = try TLSPair(
            client: client(authority: authority.file), server: server("DNS:a.example"),
            name: "a.example")
        #expect(pair.handshake() == (.done, .done))
        let sent = (0..<4_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var sentCount = 0
        var received: [UInt8] = []
        var stallCount = 0
        while received.count < sent.count {
            if sentCount < sent.count {
                // A fresh array each time: the bytes are the same, their place is not.
                switch pair.client.write(Array(sent[sentCount...])) {
                case .moved(let byteCount):
                    sentCount += byteCount
                    continue
                case .wantsWrite: stallCount += 1
                default: Issue.record("the write failed")
                }
            }
            let (_, bytes) = pair.server.read(1 << 16)
            try #require(!bytes.isEmpty)
            received += bytes
        }
        #expect(received == sent)
        #expect(stallCount > 0)
    }

    @Test(
        "The certificate follows the server name",
        arguments: [
            ("a.example", true), ("A.Example", true), ("b.example", true), ("x.w.example", true),
            ("w.example", false), ("x.y.w.example", false), ("c.example", false),
            ("10.1.2.3", true), ("::1", true), ("[::1]", true), ("10.1.2.4", false),
        ])
    func serverNames(name: String, isServed: Bool) throws {
        var pair = try TLSPair(
            client: client(authority: authority.file),
            server: server("DNS:a.example,IP:10.1.2.3,IP:::1", "DNS:b.example", "DNS:*.w.example"),
            name: name)
        let end = pair.handshake()
        #expect(end.client == (isServed ? .done : .failed(.nameMismatch)))
        // The client has left with an alert: certificate unknown or bad certificate.
        if !isServed { #expect(end.server.isAlert) }
    }

    @Test("A common name is no host's name, with alternative names or without")
    func commonName() throws {
        for names in ["email:a@a.example", "DNS:b.example"] {
            let files = authority.issue(.init(names: names, subject: "a.example"))
            var pair = try TLSPair(
                client: client(authority: authority.file), server: server([files]),
                name: "a.example")
            #expect(pair.handshake().client == .failed(.nameMismatch))
        }
    }

    @Test("A server name outlives the context that it was asked of")
    func contextGone() throws {
        let clientContext = try client(authority: authority.file)
        var serverContext: TLSServerContext? = try server("DNS:a.example", "DNS:b.example")
        var pair = TLSPair(
            client: clientContext, server: try #require(serverContext), name: "b.example")
        serverContext = nil
        #expect(pair.handshake() == (.done, .done))
    }

    enum Flaw: CaseIterable {
        case expired, notYetValid, otherAuthority, otherRoot, selfSigned
    }

    @Test(
        "A certificate that can't be trusted is refused with the reason", arguments: Flaw.allCases)
    func untrusted(flaw: Flaw) throws {
        let names = "DNS:a.example"
        let other = TestAuthority()
        let (files, failure): (TestAuthority.Files, TLSFailure) =
            switch flaw {
            case .expired:
                (authority.issue(.init(names: names, validUntilSeconds: -60)), .certificateExpired)
            case .notYetValid:
                (
                    authority.issue(.init(names: names, validFromSeconds: 600)),
                    .certificateNotYetValid
                )
            case .otherAuthority: (other.issue(.init(names: names)), .unknownAuthority)
            case .otherRoot: (other.issueWithRoot(.init(names: names)), .unknownAuthority)
            case .selfSigned: (authority.issueSelfSigned(.init(names: names)), .selfSigned)
            }
        var pair = try TLSPair(
            client: client(authority: authority.file), server: server([files]), name: "a.example")
        let end = pair.handshake()
        #expect(end.client == .failed(failure))
        #expect(end.server.isAlert)
        var trusting = try TLSPair(
            client: client(authority: nil, skipsVerification: true), server: server([files]),
            name: "other.example")
        #expect(trusting.handshake() == (.done, .done))
    }

    @Test("The system's roots do not know our authority")
    func systemRoots() throws {
        var pair = try TLSPair(
            client: client(authority: nil), server: server("DNS:a.example"), name: "a.example")
        #expect(pair.handshake().client == .failed(.unknownAuthority))
    }

    @Test("A client certificate that is required must be there and be ours")
    func clientCertificates() throws {
        let files = [authority.issue(.init(names: "DNS:a.example"))]
        let own = authority.issue(.init(names: "DNS:client"))
        let foreign = authority.issueSelfSigned(.init(names: "DNS:client"))
        func end(
            _ certificate: TestAuthority.Files?,
            _ verification: ListenerDescription.ClientVerification
        ) throws -> TLSProgress {
            var pair = try TLSPair(
                client: client(authority: authority.file, certificate: certificate),
                server: server(files, verification: verification), name: "a.example")
            return pair.handshake().server
        }
        #expect(try end(nil, .require) == .failed(.certificateMissing))
        #expect(try end(nil, .optional) == .done)
        #expect(try end(own, .require) == .done)
        #expect(try end(own, .optional) == .done)
        #expect(try end(foreign, .require) == .failed(.selfSigned))
        #expect(try end(foreign, .optional) == .failed(.selfSigned))
    }

    @Test(
        "What is not TLS is told apart",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", TLSFailure.plainHTTP),
            ("SSH-2.0-OpenSSH_9.2\r\nmore of it", TLSFailure.notTLS),
        ])
    func notTLS(text: String, failure: TLSFailure) throws {
        let sockets = SocketPair()
        let feed = TLSFeed()
        var session = try server("DNS:a.example").makeSession(on: sockets.second, through: feed)
        #expect(session.shakeHands() == .wantsRead)
        let bytes = Array(text.utf8)
        #expect(unsafe write(sockets.first, bytes, bytes.count) == bytes.count)
        #expect(session.shakeHands() == .failed(failure))
    }

    @Test("An upstream that answers in plain text is told apart")
    func plainUpstream() throws {
        let sockets = SocketPair()
        let feed = TLSFeed()
        var session = try client(authority: nil).makeSession(
            on: sockets.second, to: TLSPeerName("a.example"), through: feed)
        #expect(session.shakeHands() == .wantsRead)
        let bytes = Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)
        #expect(unsafe write(sockets.first, bytes, bytes.count) == bytes.count)
        #expect(session.shakeHands() == .failed(.notTLS))
    }

    @Test("A socket that the peer has closed ends the handshake")
    func closedDuringHandshake() throws {
        let sockets = SocketPair()
        let feed = TLSFeed()
        var session = try server("DNS:a.example").makeSession(on: sockets.first, through: feed)
        sockets.closeSecond()
        #expect(session.shakeHands() == .truncated)
    }
}

extension TLSProgress {
    var isAlert: Bool {
        if case .failed(.alert) = self { true } else { false }
    }
}
