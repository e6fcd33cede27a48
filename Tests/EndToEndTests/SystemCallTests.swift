import TestSupport
import Testing

/// Goal: a relayed message costs what it must: it is read once, written once, and announced once each way.
/// Method: strace counts the calls of the running proxy while messages pass.
@Suite("System calls", .enabled(if: SystemCallTrace.isUsable))
struct SystemCallTests {
    @Test(
        "A relayed WebSocket message is two reads, two writes and two waits, both ways together",
        arguments: [64, 1024], [false, true])
    func webSocket(byteCount: Int, isFramed: Bool) throws {
        let directory = try TemporaryDirectory()
        let origin = try TestOrigin()
        let options = ["--workers", "1"]
        let proxy =
            isFramed
            ? try FramedProxy.start(
                to: origin.port, policy: "{ping_interval: 300}", options: options)
            : try ProxyUnderTest(
                ProxyUnderTest.everything(to: origin.port), options: options)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        let frame = TestConnection.frame(2, [UInt8](repeating: 7, count: byteCount))
        let calls = try SystemCallTrace.calls(of: proxy.program, in: directory) {
            for _ in 0..<200 {
                try connection.send(bytes: frame)
                #expect(try connection.readFrame().payload.count == byteCount)
            }
        }
        let reads = ["read", "recvfrom", "recvmsg", "readv"].reduce(0) {
            $0 + calls[$1, default: 0]
        }
        let writes = ["write", "sendto", "sendmsg", "writev"].reduce(0) {
            $0 + calls[$1, default: 0]
        }
        let waits = ["epoll_wait", "epoll_pwait", "epoll_pwait2"].reduce(0) {
            $0 + calls[$1, default: 0]
        }
        #expect((400...410).contains(reads))
        #expect((400...410).contains(writes))
        #expect((400...420).contains(waits))
        // No timer, registration or clock that is a system call.
        #expect(calls.values.reduce(0, +) - reads - writes - waits < 20)
    }

    @Test("What comes faster than one read takes is read in larger pieces, within buffer_size")
    func bulk() throws {
        let directory = try TemporaryDirectory()
        let payload = [UInt8](repeating: 7, count: 8 << 20)
        for (setting, largest) in [
            ("", 245_760), ("advanced: {buffer_size: {read_buffer: 32KiB}}", 32_768),
        ] {
            let backend = try UpgradingBackend.start { peer in
                _ = try peer.read(byteCount: 1)
                try peer.send(bytes: TestConnection.serverFrame(0x82, payload))
                _ = try peer.readToEnd()
            }
            let proxy = try ProxyUnderTest(
                ProxyUnderTest.everything(to: backend.port, top: setting),
                options: ["--workers", "1"])
            let connection = try proxy.connect()
            #expect(try connection.upgrade("/ws").status == 101)
            let lines = try SystemCallTrace.lines(of: proxy.program, in: directory) {
                try connection.send("!")
                #expect(try connection.readFrame().payload == payload)
            }
            // `recvfrom(7, "..."..., 65536, 0, NULL, NULL) = 65536`
            let rooms = lines.filter { $0.contains("recvfrom(") }.compactMap { line in
                line.split(separator: ", ").lazy.compactMap { Int($0) }.first
            }
            #expect(rooms.max() == largest)
        }
    }

    @Test("A content that fills reads is read in larger pieces, within buffer_size")
    func bulkContent() throws {
        let directory = try TemporaryDirectory()
        let byteCount = 8 << 20
        for (setting, largest) in [
            ("", 245_760), ("advanced: {buffer_size: {read_buffer: 32KiB}}", 32_768),
        ] {
            let origin = try TestOrigin()
            let proxy = try ProxyUnderTest(
                ProxyUnderTest.everything(to: origin.port, top: setting),
                options: ["--workers", "1"])
            let connection = try proxy.connect()
            let lines = try SystemCallTrace.lines(of: proxy.program, in: directory) {
                let answer = try connection.request("GET", "/bytes/\(byteCount)")
                #expect(answer.body.count == byteCount)
                // What is kept for the next request is read as before.
                #expect(try connection.request("GET", "/bytes/5").body.count == 5)
            }
            let reads = lines.filter { $0.contains("recvfrom(") }
            let rooms = reads.compactMap { line in
                line.split(separator: ", ").lazy.compactMap { Int($0) }.first
            }
            #expect(rooms.max() == largest)
            #expect(rooms.last == min(largest, 65_536))
        }
    }

    @Test("A new connection is registered once for each side, and not for what nobody waits for")
    func registration() throws {
        let directory = try TemporaryDirectory()
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: origin.port), options: ["--workers", "1"])
        let count = 20
        let frame = TestConnection.frame(2, [UInt8](repeating: 7, count: 64))
        let lines = try SystemCallTrace.lines(of: proxy.program, in: directory) {
            for _ in 0..<count {
                let connection = try proxy.connect()
                #expect(try connection.upgrade("/ws").status == 101)
                try connection.send(bytes: frame)
                #expect(try connection.readFrame().payload.count == 64)
            }
        }
        let registrations = lines.filter { $0.contains("epoll_ctl(") }
        #expect(registrations.count { $0.contains("EPOLL_CTL_ADD") } == 2 * count)
        // A kernel that is busy makes a connection to the backend a moment after `connect` returns, now and then: that
        // one is waited for. What is done for nothing would be done each time.
        #expect(registrations.count - 2 * count < count / 2)
        #expect(lines.count { $0.contains("EPOLLOUT") } < count / 2)
    }
}
