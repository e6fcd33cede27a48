import Glibc
import Runtime
import TestSupport
import Testing

@Suite("The file with the number of the process")
struct PidFileTests {
    private static let line = Array("\(getpid())\n".utf8)

    /// What kind of thing is at a path; nil: nothing.
    private static func kind(_ path: String) -> mode_t? {
        var status = stat()
        // SAFETY: the call reads the path and writes one record.
        return unsafe lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    @Test("It holds the number, and goes when the process does", arguments: ["", "123456789\n"])
    func ordinary(before: String) throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("pid")
        if !before.isEmpty { try directory.write("pid", before) }
        let file = try PidFile(path: path)
        #expect(try directory.read("pid") == Self.line)
        #expect(Self.kind(path + ".\(getpid())") == nil)
        file.remove()
        #expect(Self.kind(path) == nil)
        file.remove()
    }

    @Test("Without a path nothing is written or removed")
    func none() throws { try PidFile(path: nil).remove() }

    @Test("A file that another process has written to since stays")
    func overwritten() throws {
        let directory = try TemporaryDirectory()
        let file = try PidFile(path: directory.file("pid"))
        for text in ["1\n", "", "\(getpid())", "\(getpid())\n1\n"] {
            try directory.write("pid", text)
            file.remove()
            #expect(try directory.read("pid") == Array(text.utf8))
        }
    }

    /// Method: the second value is another instance of the same number, as in another container.
    @Test("A file that another process has put in its place stays, whatever it holds")
    func replaced() throws {
        let directory = try TemporaryDirectory()
        let old = try PidFile(path: directory.file("pid"))
        let new = try PidFile(path: directory.file("pid"))
        old.remove()
        #expect(try directory.read("pid") == Self.line)
        new.remove()
        #expect(Self.kind(directory.file("pid")) == nil)
    }

    @Test("A pipe gets the number and stays a pipe")
    func pipe() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("pid")
        // SAFETY: the calls read the path.
        try #require(unsafe mkfifo(path, 0o600) == 0)
        let reader = unsafe open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        try #require(reader >= 0)
        defer { close(reader) }
        let file = try PidFile(path: path)
        var found = [UInt8](repeating: 0, count: 64)
        // SAFETY: the count is the array's.
        let byteCount = unsafe read(reader, &found, found.count)
        #expect(found.prefix(max(0, byteCount)).elementsEqual(Self.line))
        file.remove()
        #expect(Self.kind(path) == S_IFIFO)
    }

    @Test("A pipe that nobody reads is refused at once")
    func unreadPipe() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("pid")
        // SAFETY: the call reads the path.
        try #require(unsafe mkfifo(path, 0o600) == 0)
        #expect(throws: StartupError("\(path): nobody reads from it")) {
            try PidFile(path: path)
        }
        #expect(Self.kind(path) == S_IFIFO)
    }

    @Test("A link stays, and what it leads to holds the number")
    func link() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("link")
        try directory.write("target", "12345678901234567890\n")
        // SAFETY: the call reads both paths.
        try #require(unsafe symlink("target", path) == 0)
        let file = try PidFile(path: path)
        #expect(try directory.read("target") == Self.line)
        file.remove()
        #expect(Self.kind(path) == S_IFLNK)
        #expect(try directory.read("target") == Self.line)
    }

    @Test("A path that can't be written is told with its reason")
    func refused() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("no/pid")
        #expect(throws: StartupError("\(path): no such file or directory")) {
            try PidFile(path: path)
        }
        #expect(throws: StartupError("\(directory.path): is a directory")) {
            try PidFile(path: directory.path)
        }
    }
}
