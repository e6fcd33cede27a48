import Glibc
import Runtime
import TestSupport
import Testing

@Suite("Secret of affinity cookies")
struct AffinityKeyTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func message(_ path: String) -> String? {
        do throws(AffinityKeyError) {
            _ = try AffinityTokens.key(path: path)
            return nil
        } catch {
            return error.message
        }
    }

    @Test("A line end behind it does not count", arguments: ["", "\n", "\r\n"])
    func lineEnd(end: String) throws {
        for count in [AffinityTokens.keyByteCountMin, 4_096] {
            let text = String(repeating: "k", count: count)
            let key = try AffinityTokens.key(path: directory.write("key", text + end))
            #expect(key == Array(text.utf8))
        }
    }

    @Test("A file is read whole whose length the system does not tell beforehand")
    func unknownLength() throws {
        let path = "/proc/sys/kernel/random/boot_id"
        var status = stat()
        try #require(unsafe stat(path, &status) == 0 && status.st_size == 0)
        #expect(try AffinityTokens.key(path: path).count == 36)
    }

    @Test("What is too short, too long or no file is refused")
    func refused() throws {
        let short = try directory.write("short", "0123456789abcdef")
        #expect(message(short)?.contains("this file has 16") == true)
        let long = try directory.write("long", String(repeating: "k", count: 4_097))
        #expect(message(long)?.contains("this file has 4097") == true)
        let huge = try directory.write("huge", String(repeating: "k", count: 100_000))
        #expect(message(huge)?.hasPrefix("is larger than") == true)
        let pipe = directory.file("pipe")
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        #expect(message(pipe) == "is no regular file")
    }
}
