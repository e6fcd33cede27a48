import Foundation
import Glibc
import TestSupport
import Testing

/// Goal: whoever copies another table over the one in use, in place, neither stops the proxy nor changes what it does.
@Suite("A table that is written to while it is in use")
struct LiveTableTests {
    private static func responding(_ text: String) -> String {
        "route_rules: [{pattern: /*, respond: {status: 200, body: \(text)}}]\n"
    }

    /// Method: opening the file to write to it waits until the proxy has let go of it.
    @Test("The proxy goes on with what it has verified", arguments: ["", "garbage"])
    func overwritten(text: String) throws {
        let proxy = try ProxyUnderTest(Self.responding("old"), options: ["--workers", "1"])
        #expect(try proxy.request("GET", "/").text == "old")
        let table = proxy.directory.file("routes.bin")
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: table))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
        _ = try proxy.program.line(containing: "table.copied")
        #expect(try proxy.request("GET", "/").text == "old")
        proxy.program.send(SIGHUP)
        _ = try proxy.program.line(containing: "reload.refused")
        #expect(try proxy.request("GET", "/").text == "old")
    }

    @Test("A table that is copied over it is taken at the next reload, and not before")
    func copied() throws {
        let proxy = try ProxyUnderTest(Self.responding("old"), options: ["--workers", "1"])
        let other = try ProxyUnderTest(Self.responding("new"), options: ["--workers", "1"])
        let bytes = try other.directory.read("routes.bin")
        let handle = try FileHandle(
            forWritingTo: URL(fileURLWithPath: proxy.directory.file("routes.bin")))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
        #expect(try proxy.request("GET", "/").text == "old")
        try proxy.reload()
        #expect(try proxy.request("GET", "/").text == "new")
    }
}
