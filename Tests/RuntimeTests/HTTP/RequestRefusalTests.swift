import Runtime
import Testing

@Suite("Request refusals")
struct RequestRefusalTests {
    @Test(
        "Malformed lines are refused",
        arguments: [
            ("GET / HTTP/1.1\nHost: h\r\n\r\n", HeadFault.bareLineFeed),
            ("GET / HTTP/1.1\r\nHost: h\n\r\n", .bareLineFeed),
            ("GET / HTTP/1.1\r\nHost: h\r\n\n", .bareLineFeed),
            ("GET / HTTP/1.1\r\nHost: h\r\nA: b\n\n", .bareLineFeed),
            ("\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", .bareLineFeed),
            ("GET / HTTP/1.1\r\nA\nb: c\r\n\r\n", .bareLineFeed),
            ("GET / HTTP/1.1\rHost: h\r\n\r\n", .bareCarriageReturn),
            ("GET / HTTP/1.1\r\nHost: h\rA: b\r\n\r\n", .bareCarriageReturn),
            ("GET / HTTP/1.1\r\nHost: h\r\n\rX", .bareCarriageReturn),
            ("GET / HTTP/1.1\r\nHost: h\r\r\n\r\n", .bareCarriageReturn),
            ("\rGET / HTTP/1.1\r\nHost: h\r\n\r\n", .bareCarriageReturn),
            ("GET / HTTP/1.1\r\nHost: h\r\nA: b\u{0}c\r\n\r\n", .controlByte),
            ("GET / HTTP/1.1\r\nHost: h\r\nA: b\u{1B}c\r\n\r\n", .controlByte),
            ("GET / HTTP/1.1\r\nHost: h\r\nA: b\u{7F}c\r\n\r\n", .controlByte),
            ("GET / HTTP/1.1\r\nHost: h\r\nA: \u{B}b\r\n\r\n", .controlByte),
            ("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n", .foldedLine),
            ("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n\tc\r\n\r\n", .foldedLine),
            ("GET / HTTP/1.1\r\n Host: h\r\n\r\n", .foldedLine),
            ("GET / HTTP/1.1\r\nHost : h\r\n\r\n", .blankBeforeColon),
            ("GET / HTTP/1.1\r\nHost\t: h\r\n\r\n", .blankBeforeColon),
            ("GET / HTTP/1.1\r\nHost: h\r\nA B: c\r\n\r\n", .blankBeforeColon),
            ("GET / HTTP/1.1\r\nHost: h\r\n: c\r\n\r\n", .emptyFieldName),
            ("GET / HTTP/1.1\r\nHost: h\r\nA\r\n\r\n", .invalidFieldName),
            ("GET / HTTP/1.1\r\nHost: h\r\nA\u{0}: b\r\n\r\n", .invalidFieldName),
            ("GET / HTTP/1.1\r\nHost: h\r\nA(b): c\r\n\r\n", .invalidFieldName),
            ("GET / HTTP/1.1\r\nHost: h\r\n\"A\": c\r\n\r\n", .invalidFieldName),
            ("GET / HTTP/1.1\r\nHost: h\r\nContent\u{E9}: c\r\n\r\n", .invalidFieldName),
        ])
    func lines(request: String, expected: HeadFault) {
        #expect(parseRequest(request).fault == expected)
        #expect(expected.status == .badRequest)
    }

    @Test("Every control but a tab is refused in a value", arguments: 0...0xFF)
    func controls(byte: Int) {
        let before = Array("GET / HTTP/1.1\r\nHost: h\r\nA: bcdefgh".utf8)
        let bytes = before + [UInt8(byte)] + Array("ijklmnop\r\n\r\n".utf8)
        let isAllowed = byte == 0x09 || (byte >= 0x20 && byte != 0x7F)
        let parsed = parseRequest(bytes)
        #expect((parsed.head != nil) == isAllowed)
        #expect(isAllowed || parsed.fault?.status == .badRequest)
    }

    @Test("A control is found wherever it stands", arguments: [0x00, 0x0A, 0x1F, 0x7F])
    func controlPlaces(byte: Int) {
        for place in 0..<24 {
            var value = Array("\u{9}a!~\u{20}0Z_abcdefghijklmnopqrstuvwxyz".utf8)
            value[place] = UInt8(byte)
            let bytes = Array("GET / HTTP/1.1\r\nHost: h\r\nA:".utf8) + value
            let fault = parseRequest(bytes + Array("\r\n\r\n".utf8)).fault
            #expect(fault == (byte == 0x0A ? .bareLineFeed : .controlByte))
        }
    }

    @Test("Only visible ASCII without a number sign may stand in a target, at any place")
    func targetBytes() {
        for byte in 0...0xFF {
            let isAllowed = byte > 0x20 && byte < 0x7F && byte != 0x23
            for place in 1..<18 {
                var target = Array("/abcdefghijklmnopq".utf8)
                target[place] = UInt8(byte)
                let bytes =
                    Array("GET ".utf8) + target + Array(" HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
                #expect((parseRequest(bytes).head != nil) == isAllowed)
            }
        }
    }

    @Test("Only token bytes may stand in a field name, at any place")
    func nameBytes() {
        let marks = "!#$%&'*+-.^_`|~"
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        // A colon there ends the name, and the rest is the value.
        let allowed = Set("\(marks)\(letters)0123456789:".utf8)
        for byte in 0...0xFF {
            for place in 1..<18 {
                var name = Array("Abcdefg-ijklmnopqr".utf8)
                name[place] = UInt8(byte)
                let bytes =
                    Array("GET / HTTP/1.1\r\nHost: h\r\n".utf8) + name + Array(": c\r\n\r\n".utf8)
                #expect((parseRequest(bytes).head != nil) == allowed.contains(UInt8(byte)))
            }
        }
    }

    @Test(
        "Malformed request lines are refused",
        arguments: [
            ("GET  / HTTP/1.1", HeadFault.invalidTarget, HTTPStatus.badRequest),
            ("GET /  HTTP/1.1", .invalidRequestLine, .badRequest),
            ("GET / HTTP/1.1 ", .invalidRequestLine, .badRequest),
            (" GET / HTTP/1.1", .invalidMethod, .badRequest),
            ("GET\t/ HTTP/1.1", .invalidMethod, .badRequest),
            ("GET /\tHTTP/1.1", .invalidTarget, .badRequest),
            ("GET / http/1.1", .invalidRequestLine, .badRequest),
            ("GET / HTTP/1", .invalidRequestLine, .badRequest),
            ("GET / HTTP/1.10", .invalidRequestLine, .badRequest),
            ("GET / HTTP/11", .invalidRequestLine, .badRequest),
            ("GET / HTTP/1,1", .invalidRequestLine, .badRequest),
            ("GET / HTTPS/1.1", .invalidRequestLine, .badRequest),
            ("GET / HTTP/1.1 HTTP/1.1", .invalidRequestLine, .badRequest),
            ("GET / HTTP/1.2", .versionNotSupported, .versionNotSupported),
            ("GET / HTTP/2.0", .versionNotSupported, .versionNotSupported),
            ("PRI * HTTP/2.0", .versionNotSupported, .versionNotSupported),
            ("GET / HTTP/0.9", .versionNotSupported, .versionNotSupported),
            ("GET /", .invalidRequestLine, .badRequest),
            ("GET", .invalidMethod, .badRequest),
            ("GE(T / HTTP/1.1", .invalidMethod, .badRequest),
            ("\u{16}\u{3}\u{1} / HTTP/1.1", .invalidMethod, .badRequest),
            ("CONNECT example.com:443 HTTP/1.1", .methodNotServed, .notImplemented),
            ("TRACE / HTTP/1.1", .methodNotServed, .notImplemented),
            ("GET example.com:443 HTTP/1.1", .invalidTarget, .badRequest),
            ("GET * HTTP/1.1", .invalidTarget, .badRequest),
            ("OPTIONS *x HTTP/1.1", .invalidTarget, .badRequest),
            ("GET chat/lobby HTTP/1.1", .invalidTarget, .badRequest),
            ("GET /a#b HTTP/1.1", .invalidTarget, .badRequest),
            ("GET /a\u{7F} HTTP/1.1", .invalidTarget, .badRequest),
            ("GET /a\u{0}b HTTP/1.1", .invalidTarget, .badRequest),
            ("GET /\u{E9} HTTP/1.1", .invalidTarget, .badRequest),
            ("GET ftp://h/ HTTP/1.1", .invalidTarget, .badRequest),
            ("GET http:///a HTTP/1.1", .invalidTarget, .badRequest),
            ("GET http:// HTTP/1.1", .invalidTarget, .badRequest),
            ("GET http:/h/ HTTP/1.1", .invalidTarget, .badRequest),
            ("GET http://user@h/ HTTP/1.1", .invalidTarget, .badRequest),
            ("GET http://h:port/ HTTP/1.1", .invalidTarget, .badRequest),
        ])
    func requestLines(line: String, expected: HeadFault, status: HTTPStatus) {
        let parsed = parseRequest("\(line)\r\nHost: h\r\n\r\n")
        #expect(parsed.fault == expected)
        #expect(parsed.fault?.status == status)
    }

    @Test("A method of 32 bytes is passed on, a longer one is unknown")
    func longMethod() {
        let longest = String(repeating: "M", count: 32)
        #expect(parseRequest("\(longest) / HTTP/1.1\r\nHost: h\r\n\r\n").head?.method == .other)
        #expect(parseRequest("\(longest)M / HTTP/1.1\r\nHost: h\r\n\r\n").fault == .unknownMethod)
        #expect(parseRequest(longest + "M").fault == .unknownMethod)
        #expect(HeadFault.unknownMethod.status == .notImplemented)
    }

    @Test("A target above its limit is 414 as soon as that is seen")
    func longTarget() {
        let limits = HeadLimits(targetByteCountMax: 10)
        let fits = "GET /123456789 HTTP/1.1\r\nHost: h\r\n\r\n"
        #expect(parseRequest(fits, limits: limits).head != nil)
        #expect(
            parseRequest("GET /1234567890 HTTP/1.1\r\n", limits: limits).fault == .targetTooLong)
        #expect(parseRequest("GET /1234567890", limits: limits).fault == .targetTooLong)
        #expect(HeadFault.targetTooLong.status == .uriTooLong)
    }

    @Test("A head above its limit is 431, complete or not")
    func longHead() {
        let head = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
        let limits = HeadLimits(headByteCountMax: head.utf8.count)
        #expect(parseRequest(head + "content", limits: limits).head != nil)
        let longer = "GET / HTTP/1.1\r\nHost: hh\r\n\r\n"
        #expect(parseRequest(longer, limits: limits).fault == .headTooLarge)
        let endless = "GET / HTTP/1.1\r\nHost: h\r\nA: b"
        #expect(parseRequest(endless, limits: limits).fault == .headTooLarge)
        #expect(HeadFault.headTooLarge.status == .fieldsTooLarge)
    }

    @Test("One field more than there is room for is 431")
    func manyFields() {
        let lines = (0..<9).map { "A\($0): b\r\n" }.joined()
        let bytes = Array("GET / HTTP/1.1\r\nHost: h\r\n\(lines)\r\n".utf8)
        #expect(parseRequest(bytes, fieldCountMax: 10).fields.count == 10)
        #expect(parseRequest(bytes, fieldCountMax: 9).fault == .tooManyFields)
        #expect(HeadFault.tooManyFields.status == .fieldsTooLarge)
    }

    @Test(
        "An expectation other than 100-continue, and once, is 417",
        arguments: [
            "200-ok", "100-continue, 100-continue", "100-continue\r\nExpect: 100-continue",
            "100-continue\r\nexpect: 100-Continue",
        ])
    func expectation(_ value: String) {
        let parsed = parseRequest("GET / HTTP/1.1\r\nHost: h\r\nExpect: \(value)\r\n\r\n")
        #expect(parsed.fault == .unknownExpectation)
        #expect(parsed.fault?.status == .expectationFailed)
    }

    @Test("More Connection options than are looked at are refused")
    func connectionOptions() {
        func request(_ count: Int) -> String {
            let options = (0..<count).map { "o\($0)" }.joined(separator: ",")
            return "GET / HTTP/1.1\r\nHost: h\r\nConnection: \(options)\r\n\r\n"
        }
        #expect(parseRequest(request(32)).head != nil)
        #expect(parseRequest(request(33)).fault == .tooManyConnectionOptions)
    }

    @Test(
        "A request in an early state is incomplete, not refused",
        arguments: [
            "", "G", "GET", "GET ", "GET /", "GET / ", "GET / HTTP/1.", "GET / HTTP/1.1\r",
            "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost", "GET / HTTP/1.1\r\nHost: h\r",
            "GET / HTTP/1.1\r\nHost: h\r\n", "GET / HTTP/1.1\r\nHost: h\r\n\r", "\r", "\r\n",
            "\r\n\r\n",
        ])
    func early(request: String) {
        #expect(parseRequest(request).outcome == .incomplete)
    }

    @Test("Every fault has a reason of its own and an error's status")
    func reasons() {
        let reasons = HeadFault.allCases.map { "\($0.reason)" }
        #expect(Set(reasons).count == HeadFault.allCases.count)
        #expect(!reasons.contains("invalid head"))
        #expect(reasons.allSatisfy { !$0.contains("\"") && !$0.contains("\\") })
        #expect(HeadFault.allCases.allSatisfy { $0.status.rawValue >= 400 })
    }
}
