import Synchronization
import TestSupport

/// A proxy that is asked by HTTP CONNECT, and is each backend that it is asked for.
final class ConnectProxy: Sendable {
    private let backend: ScriptedBackend
    private let requests: Requests

    private final class Requests: Sendable {
        let authorities = Mutex<[String]>([])
    }

    /// - Parameter script: What is done once the way to a backend, `host:port`, is open.
    init(_ script: @escaping @Sendable (_ authority: String, TestConnection) throws -> Void) throws
    {
        let requests = Requests()
        self.requests = requests
        backend = try ScriptedBackend { peer in
            let words = try peer.readHead()[0].split(separator: " ")
            guard words.count == 3, words[0] == "CONNECT" else {
                throw TestSupportError("not asked as a proxy: \(words)")
            }
            let authority = String(words[1])
            requests.authorities.withLock { $0.append(authority) }
            try script(authority, peer)
        }
    }

    /// A proxy whose backends answer every request with what the proxy was asked for.
    static func naming() throws -> ConnectProxy {
        try ConnectProxy { authority, peer in
            try open(peer)
            while !(try peer.isAtEnd()) {
                _ = try peer.readHead()
                try answer(peer, authority)
            }
        }
    }

    /// Says that the way to the backend is open.
    static func open(_ peer: TestConnection) throws { try peer.send("HTTP/1.1 200 Open\r\n\r\n") }

    /// Answers a request as a backend.
    static func answer(_ peer: TestConnection, _ text: String, status: String = "200 OK") throws {
        try peer.send("HTTP/1.1 \(status)\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
    }

    /// For `upstream_proxy` and the variables of the environment.
    var url: String { "http://127.0.0.1:\(backend.port)" }

    /// What it was asked for so far.
    var authorities: [String] { requests.authorities.withLock { $0 } }
}
