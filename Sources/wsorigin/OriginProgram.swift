internal import Arguments
internal import CLinux
internal import Glibc

/// The work of the program, from its checked arguments on.
struct OriginProgram {
    private let address: ListenAddress
    private let certificateAndKey: (certificatePath: String, keyPath: String)?
    private let tickMilliseconds: UInt64

    init(_ arguments: ParsedArguments) throws(UsageError) {
        let text = arguments.value("listen") ?? ""
        guard let address = ListenAddress(text) else {
            throw arguments.badValue(
                "listen", text, expected: "an address and a port such as 127.0.0.1:9000")
        }
        self.address = address
        switch (arguments.value("tls-certificate"), arguments.value("tls-key")) {
        case (let certificatePath?, let keyPath?):
            certificateAndKey = (certificatePath, keyPath)
        case (nil, nil):
            certificateAndKey = nil
        default:
            throw arguments.misuse("--tls-certificate and --tls-key belong together")
        }
        let tick = try arguments.milliseconds("tick") ?? 1000
        guard tick > 0 else {
            throw arguments.badValue(
                "tick", arguments.value("tick") ?? "", expected: "a time above 0")
        }
        tickMilliseconds = UInt64(tick)
    }

    /// Serves until a signal asks for the end.
    func run() throws {
        var tls: TLSContext?
        if let certificateAndKey {
            tls = try TLSContext(
                certificatePath: certificateAndKey.certificatePath,
                keyPath: certificateAndKey.keyPath)
        }
        // Tests open thousands of connections; the soft limit is often 1024.
        _ = clinux_raise_descriptor_limit()
        // A client that goes away while it is written to is an ordinary event, not a reason to die.
        signal(SIGPIPE, SIG_IGN)
        let server = try OriginServer(
            address: address, tls: tls, tickMilliseconds: tickMilliseconds)
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        print("wsorigin listening on \(host):\(server.port)")
        // Whoever reads from a pipe waits for the line.
        fflush(nil)
        try server.run()
    }
}
