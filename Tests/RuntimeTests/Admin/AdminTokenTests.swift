import Glibc
import Runtime
import TestSupport
import Testing

@Suite("Token of the admin listener")
struct AdminTokenTests {
    private func matches(_ token: AdminToken, _ text: String) -> Bool {
        let bytes = Array(text.utf8)
        // SAFETY: bytes are plain data; the array outlives the span.
        return unsafe token.matches(bytes.span.bytes)
    }

    @Test("Only the very token matches")
    func match() throws {
        let token = try #require(AdminToken(Array("0123456789abcdef".utf8)))
        #expect(matches(token, "0123456789abcdef"))
        for other in [
            "", "0123456789abcde", "0123456789abcdeg", "0123456789abcdef0", "0123456789ABCDEF",
        ] {
            #expect(!matches(token, other), "\(other)")
        }
    }

    @Test(
        "A token that could be guessed or not be sent is refused",
        arguments: ["", "short", "with a blank in it", "with\nline breaks", "umlaut-äöü-umlaut"])
    func invalid(text: String) { #expect(AdminToken(Array(text.utf8)) == nil) }

    @Test("A file has it in its first line; what is wrong is said with its name")
    func file() throws {
        let directory = try TemporaryDirectory()
        let token = try AdminToken(path: try directory.write("token", "0123456789abcdef\n"))
        #expect(matches(token, "0123456789abcdef"))
        let short = try directory.write("short", "abc\n")
        let error = try #require(throws: StartupError.self) { try AdminToken(path: short) }
        #expect(error.message.hasPrefix("\(short): the admin token is one word"))
        let missing = directory.file("missing")
        let other = try #require(throws: StartupError.self) { try AdminToken(path: missing) }
        #expect(other.message == "\(missing): no such file or directory")
    }

    @Test("A pipe may hold it, and is not waited for without end")
    func pipe() throws {
        let directory = try TemporaryDirectory()
        let pipe = directory.file("pipe")
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        let error = try #require(throws: StartupError.self) {
            try AdminToken(path: pipe, pipeMilliseconds: 0)
        }
        #expect(error.message == "\(pipe): is a pipe that nobody writes to")
        let both = unsafe open(pipe, O_RDWR | O_CLOEXEC)
        defer { close(both) }
        let line = Array("0123456789abcdef\n".utf8)
        #expect(unsafe write(both, line, line.count) == line.count)
        #expect(matches(try AdminToken(path: pipe), "0123456789abcdef"))
    }
}
