import TestSupport
import Testing

@Suite("Interop with curl")
struct CurlTests {
    private func curl(_ arguments: [String]) throws -> String {
        let result = try RunningProgram.run("curl", ["--silent", "--show-error"] + arguments)
        guard result.exit == .code(0) else {
            throw TestSupportError("curl \(arguments): \(result.exit) \(result.errors)")
        }
        return result.output
    }

    @Test("HTTP/1.0 and HTTP/1.1, GET and HEAD")
    func versions() throws {
        let pair = try OriginAndProxy()
        let url = "http://127.0.0.1:\(pair.proxy.port)"
        for version in ["--http1.0", "--http1.1"] {
            #expect(
                try curl([version, "\(url)/bytes/26"]) == "abcdefghijklmnopqrstuvwxyz")
            #expect(try curl([version, "\(url)/chunked/2"]) == "chunk 0\nchunk 1\n")
            #expect(try curl([version, "-I", "\(url)/bytes/5"]).contains("200 OK"))
        }
    }

    @Test("Uploads with a length, in chunks, and after 100 Continue")
    func uploads() throws {
        let pair = try OriginAndProxy()
        let directory = try TemporaryDirectory()
        let url = "http://127.0.0.1:\(pair.proxy.port)/echo"
        let body = try directory.write("body", String(repeating: "0123456789", count: 300_000))
        let ways = [
            ["-T", body, "-H", "Expect:"],
            ["-T", body, "-H", "Expect: 100-continue"],
            ["-X", "POST", "-H", "Transfer-Encoding: chunked", "--data-binary", "@\(body)"],
            ["--http1.0", "--data-binary", "@\(body)"],
            ["-F", "file=@\(body)"],
        ]
        for way in ways.dropLast() {
            let answer = try curl(way + [url])
            #expect(answer.contains("\"body_byte_count\":3000000"), "\(way)")
        }
        #expect(try curl(ways[4] + [url]).contains("form-data"))
    }

    @Test("Several requests on one connection")
    func keepAlive() throws {
        let pair = try OriginAndProxy()
        let url = "http://127.0.0.1:\(pair.proxy.port)/bytes/1"
        let format = "%{num_connects} "
        let output = try curl(["-w", format, url, url, url])
        #expect(output == "a1 a0 a0 ")
    }

    @Test("An event stream, as it comes")
    func eventStream() throws {
        let pair = try OriginAndProxy()
        let url = "http://127.0.0.1:\(pair.proxy.port)/sse?count=3"
        let output = try curl(["-N", "-H", "Accept: text/event-stream", url])
        #expect(output.contains("id: 3\nevent: tick\n"))
    }
}
