import TestSupport
import Testing

/// Goal: what is relayed costs no allocation, and a request a known number.
/// Method: the allocator of the running proxy is counted from outside; all memory that is taken once, or up
/// to a high-water mark, is taken in a warm-up before.
@Suite("Allocations", .enabled(if: AllocationCounter.isUsable))
struct AllocationTests {
    /// A proxy of one worker under the counter, and an origin.
    private struct Counted {
        let origin: TestOrigin
        let proxy: ProxyUnderTest
        let counter: AllocationCounter

        init(logLevel: String, isFramed: Bool = false) throws {
            let directory = try TemporaryDirectory()
            counter = try AllocationCounter(in: directory)
            origin = try TestOrigin(tickMilliseconds: 1)
            let options = ["--workers", "1", "--log-level", logLevel]
            if isFramed {
                proxy = try FramedProxy.start(
                    to: origin.port, policy: "{connection_tracking: true, ping_interval: 300}",
                    environment: counter.environment, options: options, directory: directory)
                return
            }
            proxy = try ProxyUnderTest(
                ProxyUnderTest.everything(to: origin.port), options: options,
                environment: counter.environment, directory: directory)
        }
    }

    @Test("The counter counts")
    func counting() throws {
        let counted = try Counted(logLevel: "warning")
        #expect(try counted.counter.allocationCount() > 100)
    }

    @Test(
        "A relayed WebSocket message costs no allocation", arguments: [64, 16 * 1024],
        ["warning", "info"])
    func webSocket(byteCount: Int, logLevel: String) throws {
        let counted = try Counted(logLevel: logLevel)
        let connection = try counted.proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        let frame = TestConnection.frame(2, [UInt8](repeating: 7, count: byteCount))
        func echo(_ count: Int) throws {
            for _ in 0..<count {
                try connection.send(bytes: frame)
                #expect(try connection.readFrame().payload.count == byteCount)
            }
        }
        try echo(100)
        let allocationCount = try counted.counter.allocationCount { try echo(1000) }
        #expect(allocationCount == 0)
    }

    @Test(
        "Frames that are looked at cost none either, cut anywhere and with control frames between")
    func frames() throws {
        let counted = try Counted(logLevel: "info", isFramed: true)
        let connection = try counted.proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        let first = TestConnection.frame(2, [UInt8](repeating: 7, count: 300), isFinal: false)
        let ping = TestConnection.frame(9, Array("ping".utf8))
        let last = TestConnection.frame(0, [UInt8](repeating: 8, count: 70_000))
        let message = first + ping + last
        func echo(_ count: Int) throws {
            for round in 0..<count {
                let cut = 1 + round % 320
                try connection.send(bytes: Array(message[..<cut]))
                try connection.send(bytes: Array(message[cut...]))
                #expect(try connection.readFrame().payload.count == 300)
                #expect(try connection.readFrame().opcode == 10)
                #expect(try connection.readFrame().payload.count == 70_000)
            }
        }
        try echo(400)
        let allocationCount = try counted.counter.allocationCount { try echo(400) }
        #expect(allocationCount == 0)
    }

    @Test("A relayed chunk of an event stream costs no allocation", arguments: ["warning", "info"])
    func events(logLevel: String) throws {
        let counted = try Counted(logLevel: logLevel)
        let connection = try counted.proxy.connect()
        try connection.send(
            TestConnection.head(
                "GET", "/sse?interval=1&count=100000", fields: ["Accept: text/event-stream"]))
        _ = try connection.readHead()
        func events(_ count: Int) throws {
            for _ in 0..<count { #expect(try connection.readChunk() != nil) }
        }
        try events(100)
        let allocationCount = try counted.counter.allocationCount { try events(500) }
        #expect(allocationCount == 0)
    }

    /// The lower bound of an unoptimised build is there to be lowered when the code has become better. The optimiser
    /// removes all of it; what is left comes with the log's buffers.
    @Test(
        "A request on kept connections costs a known number of allocations",
        arguments: [
            ("warning", 0...10, 5_000...18_000), ("info", 0...500, 10_000...25_000),
        ])
    func requests(
        logLevel: String, optimised: ClosedRange<Int>, unoptimised: ClosedRange<Int>
    ) throws {
        let bounds = AllocationCounter.programsAreOptimised ? optimised : unoptimised
        let counted = try Counted(logLevel: logLevel)
        let connection = try counted.proxy.connect()
        func requests(_ count: Int) throws {
            for _ in 0..<count {
                #expect(try connection.request("GET", "/bytes/128").body.count == 128)
            }
        }
        try requests(100)
        let allocationCount = try counted.counter.allocationCount { try requests(1000) }
        #expect(bounds.contains(allocationCount))
    }

    /// How a connection is used, from its first byte to its last.
    enum Use: CaseIterable {
        /// One request; the connection to the backend is kept.
        case request
        /// A WebSocket, opened and closed, with a connection to the backend of its own.
        case webSocket
    }

    /// Five hundred of them, with the optimiser and without; it removes all that the program allocates.
    @Test(
        "A connection costs a known number of allocations",
        arguments: [
            (Use.request, "warning", 0...5, 6_000...9_000),
            (Use.request, "info", 0...50, 6_000...12_000),
            (Use.webSocket, "warning", 0...5, 3_500...8_500),
            (Use.webSocket, "info", 0...50, 3_500...11_000),
        ])
    func connections(
        use: Use, logLevel: String, optimised: ClosedRange<Int>, unoptimised: ClosedRange<Int>
    ) throws {
        let bounds = AllocationCounter.programsAreOptimised ? optimised : unoptimised
        let counted = try Counted(logLevel: logLevel)
        func connections(_ count: Int) throws {
            for _ in 0..<count {
                let connection = try counted.proxy.connect()
                switch use {
                case .request:
                    let answer = try connection.request(
                        "GET", "/bytes/128", fields: ["Connection: close"])
                    #expect(answer.body.count == 128)
                case .webSocket:
                    #expect(try connection.upgrade("/ws").status == 101)
                    try connection.send(bytes: TestConnection.frame(8, [3, 232]))
                    #expect(try connection.readFrame().opcode == 8)
                }
                #expect(try connection.isAtEnd())
            }
        }
        try connections(100)
        let allocationCount = try counted.counter.allocationCount { try connections(500) }
        #expect(bounds.contains(allocationCount))
    }
}
